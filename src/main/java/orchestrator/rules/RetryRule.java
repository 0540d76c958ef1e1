package orchestrator.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import orchestrator.model.AttemptKind;
import orchestrator.model.Decision;
import orchestrator.model.Event;
import orchestrator.model.IssueState;
import orchestrator.model.Limits;
import orchestrator.model.RestartCause;
import orchestrator.model.Stage;
import orchestrator.model.Timings;
import orchestrator.model.Why;

/** Whether a stage that did not end well is run again. */
final class RetryRule {
    /**
     * A crash loop costs money: more than this many restarts of one issue in {@link #LOOP_WINDOW}
     * park it (DESIGN §7).
     */
    static final int LOOP_RESTARTS = 3;

    static final Duration LOOP_WINDOW = Duration.ofMinutes(10);

    /** Restarts for a crash without work before the issue is given back (DESIGN §7). */
    static final int EMPTY_CRASHES = 3;

    /** Restarts for a start without any output (DESIGN §7). */
    static final int SILENT_STARTS = 3;

    /** Sessions lost in a row before it counts as the issue's own failure. */
    static final int LOST_SESSIONS = 3;

    private RetryRule() {}

    /**
     * Restarts while retries last; then goes on to the next stage if the branch has commits, else
     * fails the issue.
     *
     * @param commits of the branch beyond its base
     */
    static Decision retry(
            IssueState issue,
            Limits limits,
            RestartCause cause,
            AttemptKind kind,
            String hint,
            int commits,
            String stage,
            Why why,
            Instant now) {
        if (issue.retries().counted() < limits.maxRetries()) {
            return restart(issue, kind, true, cause, hint, now, now, why);
        }
        Why spent =
                new Why(
                        "retries used up",
                        plus(why, limits.maxRetries() + " of " + limits.maxRetries() + " retries"));
        boolean step =
                Stage.RETRY_ANALYZE.name().equals(stage)
                        || Stage.RETRY_EXPLORE.name().equals(stage);
        if (step) {
            // What it was to find out is missing; the second try itself is not.
            String note = "without findings (" + hint + ")";
            return new Decision(
                    new Event.StageCompleted(issue.id(), stage, issue.stageIndex(), note), spent);
        }
        if (commits > 0) {
            String note = "retries used up; goes on with what is committed (" + hint + ")";
            return new Decision(
                    new Event.StageCompleted(issue.id(), stage, issue.stageIndex(), note), spent);
        }
        return new Decision(
                new Event.IssueFailed(issue.id(), "retries used up, no commits: " + hint), spent);
    }

    /** Plans a restart, unless the issue is in a crash loop: then it is parked. */
    static Decision restart(
            IssueState issue,
            AttemptKind kind,
            boolean counted,
            RestartCause cause,
            String hint,
            Instant notBefore,
            Instant now,
            Why why) {
        if (cause.isFault()) {
            long recent =
                    issue.retries().recent().stream()
                            .filter(at -> at.isAfter(now.minus(LOOP_WINDOW)))
                            .count();
            if (recent >= LOOP_RESTARTS) {
                return new Decision(
                        new Event.IssueParked(
                                issue.id(),
                                "restarted %d times in %d minutes; look at its last attempts, then launch it again: %s"
                                        .formatted(recent, LOOP_WINDOW.toMinutes(), hint)),
                        new Why(
                                "crash loop",
                                plus(
                                        why,
                                        recent
                                                + " restarts in "
                                                + LOOP_WINDOW.toMinutes()
                                                + " min")));
            }
        }
        return new Decision(
                new Event.RestartPlanned(issue.id(), kind, counted, cause, hint, notBefore), why);
    }

    /** By default 10 s × 2ⁿ up to 300 s. */
    static Duration backoff(Timings timings, int pausesInARow) {
        Duration wait = timings.backoff().multipliedBy(1L << Math.min(pausesInARow, 10));
        return wait.compareTo(timings.longestBackoff()) > 0 ? timings.longestBackoff() : wait;
    }

    private static List<String> plus(Why why, String fact) {
        return java.util.stream.Stream.concat(
                        why.facts().stream(), java.util.stream.Stream.of(fact))
                .toList();
    }
}
