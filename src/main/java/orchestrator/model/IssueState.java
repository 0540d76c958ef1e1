package orchestrator.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What has become of an issue. Changes only through {@link RunState#apply}.
 *
 * @param stageIndex the stage it is at, or the pipeline's length once completed
 * @param worker who holds it
 * @param attempt the current or last attempt
 * @param restart the next attempt of this stage, if one is planned
 * @param attempts attempts begun so far
 * @param stageStartCommit the branch's commit when the current stage began; empty: it has not begun
 * @param leftoversCommitting uncommitted files are being committed as work in progress
 * @param commits the branch's commits beyond its base, as last seen
 * @param reason why it failed, was parked or returned; or empty
 * @param firstStarted when its first attempt was decided
 * @param endedAt when it became completed, failed or parked
 */
public record IssueState(
        IssueId id,
        IssueStatus status,
        int stageIndex,
        OptionalInt worker,
        Optional<Worktree> worktree,
        Optional<CurrentAttempt> attempt,
        Optional<PlannedRestart> restart,
        Retries retries,
        int attempts,
        String stageStartCommit,
        boolean leftoversCommitting,
        int commits,
        PushState push,
        Usage usage,
        Trouble trouble,
        String reason,
        Optional<Instant> firstStarted,
        Optional<Instant> endedAt) {
    /** An issue of which the journal knows nothing. */
    public static IssueState initial(IssueId id, IssueStatus status, int stageIndex) {
        return new IssueEdit(id, status, stageIndex).done();
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
