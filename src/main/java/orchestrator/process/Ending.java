package orchestrator.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;
import orchestrator.process.ProcessTable.Row;

/**
 * Ends all that carries a marker, and its descendants. Whoever was once seen to belong stays a
 * member: when a carrier ends, its children that dropped the marker no longer show whose they are.
 * An interruption does not stop it half-way; the flag is set again at the end.
 */
final class Ending {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration BEFORE_SECOND_LOOK = Duration.ofMillis(5);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** What is sent to those still there. */
    private enum Signal {
        NONE,
        TERM,
        KILL
    }

    private final ProcessTable table;
    private final String variable;
    private final String value;
    private final Runnable seemGone;
    private final Set<ProcessIdentity> members = new LinkedHashSet<>();
    private final Set<ProcessIdentity> asked = new HashSet<>();
    private boolean interrupted;

    Ending(ProcessTable table, String variable, String value, Runnable seemGone) {
        this.seemGone = seemGone;
        this.table = table;
        this.variable = variable;
        this.value = value;
    }

    /** Ends them; those that are still there after all. */
    List<ProcessIdentity> run(Duration patience, Duration grace) {
        try {
            boolean gone =
                    gone(patience, Signal.NONE)
                            || gone(grace, Signal.TERM)
                            || gone(AFTER_KILL, Signal.KILL);
            return gone ? List.of() : look();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean gone(Duration limit, Signal signal) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            List<ProcessIdentity> there = look();
            if (there.isEmpty()) {
                seemGone.run();
                // A process that is just being replaced by another program shows no environment,
                // and one may have left a child between our listing them and our reading it.
                park(BEFORE_SECOND_LOOK);
                there = look();
            }
            if (there.isEmpty()) {
                return true;
            }
            send(signal, there);
            if (!awaitEnd(there, deadline) && System.nanoTime() - deadline >= 0) {
                return false;
            }
        }
    }

    /** All that belong, from a full look. */
    private List<ProcessIdentity> look() {
        Map<Long, Row> rows = table.rows();
        Set<Long> roots = new LinkedHashSet<>(table.carriers(rows, variable, value));
        for (ProcessIdentity member : members) {
            Row row = rows.get(member.pid());
            if (row != null && row.identity().equals(member)) {
                roots.add(member.pid());
            }
        }
        List<ProcessIdentity> there =
                ProcessTable.family(rows, roots).stream().map(Row::identity).toList();
        members.addAll(there);
        return there;
    }

    /** Waits until they have ended; false once the next look or the deadline is due. */
    private boolean awaitEnd(Collection<ProcessIdentity> there, long deadline) {
        long nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        while (there.stream().anyMatch(member -> table.check(member) != Liveness.GONE)) {
            long now = System.nanoTime();
            if (now - nextLook >= 0 || now - deadline >= 0) {
                return false;
            }
            park(PAUSE);
        }
        return true;
    }

    private void park(Duration time) {
        Await.pause(time);
        interrupted |= Thread.interrupted();
    }

    private void send(Signal signal, Collection<ProcessIdentity> there) {
        for (ProcessIdentity member : there) {
            switch (signal) {
                case NONE -> {}
                case TERM -> {
                    if (asked.add(member)) {
                        handle(member).ifPresent(ProcessHandle::destroy);
                    }
                }
                case KILL -> handle(member).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /**
     * The process to signal, if it is still the one. The handle is taken before the check: it
     * remembers the start time it saw and refuses when the number has gone to another by then.
     */
    private Optional<ProcessHandle> handle(ProcessIdentity member) {
        return ProcessHandle.of(member.pid())
                .filter(handle -> table.check(member) == Liveness.ALIVE);
    }
}
