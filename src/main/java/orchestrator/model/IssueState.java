package orchestrator.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What has become of an issue. Changes only through {@link RunState#apply}.
 *
 * @param stageIndex the stage it is at, or the pipeline's length once completed
 * @param stagesDone the names of the stages it has completed, in order; a place in the pipeline
 *     that outlives the pipeline's edits
 * @param retryStep what precedes the pipeline's first stage, when a failed issue is tried once more
 * @param retried it was tried once more after it had failed
 * @param worker who holds it
 * @param attempt the current or last attempt
 * @param restart the next attempt of this stage, if one is planned
 * @param attempts attempts begun so far
 * @param stageStartCommit the branch's commit when the current stage began; empty: it has not begun
 * @param gate of the current stage, once its agent has finished
 * @param leftoversCommitting uncommitted files are being committed as work in progress
 * @param commits the branch's commits beyond its base, as last seen
 * @param pullRequest of its branch
 * @param failure why it failed when it last did; or empty
 * @param prepared its worktree was set up
 * @param decided what was last decided of its attempts and the facts it rests on; or empty
 * @param reason why it failed, was parked or returned; or empty
 * @param firstStarted when its first attempt was decided
 * @param endedAt when it became completed, failed or parked
 */
public record IssueState(
        IssueId id,
        IssueStatus status,
        int stageIndex,
        List<String> stagesDone,
        RetryStep retryStep,
        boolean retried,
        OptionalInt worker,
        Optional<Worktree> worktree,
        Optional<CurrentAttempt> attempt,
        Optional<PlannedRestart> restart,
        Retries retries,
        int attempts,
        String stageStartCommit,
        Optional<GateRun> gate,
        boolean leftoversCommitting,
        int commits,
        PushState push,
        PullRequest pullRequest,
        Usage usage,
        Trouble trouble,
        String failure,
        boolean prepared,
        String decided,
        String reason,
        Optional<Instant> firstStarted,
        Optional<Instant> endedAt) {
    /** An issue of which the journal knows nothing. */
    public static IssueState initial(IssueId id, IssueStatus status, int stageIndex) {
        return new IssueEdit(id, status, stageIndex).done();
    }

    /** True while something goes on with it or is due: what the decisions look at. */
    public boolean isActive() {
        return worker.isPresent()
                || hasLiveAttempt()
                || isIn(AttemptPhase.ENDED)
                || leftoversCommitting
                || push.isOpen()
                || push.inFlight()
                || pullRequest.isOwed();
    }

    /** True while the stage's gate is run. */
    public boolean gateRunning() {
        return gate.isPresent() && gate.get().phase() == GateRun.Phase.RUNNING;
    }

    /** True while an attempt may have processes. */
    public boolean hasLiveAttempt() {
        return attempt.isPresent() && attempt.get().isLive();
    }

    /** True when the newest attempt is the one with that id. */
    public boolean isCurrent(String attemptId) {
        return attempt.isPresent() && attempt.get().attempt().id().equals(attemptId);
    }

    /** True when the newest attempt is in that phase. */
    public boolean isIn(AttemptPhase phase) {
        return attempt.isPresent() && attempt.get().phase() == phase;
    }

    /** The end of the newest attempt, if it has ended. */
    public Optional<Finish> finish() {
        return attempt.flatMap(CurrentAttempt::finish);
    }
}
