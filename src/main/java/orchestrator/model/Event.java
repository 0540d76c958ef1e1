package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has happened. The journal holds these in order and {@link RunState} is their fold. Types are
 * only ever added; the name of a type in the journal is its record's name in kebab case ({@code
 * attempt-started}).
 */
public sealed interface Event {
    /** An event about one issue. */
    sealed interface OfIssue extends Event {
        IssueId issue();
    }

    /** An event that announces an effect. It is on disk before the effect begins. */
    sealed interface Intent extends OfIssue {}

    // ────────────────────────────────────────────────────────────────────────────────────

    /** The journal's first event. */
    record WorkspaceOpened(String workspaceId) implements Event {}

    /**
     * A monitor took the workspace.
     *
     * @param host {@code window} or {@code terminal}
     */
    record MonitorStarted(ProcessIdentity process, String host, String version) implements Event {}

    record MonitorStopped(String reason) implements Event {}

    record SessionCreated(String session, String server) implements Event {}

    record WindowOpened(int worker, WindowRef window) implements Event {}

    /** The window is no longer there. */
    record WindowLost(int worker) implements Event {}

    record ConfigLoaded(List<String> projects, int issues, int workers) implements Event {
        public ConfigLoaded {
            projects = List.copyOf(projects);
        }
    }

    /** An edit that could not be taken; the last good configuration stays in force. */
    record ConfigRejected(List<String> problems) implements Event {
        public ConfigRejected {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The machine's clock was set back by so much. What was due by the old time is due as much
     * earlier by the new one: waits stay as long as they were.
     */
    record ClockSetBack(long millis) implements Event {
        /** Up to this a clock is adjusted all the time; it is not set back. */
        public static final Duration LEAST = Duration.ofSeconds(2);
    }

    /** A command came through the inbox. */
    record CommandReceived(String id, String name, List<String> arguments) implements Event {
        public CommandReceived {
            arguments = List.copyOf(arguments);
        }
    }

    record CommandDone(String id, boolean accepted, String answer) implements Event {}

    /** Nothing is launched until {@code until}, or until it is resumed. */
    record LaunchesPaused(PauseCause cause, Optional<Instant> until, String reason)
            implements Event {}

    record LaunchesResumed(String reason) implements Event {}

    /** The user asked for all work to stop; the next monitor begins again. */
    record RunStopping(String reason) implements Event {}

    /** A person ends whatever holds launches back, their own pause or another. */
    record PauseLifted(String reason) implements Event {}

    /** Disk or memory is short: no attempt is started until {@link AdmissionOpened}. */
    record AdmissionClosed(String reason) implements Event {}

    record AdmissionOpened(String reason) implements Event {}

    /** A person stopped the worker: it keeps what it holds and starts nothing. */
    record WorkerStopped(int worker) implements Event {}

    /** A person lets the worker go on. */
    record WorkerContinued(int worker) implements Event {}

    // ───────────────────────────────────────────────────────────────────────────────────

    record IssueAssigned(IssueId issue, int worker, int stageIndex, String stage)
            implements OfIssue {}

    record WorktreeCreating(IssueId issue, String repo, String path, String branch)
            implements Intent {}

    /**
     * The worktree is there.
     *
     * @param base the commit the branch's work is counted from
     * @param head the branch's commit
     * @param created false when one of ours was already there
     */
    record WorktreeReady(
            IssueId issue,
            String repo,
            String path,
            String branch,
            String base,
            String head,
            boolean created)
            implements OfIssue {}

    record WorktreeFailed(IssueId issue, String message, Instant notBefore) implements OfIssue {}

    record AttemptStarting(Attempt attempt) implements Intent {
        @Override
        public IssueId issue() {
            return attempt.issue();
        }
    }

    record AttemptStarted(IssueId issue, String attemptId) implements OfIssue {}

    /** It was certain that nothing runs. */
    record AttemptStartFailed(IssueId issue, String attemptId, String message, Instant notBefore)
            implements OfIssue {}

    record AttemptExtended(IssueId issue, String attemptId, Instant until) implements OfIssue {}

    /** Its processes are to be ended; the end itself comes as {@link AttemptEnded}. */
    record AttemptEnding(IssueId issue, String attemptId, EndCause cause) implements Intent {}

    record AttemptEnded(IssueId issue, String attemptId, Finish finish) implements OfIssue {}

    /**
     * The stage is to be run again by the same worker.
     *
     * @param counted whether it uses up a retry
     * @param hint what the next prompt says of the failure
     */
    record RestartPlanned(
            IssueId issue,
            AttemptKind kind,
            boolean counted,
            RestartCause cause,
            String hint,
            Instant notBefore)
            implements OfIssue {}

    /** What lies uncommitted is to be committed to the branch as work in progress. */
    record LeftoversCommitting(IssueId issue, String stage) implements Intent {}

    record LeftoversCommitted(IssueId issue, String commit) implements OfIssue {}

    /** The command that decides whether the stage is done is to be run in the worktree. */
    record GateStarting(IssueId issue, String attemptId, String command) implements Intent {}

    record GatePassed(IssueId issue, String attemptId, long seconds) implements OfIssue {}

    /**
     * The stage is not done.
     *
     * @param what how it ended, such as {@code exit 1}
     * @param tail the end of what it printed, at most 8,000 characters
     */
    record GateFailed(IssueId issue, String attemptId, String what, String tail)
            implements OfIssue {}

    record StageCompleted(IssueId issue, String stage, int stageIndex, String note)
            implements OfIssue {}

    /** The pipeline was edited; the issue's place in it has another index now. */
    record StageMoved(IssueId issue, String stage, int stageIndex) implements OfIssue {}

    record IssueCompleted(IssueId issue) implements OfIssue {}

    record IssueFailed(IssueId issue, String reason) implements OfIssue {}

    record IssueParked(IssueId issue, String reason) implements OfIssue {}

    /** Back to pending, at the stage it had reached. */
    record IssueReturned(IssueId issue, String reason) implements OfIssue {}

    /**
     * A failed issue is tried once more: analysed, explored, then worked on from the first stage.
     */
    record RetryBegun(IssueId issue, String reason) implements OfIssue {}

    /** A person takes a parked or ended issue up again, at the stage it had reached. */
    record IssueReopened(IssueId issue, String reason) implements OfIssue {}

    /** A person wants this commit on the remote, now. */
    record PushWanted(IssueId issue, String commit) implements OfIssue {}

    record PushStarting(IssueId issue, String commit) implements Intent {}

    record Pushed(IssueId issue, String branch, String commit) implements OfIssue {}

    record PushFailed(IssueId issue, String message, Instant notBefore) implements OfIssue {}

    /** There is nowhere to push to. */
    record PushSkipped(IssueId issue, String reason) implements OfIssue {}

    /** Once its branch is on the remote, a pull request is to be opened for it. */
    record PullRequestWanted(IssueId issue) implements OfIssue {}

    record PullRequestOpening(IssueId issue, String branch) implements Intent {}

    /** It is open, or was open already. */
    record PullRequestOpened(IssueId issue, String url) implements OfIssue {}

    record PullRequestFailed(IssueId issue, String message, Instant notBefore) implements OfIssue {}

    record RescueTaken(IssueId issue, String ref, String what) implements OfIssue {}

    record WorktreeRemoved(IssueId issue, String path) implements OfIssue {}

    /**
     * An event of a type this version does not know; carried, and ignored by the fold.
     *
     * @param json the whole event as it stands in the journal
     */
    record Unknown(String type, String json) implements Event {}
}
