package orchestrator.monitor;

import java.time.Duration;
import java.util.Optional;
import orchestrator.log.Secrets;
import orchestrator.model.AgentOutcome;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.RestartCause;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.TimedEvent;
import orchestrator.model.Why;

/** Events as sentences for people. Pure. */
public final class Sentences {
    private Sentences() {}

    /** The event as it is shown in lists. */
    public static EventView view(TimedEvent event) {
        Optional<IssueId> issue =
                event.event() instanceof Event.OfIssue ofIssue
                        ? Optional.of(ofIssue.issue())
                        : Optional.empty();
        return new EventView(
                event.seq(),
                event.at(),
                issue,
                of(event.event(), event.why()),
                isWarning(event.event()),
                worker(event.event()));
    }

    private static Optional<Integer> worker(Event event) {
        return switch (event) {
            case Event.WindowOpened e -> Optional.of(e.worker());
            case Event.WindowLost e -> Optional.of(e.worker());
            case Event.WorkerStopped e -> Optional.of(e.worker());
            case Event.WorkerContinued e -> Optional.of(e.worker());
            case Event.IssueAssigned e -> Optional.of(e.worker());
            case Event.AttemptStarting e -> Optional.of(e.attempt().worker());
            default -> Optional.empty();
        };
    }

    /** One sentence without a full stop, the reasons in brackets; what looks secret is masked. */
    public static String of(Event event, Optional<Why> why) {
        return Secrets.mask(told(event, why));
    }

    private static String told(Event event, Optional<Why> why) {
        String facts =
                why.filter(w -> !w.facts().isEmpty())
                        .map(w -> " (" + w.sentence() + ")")
                        .orElse("");
        return switch (event) {
            case Event.WorkspaceOpened e -> "Workspace opened";
            case Event.MonitorStarted e ->
                    "Monitor started in the " + e.host() + ", pid " + e.process().pid();
            case Event.MonitorStopped e -> "Monitor stopped: " + e.reason();
            case Event.SessionCreated e -> "tmux session " + e.session() + " created";
            case Event.WindowOpened e -> "Worker " + e.worker() + " has its window";
            case Event.WindowLost e -> "The window of worker " + e.worker() + " is gone";
            case Event.ConfigLoaded e ->
                    "Configuration loaded: %s, %s, %s"
                            .formatted(
                                    Figures.of(e.issues(), "issue"),
                                    Figures.of(e.workers(), "worker"),
                                    String.join(", ", e.projects()));
            case Event.ConfigRejected e ->
                    "Configuration edit not taken, the last good one stays in force: "
                            + String.join("; ", e.problems());
            case Event.CommandReceived e ->
                    "Command " + e.name() + " " + String.join(" ", e.arguments());
            case Event.CommandDone e -> (e.accepted() ? "Done: " : "Refused: ") + e.answer();
            case Event.LaunchesPaused e ->
                    "Launches pause"
                            + e.until().map(at -> " until " + Times.local(at)).orElse("")
                            + ": "
                            + e.reason();
            case Event.LaunchesResumed e -> "Launches resume: " + e.reason();
            case Event.PauseLifted e -> "Launches resume: " + e.reason();
            case Event.AdmissionClosed e -> "Nothing is started: " + e.reason();
            case Event.ClockSetBack e ->
                    "The machine's clock was set back by %s; what waits does not wait longer for it"
                            .formatted(span(Duration.ofMillis(e.millis())));
            case Event.AdmissionOpened e -> "Launches go on: " + e.reason();
            case Event.WorkerStopped e ->
                    "Worker " + e.worker() + " starts nothing more until you say so";
            case Event.WorkerContinued e -> "Worker " + e.worker() + " goes on";
            case Event.RunStopping e -> "All work is being stopped: " + e.reason();
            case Event.IssueAssigned e ->
                    "Worker %d takes %s at %s".formatted(e.worker(), e.issue(), e.stage());
            case Event.WorktreeCreating e -> "Worktree for " + e.issue() + " on " + e.branch();
            case Event.WorktreeReady e ->
                    "Worktree of " + e.issue() + (e.created() ? " created" : " found again");
            case Event.WorktreeFailed e -> "Worktree of " + e.issue() + " failed: " + e.message();
            case Event.AttemptStarting e ->
                    "%s %s: attempt %d on worker %d"
                            .formatted(
                                    e.issue(),
                                    e.attempt().stage(),
                                    e.attempt().number(),
                                    e.attempt().worker());
            case Event.AttemptStarted e -> e.issue() + " started";
            case Event.AttemptStartFailed e -> e.issue() + " could not be started: " + e.message();
            case Event.AttemptExtended e ->
                    e.issue() + " gets until " + Times.local(e.until()) + facts;
            case Event.AttemptEnding e ->
                    e.issue()
                            + " is being ended: "
                            + e.cause().name().toLowerCase(java.util.Locale.ROOT)
                            + facts;
            case Event.AttemptEnded e -> e.issue() + " ended: " + ended(e.finish().outcome());
            case Event.RestartPlanned e ->
                    e.issue() + again(e.cause()) + firstLine(e.hint()) + facts;
            case Event.LeftoversCommitting e ->
                    "What " + e.issue() + " left uncommitted is committed" + facts;
            case Event.LeftoversCommitted e ->
                    "Leftovers of " + e.issue() + " are commit " + shortOf(e.commit());
            case Event.GateStarting e -> "Gate of " + e.issue() + ": " + e.command();
            case Event.GatePassed e -> "Gate of " + e.issue() + " passed in " + e.seconds() + " s";
            case Event.GateFailed e -> "Gate of " + e.issue() + " did not pass: " + e.what();
            case Event.StageMoved e ->
                    "The pipeline was edited; next for "
                            + e.issue()
                            + (e.stage().isEmpty() ? " is its completion" : " is " + e.stage());
            case Event.StageCompleted e ->
                    e.issue()
                            + " finished "
                            + e.stage()
                            + (e.note().isEmpty() ? "" : ": " + e.note());
            case Event.IssueCompleted e -> e.issue() + " is completed";
            case Event.IssueFailed e -> e.issue() + " failed: " + e.reason();
            case Event.IssueParked e -> e.issue() + " is parked: " + e.reason();
            case Event.IssueReturned e -> e.issue() + " is pending again: " + e.reason();
            case Event.RetryBegun e -> e.issue() + " is tried once more: " + e.reason();
            case Event.IssueReopened e -> e.issue() + " is taken up again: " + e.reason();
            case Event.PushWanted e -> e.issue() + " is to be pushed at " + shortOf(e.commit());
            case Event.PushStarting e -> "Pushing " + e.issue() + " at " + shortOf(e.commit());
            case Event.Pushed e ->
                    e.issue() + " pushed as " + e.branch() + " at " + shortOf(e.commit());
            case Event.PushFailed e -> "Push of " + e.issue() + " failed: " + e.message();
            case Event.PushSkipped e -> e.issue() + " is not pushed: " + e.reason();
            case Event.PullRequestWanted e -> "A pull request is wanted for " + e.issue();
            case Event.PullRequestOpening e -> "Opening a pull request for " + e.issue();
            case Event.PullRequestOpened e -> "Pull request of " + e.issue() + ": " + e.url();
            case Event.PullRequestFailed e ->
                    "Pull request of " + e.issue() + " failed: " + e.message();
            case Event.RescueTaken e ->
                    "Rescued of " + e.issue() + ": " + e.what() + " as " + e.ref();
            case Event.WorktreeRemoved e -> "Worktree of " + e.issue() + " is gone";
            case Event.Unknown e -> "Event of a newer version: " + e.type();
        };
    }

