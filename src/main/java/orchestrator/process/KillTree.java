package orchestrator.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Ends a child of ours and all it has started: TERM, a grace, KILL. */
final class KillTree {
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Set<ProcessHandle> members = new LinkedHashSet<>();
    private final Runnable meanwhile;
    private boolean interrupted;

    private KillTree(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    /**
     * Ends it, not stopping when interrupted.
     *
     * @param meanwhile done while waiting, so that the child is not held up by a full pipe
     * @return whether the thread was interrupted; its flag is cleared
     */
    static boolean end(Process child, Duration grace, Runnable meanwhile) {
        return end(child.toHandle(), grace, meanwhile);
    }

    /** The same for one that is known by its handle alone. */
    static boolean end(ProcessHandle child, Duration grace, Runnable meanwhile) {
        KillTree tree = new KillTree(meanwhile);
        tree.members.add(child);
        tree.grow();
        tree.members.forEach(ProcessHandle::destroy);
        if (!tree.gone(grace, false)) {
            tree.gone(LAST_WAIT, true);
        }
        return tree.interrupted;
    }

    /** Handles remember the start time, so a pid that was given away is not signalled. */
    private void grow() {
        for (ProcessHandle member : List.copyOf(members)) {
            member.descendants().forEach(members::add);
        }
    }

    private boolean gone(Duration limit, boolean force) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            if (force) {
                grow();
                members.forEach(ProcessHandle::destroyForcibly);
            }
            if (members.stream().noneMatch(KillTree::runs)) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            meanwhile.run();
            Await.pause(PAUSE);
            interrupted |= Thread.interrupted();
        }
    }

    /** A zombie does not run; where nobody collects it, it stays in the table for ever. */
    private static boolean runs(ProcessHandle member) {
        return member.isAlive() && !ProcStat.isZombie(Path.of("/proc"), member.pid());
    }
}
