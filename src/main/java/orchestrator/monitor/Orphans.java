package orchestrator.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import orchestrator.model.Fault;
import orchestrator.model.ProcessIdentity;
import orchestrator.process.Processes;
import orchestrator.store.AttemptFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What carries this workspace's mark and belongs to no live attempt is ended, such as what an
 * attempt's end has missed or what an earlier version left. By marker and identity, never by name.
 * Blocks; any thread.
 */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    /** Between TERM and KILL (DESIGN §6). */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** An attempt's id is a UUID; what the monitor itself runs for it adds something. */
    private static final int ID_LENGTH = 36;

    private final RunContext context;
    private final Predicate<String> lives;

    /**
     * A sweep.
     *
     * @param lives whether the attempt of that id is live; asked after the look at the processes
     */
    Orphans(RunContext context, Predicate<String> lives) {
        this.context = context;
        this.lives = lives;
    }

    /**
     * At a monitor's start, once it has adopted what lives: also the last monitor's own children
     * (gates, setups), of which nobody knows any more how they ended.
     */
    void sweepAtStart() {
        sweep(true);
    }

    /** From time to time. The monitor's own children are left alone: it knows them. */
    void sweep() {
        sweep(false);
    }

    private void sweep(boolean children) {
        Processes processes = context.ports().processes();
        try {
            // In this order: an attempt is watched before it starts, so what is seen to run and is
            // not watched afterwards has ended.
            Set<String> marks =
                    processes.valuesOf(
                            AttemptFolder.MARKER, AttemptFolder.WORKSPACE, context.workspaceId());
            for (String mark : marks) {
                boolean child = mark.length() > ID_LENGTH;
                if (child ? children : !lives.test(mark)) {
                    end(processes, mark);
                }
            }
        } catch (Fault fault) {
            // What could not be looked at now is looked at the next time.
            LOG.warn("{}", fault.line());
        }
    }

    private static void end(Processes processes, String mark) {
        LOG.warn("Something of the attempt {} still runs though it has ended; ending it", mark);
        List<ProcessIdentity> left =
                processes.end(AttemptFolder.MARKER, mark, Duration.ZERO, GRACE);
        if (!left.isEmpty()) {
            LOG.warn("{} cannot be ended; end them by hand", left);
        }
    }
}
