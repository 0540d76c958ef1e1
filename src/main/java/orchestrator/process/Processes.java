package orchestrator.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;

/**
 * Looks at processes and ends them, by identity and environment marker, never by name. Safe on any
 * thread.
 */
public interface Processes {
    /** This process. */
    ProcessIdentity self();

    /** The identity of a running process; empty when there is none with that pid. */
    Optional<ProcessIdentity> identify(long pid);

    /** Whether that very process (not another with its pid) runs. */
    Liveness check(ProcessIdentity process);

    /**
     * CPU time used so far by a process and its living descendants; empty when it cannot be told.
     */
    Optional<Duration> treeCpu(ProcessIdentity root);

    /**
     * The same of several at once, for the price of one look at the system; those of which it
     * cannot be told are absent.
     */
    default Map<ProcessIdentity, Duration> treeCpus(Collection<ProcessIdentity> roots) {
        Map<ProcessIdentity, Duration> all = new HashMap<>();
        roots.forEach(root -> treeCpu(root).ifPresent(cpu -> all.put(root, cpu)));
        return all;
    }

    /** The processes whose environment holds {@code variable=value}, this one excepted. */
    List<ProcessIdentity> carrying(String variable, String value);

    /**
     * What the processes whose environment holds {@code mark=value}, this one excepted, hold as
     * another variable. One look at all of them.
     */
    Set<String> valuesOf(String variable, String mark, String value);

    /**
     * Ends every process whose environment holds {@code variable=value}, their descendants
     * included: first waits {@code patience} for them to leave by themselves, then TERM, then after
     * {@code grace} KILL, and looks again until none is left. Blocks.
     *
     * @return those that are still there after all, normally none
     */
    default List<ProcessIdentity> end(
            String variable, String value, Duration patience, Duration grace) {
        return end(variable, value, patience, grace, () -> {});
    }

    /**
     * The same, for one who has something to look at as soon as they are gone. That none is there
     * takes two looks to be certain of, a moment apart; between them there is time.
     *
     * @param seemGone told on the caller's thread each time a first look finds none; when this
     *     returns nobody, none was there since the last time it was told. It must not block
     */
    List<ProcessIdentity> end(
            String variable, String value, Duration patience, Duration grace, Runnable seemGone);
}
