package orchestrator.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** A copy of an {@link IssueState} that can be changed; used by the fold only. */
final class IssueEdit {
    private final IssueId id;
    IssueStatus status;
    int stageIndex;
    List<String> stagesDone = List.of();
    RetryStep retryStep = RetryStep.NONE;
    boolean retried;
    OptionalInt worker = OptionalInt.empty();
    Optional<Worktree> worktree = Optional.empty();
    Optional<CurrentAttempt> attempt = Optional.empty();
    Optional<PlannedRestart> restart = Optional.empty();
    Retries retries = Retries.NONE;
    int attempts;
    String stageStartCommit = "";
    Optional<GateRun> gate = Optional.empty();
    boolean leftoversCommitting;
    int commits;
    PushState push = PushState.NONE;
    PullRequest pullRequest = PullRequest.NONE;
    Usage usage = Usage.NONE;
    Trouble trouble = Trouble.NONE;
    String failure = "";
    boolean prepared;
    String decided = "";
    String reason = "";
    Optional<Instant> firstStarted = Optional.empty();
    Optional<Instant> endedAt = Optional.empty();

    IssueEdit(IssueId id, IssueStatus status, int stageIndex) {
        this.id = id;
        this.status = status;
        this.stageIndex = stageIndex;
    }

    IssueEdit(IssueState from) {
        this(from.id(), from.status(), from.stageIndex());
        stagesDone = from.stagesDone();
        retryStep = from.retryStep();
        retried = from.retried();
        worker = from.worker();
        worktree = from.worktree();
        attempt = from.attempt();
        restart = from.restart();
        retries = from.retries();
        attempts = from.attempts();
        stageStartCommit = from.stageStartCommit();
        gate = from.gate();
        leftoversCommitting = from.leftoversCommitting();
        commits = from.commits();
        push = from.push();
        pullRequest = from.pullRequest();
        usage = from.usage();
        trouble = from.trouble();
        failure = from.failure();
        prepared = from.prepared();
        decided = from.decided();
        reason = from.reason();
        firstStarted = from.firstStarted();
        endedAt = from.endedAt();
    }

    void attempt(UnaryOperator<CurrentAttempt> change) {
        attempt = attempt.map(change);
    }

    void end(IssueStatus how, String why, Instant at) {
        status = how;
        retryStep = RetryStep.NONE;
        if (how == IssueStatus.COMPLETED) {
            decided = "";
        }
        reason = why;
        endedAt = Optional.of(at);
        release();
    }

    /** Lets the worker go; what was being done for the current stage is settled. */
    void release() {
        worker = OptionalInt.empty();
        restart = Optional.empty();
        leftoversCommitting = false;
        gate = Optional.empty();
        attempt(current -> current.isLive() ? current : current.in(AttemptPhase.SETTLED));
    }

    IssueState done() {
        return new IssueState(
                id,
                status,
                stageIndex,
                stagesDone,
                retryStep,
                retried,
                worker,
                worktree,
                attempt,
                restart,
                retries,
                attempts,
                stageStartCommit,
                gate,
                leftoversCommitting,
                commits,
                push,
                pullRequest,
                usage,
                trouble,
                failure,
                prepared,
                decided,
                reason,
                firstStarted,
                endedAt);
    }
}
