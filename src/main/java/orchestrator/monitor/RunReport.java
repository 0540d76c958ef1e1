package orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunSnapshot.Totals;
import orchestrator.model.Usage;
import orchestrator.rules.Timeline;

/**
 * What a run came to. A run lasts from a launch until all work was stopped: a monitor that was
 * handed over, killed, or lost with its machine goes on with the same one. What is told of issues
 * is as it stood at the run's end, or as it stands, if it is the newest.
 *
 * <p>Texts are as they were written by others: who shows them masks and escapes them.
 *
 * @param workspace the folder
 * @param made when the report was made
 * @param run its number, from 1; empty: all runs together
 * @param runs how many there were
 * @param from when its first monitor began
 * @param to when all work was stopped; empty: it was not
 * @param totals how many issues stand where
 * @param issues in hand-out order; then those that were worked on and are not defined any more
 * @param timeline the run's attempts, pauses and monitors; what an attempt that has not ended used
 *     is what its agent said so far
 */
public record RunReport(
        String workspace,
        Instant made,
        OptionalInt run,
        int runs,
        Instant from,
        Optional<Instant> to,
        Totals totals,
        List<Line> issues,
        Timeline timeline) {
    public RunReport {
        issues = List.copyOf(issues);
    }

    /** Where an issue's commits are. */
    public enum Delivery {
        /** There are none. */
        NOTHING,
        /** On the remote, all of them. */
        PUSHED,
        /** Not all are on the remote: they are to be pushed, or could not be. */
        OPEN,
        /** In the local repository alone; nobody wants them pushed. */
        LOCAL
    }

    /**
     * An issue.
     *
     * @param status as of the run's end, like all that follows but {@code work}
     * @param stage where it stands; empty once completed
     * @param work what the run's attempts came to
     * @param commits of its branch beyond the base
     * @param branch empty before its worktree existed
     * @param pushError why the last push, or the last try to open its pull request, failed; or
     *     empty
     * @param pullRequest address; empty: none
     * @param reason why it failed, was parked or returned; or empty
     */
    public record Line(
            IssueId id,
            String title,
            int wave,
            IssueStatus status,
            String stage,
            Work work,
            int commits,
            String branch,
            Delivery delivery,
            String pushError,
            String pullRequest,
            String reason) {}

    /**
     * Attempts summed up.
     *
     * @param attempts how many were begun
     * @param restarted how many ended badly and had their stage run again
     * @param interrupted how many a person, the run's end or the service ended
     * @param failed how many ended badly, and the issue with them
     * @param worked how long they took, one after the other
     */
    public record Work(
            int attempts,
            int restarted,
            int interrupted,
            int failed,
            Duration worked,
            Usage usage) {
        /** Of no attempt. */
        public static final Work NONE = new Work(0, 0, 0, 0, Duration.ZERO, Usage.NONE);

        Work and(Bar bar, Timeline timeline) {
            return new Work(
                    attempts + 1,
                    restarted + (bar.outcome() == Outcome.RESTARTED ? 1 : 0),
                    interrupted + (bar.outcome() == Outcome.INTERRUPTED ? 1 : 0),
                    failed + (bar.outcome() == Outcome.FAILED ? 1 : 0),
                    worked.plus(Duration.between(bar.from(), timeline.end(bar))),
                    usage.plus(bar.usage()));
        }
    }

    /** Who did what when. */
    public RunHistory history() {
        return timeline.history();
    }

    /** All attempts, in the order they began. */
    public List<Bar> attempts() {
        return history().lanes().stream()
                .flatMap(lane -> lane.bars().stream())
                .sorted(
                        java.util.Comparator.comparing(Bar::from)
                                .thenComparing(Bar::issue)
                                .thenComparingInt(Bar::number))
                .toList();
    }

    /** Everything the run's attempts came to. */
    public Work work() {
        Work all = Work.NONE;
        for (Bar bar : attempts()) {
            all = all.and(bar, timeline);
        }
        return all;
    }

    /** When it ended, or how far it is known: by now, or when the last was heard. */
    public Instant end() {
        Instant open = timeline.running() ? made : history().last().orElse(made);
        Instant end = to.orElse(open);
        return end.isBefore(from) ? from : end;
    }
}