    private static String span(Duration time) {
        return time.compareTo(Duration.ofHours(2)) < 0
                ? time.toSeconds() + " s"
                : time.toHours() + " h";
    }

    private static String ended(AgentOutcome outcome) {
        return outcome instanceof AgentOutcome.UsageLimit limit && limit.resetsAt().isPresent()
                ? "usage limit until " + Times.local(limit.resetsAt().get())
                : outcome.phrase();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String shortOf(String commit) {
        return commit.length() > 8 ? commit.substring(0, 8) : commit;
    }

    private static String again(RestartCause cause) {
        return switch (cause) {
            case RESUMED -> " goes on with the next launch: ";
            case USAGE_LIMIT, ENVIRONMENT, ACCOUNT -> " waits and is then run again: ";
            case FAILED,
                    GATE_FAILED,
                    SESSION_LOST,
                    NO_WORK,
                    CRASHED_EMPTY,
                    NO_COMMIT,
                    STALLED,
                    SILENT_START,
                    USER ->
                    " is restarted: ";
        };
    }

    private static boolean isWarning(Event event) {
        return switch (event) {
            case Event.ConfigRejected e -> true;
            case Event.LaunchesPaused e -> true;
            case Event.WorktreeFailed e -> true;
            case Event.AttemptStartFailed e -> true;
            case Event.AttemptEnding e ->
                    !(e.cause() == EndCause.RUN_STOPPING
                            || e.cause() == EndCause.USER_STOP
                            || e.cause() == EndCause.ISSUE_CLOSED);
            case Event.RestartPlanned e -> e.cause() != RestartCause.RESUMED;
            case Event.IssueFailed e -> true;
            case Event.IssueParked e -> true;
            case Event.IssueReturned e -> true;
            case Event.PushFailed e -> true;
            case Event.CommandDone e -> !e.accepted();
            case Event.AttemptEnded e -> e.finish().outcome().isEnvironmental();
            case Event.AdmissionClosed e -> true;
            case Event.GateFailed e -> true;
            case Event.PullRequestFailed e -> true;
            case Event.PauseLifted e -> false;
            case Event.ClockSetBack e -> true;
            case Event.AdmissionOpened e -> false;
            case Event.WorkerStopped e -> false;
            case Event.WorkerContinued e -> false;
            case Event.GateStarting e -> false;
            case Event.GatePassed e -> false;
            case Event.StageMoved e -> false;
            case Event.RetryBegun e -> false;
            case Event.IssueReopened e -> false;
            case Event.PushWanted e -> false;
            case Event.PullRequestWanted e -> false;
            case Event.PullRequestOpening e -> false;
            case Event.PullRequestOpened e -> false;
            case Event.WorkspaceOpened e -> false;
            case Event.MonitorStarted e -> false;
            case Event.MonitorStopped e -> false;
            case Event.SessionCreated e -> false;
            case Event.WindowOpened e -> false;
            case Event.WindowLost e -> true;
            case Event.ConfigLoaded e -> false;
            case Event.CommandReceived e -> false;
            case Event.LaunchesResumed e -> false;
            case Event.RunStopping e -> false;
            case Event.IssueAssigned e -> false;
            case Event.WorktreeCreating e -> false;
            case Event.WorktreeReady e -> false;
            case Event.AttemptStarting e -> false;
            case Event.AttemptStarted e -> false;
            case Event.AttemptExtended e -> false;
            case Event.LeftoversCommitting e -> true;
            case Event.LeftoversCommitted e -> false;
            case Event.StageCompleted e -> false;
            case Event.IssueCompleted e -> false;
            case Event.PushStarting e -> false;
            case Event.Pushed e -> false;
            case Event.PushSkipped e -> false;
            case Event.RescueTaken e -> false;
            case Event.WorktreeRemoved e -> false;
            case Event.Unknown e -> false;
        };
    }
}
