package orchestrator.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.log.Secrets;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.TimedEvent;
import orchestrator.monitor.Figures;
import orchestrator.monitor.Text;
import orchestrator.monitor.Times;

/**
 * A run as it is told to somebody who waits for it: a line for what a person wants to know, one
 * word first that says what kind of thing it is. All the rest stands in {@code monitor.log}. One
 * thread.
 */
final class Narration {
    private static final int LONGEST = 160;
    private static final int TITLE = 60;

    /** Below this a restart is told as happening at once. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final ZoneId zone;
    private final Map<IssueId, String> pushTroubles = new HashMap<>();
    private final Set<IssueId> completed = new HashSet<>();

    /**
     * A narration from here on.
     *
     * @param start what is completed in it is not told again, and counts
     */
    Narration(RunSnapshot start, ZoneId zone) {
        this.zone = zone;
        start.issues().stream()
                .filter(issue -> issue.status() == IssueStatus.COMPLETED)
                .forEach(issue -> completed.add(issue.id()));
    }

    /** The line for an event; empty when it is not worth one. */
    Optional<String> line(TimedEvent event, RunSnapshot now) {
        return said(event, now)
                .map(words ->
                        Times.clock(event.at(), zone)
                                + "  "
                                + Text.oneLine(Secrets.mask(words), LONGEST));
    }

    private Optional<String> said(TimedEvent timed, RunSnapshot now) {
        return switch (timed.event()) {
            case Event.IssueAssigned e ->
                    said(
                            "started",
                            e.issue()
                                    + " at "
                                    + stage(e.issue(), e.stageIndex(), now)
                                    + " on worker "
                                    + e.worker()
                                    + title(e.issue(), now));
            case Event.StageCompleted e -> stageCompleted(e, now);
            case Event.RestartPlanned e ->
                    said(
                            "restarted",
                            e.issue()
                                    + delay(timed, e)
                                    + ": "
                                    + e.hint().lines().findFirst().orElse(""));
            case Event.IssueCompleted e -> completed(e, now);
            case Event.IssueFailed e -> said("FAILED", e.issue() + ": " + e.reason());
            case Event.IssueParked e -> said("PARKED", e.issue() + ": " + e.reason());
            case Event.IssueReturned e ->
                    said("returned", e.issue() + " waits again: " + e.reason());
            case Event.AttemptExtended e ->
                    said("extended", e.issue() + " until " + Times.clock(e.until(), zone));
            case Event.LeftoversCommitted e ->
                    said("committed", "what " + e.issue() + " had left uncommitted");
            case Event.GateFailed e -> said("gate", e.issue() + " did not pass: " + e.what());
            case Event.RetryBegun e -> said("again", e.issue() + ": " + e.reason());
            case Event.IssueReopened e -> said("again", e.issue() + ": " + e.reason());
            case Event.AdmissionClosed e -> said("paused", e.reason());
            case Event.ClockSetBack e ->
                    said("clock set back", Duration.ofMillis(e.millis()).toSeconds() + " s");
            case Event.AdmissionOpened e -> said("resumed", e.reason());
            case Event.PauseLifted e -> said("resumed", e.reason());
            case Event.WorkerStopped e -> said("stopped", "worker " + e.worker());
            case Event.WorkerContinued e -> said("resumed", "worker " + e.worker());
            case Event.PullRequestOpened e -> said("opened", e.issue() + ": " + e.url());
            case Event.PullRequestFailed e ->
                    said("problem", "pull request of " + e.issue() + ": " + e.message());
            case Event.StageMoved e -> Optional.empty();
            case Event.GateStarting e -> Optional.empty();
            case Event.GatePassed e -> Optional.empty();
            case Event.PushWanted e -> Optional.empty();
            case Event.PullRequestWanted e -> Optional.empty();
            case Event.PullRequestOpening e -> Optional.empty();
            case Event.PushFailed e -> pushFailed(e);
            case Event.Pushed e -> pushed(e);
            case Event.RescueTaken e ->
                    said("rescued", e.what() + " of " + e.issue() + " as " + e.ref());
            case Event.WorktreeFailed e ->
                    said("problem", "worktree of " + e.issue() + ": " + e.message());
            case Event.AttemptStartFailed e ->
                    said("problem", e.issue() + " does not start: " + e.message());
            case Event.WindowLost e ->
                    said("problem", "the window of worker " + e.worker() + " is gone");
            case Event.ConfigRejected e ->
                    said(
                            "problem",
                            "an edit of the configuration is not taken: "
                                    + String.join("; ", e.problems()));
            case Event.ConfigLoaded e ->
                    said(
                            "config",
                            Figures.of(e.issues(), "issue")
                                    + ", "
                                    + Figures.of(e.workers(), "worker"));
            case Event.CommandDone e ->
                    e.accepted() ? Optional.empty() : said("refused", e.answer());
            case Event.LaunchesPaused e ->
                    said(
                            "paused",
                            e.until().map(at -> "until " + Times.clock(at, zone) + ": ").orElse("")
                                    + e.reason());
            case Event.LaunchesResumed e -> said("resumed", e.reason());
            case Event.RunStopping e -> said("stopping", e.reason());
            case Event.MonitorStarted e -> said("monitor", "started, pid " + e.process().pid());
            case Event.MonitorStopped e -> said("monitor", "ended: " + e.reason());
            case Event.WorkspaceOpened e -> Optional.empty();
            case Event.SessionCreated e -> Optional.empty();
            case Event.WindowOpened e -> Optional.empty();
            case Event.CommandReceived e -> Optional.empty();
            case Event.WorktreeCreating e -> Optional.empty();
            case Event.WorktreeReady e -> Optional.empty();
            case Event.AttemptStarting e -> Optional.empty();
            case Event.AttemptStarted e -> Optional.empty();
            case Event.AttemptEnding e -> Optional.empty();
            case Event.AttemptEnded e -> Optional.empty();
            case Event.LeftoversCommitting e -> Optional.empty();
            case Event.PushStarting e -> Optional.empty();
            case Event.PushSkipped e -> Optional.empty();
            case Event.WorktreeRemoved e -> Optional.empty();
            case Event.Unknown e -> Optional.empty();
        };
    }

    private static Optional<String> said(String kind, String words) {
        return Optional.of("%-9s  %s".formatted(kind, words));
    }

    /** The last stage's end is told by the issue's completion. */
    private static Optional<String> stageCompleted(Event.StageCompleted e, RunSnapshot now) {
        boolean last =
                view(e.issue(), now)
                        .filter(v -> e.stageIndex() + 1 == v.stages().size())
                        .isPresent();
        if (last && e.note().isEmpty()) {
            return Optional.empty();
        }
        return said(
                "finished",
                e.issue()
                        + " "
                        + stage(e.issue(), e.stageIndex(), now)
                        + (e.note().isEmpty() ? "" : ": " + e.note()));
    }

    private Optional<String> completed(Event.IssueCompleted e, RunSnapshot now) {
        completed.add(e.issue());
        return said(
                "completed",
                "%s, %d of %d%s"
                        .formatted(
                                e.issue(),
                                completed.size(),
                                now.totals().issues(),
                                title(e.issue(), now)));
    }

    /** The same trouble of a push that is tried again and again is told once. */
    private Optional<String> pushFailed(Event.PushFailed e) {
        String before = pushTroubles.put(e.issue(), e.message());
        return e.message().equals(before)
                ? Optional.empty()
                : said("problem", e.issue() + " is not pushed, it is tried again: " + e.message());
    }

    private Optional<String> pushed(Event.Pushed e) {
        return pushTroubles.remove(e.issue()) == null
                ? Optional.empty()
                : said("pushed", e.issue() + " after all, as " + e.branch());
    }

    private static String delay(TimedEvent timed, Event.RestartPlanned e) {
        Duration wait = Duration.between(timed.at(), e.notBefore());
        return wait.compareTo(AT_ONCE) < 0 ? "" : " in " + wait.toSeconds() + " s";
    }

    /** Such as {@code implement (1/2)}. */
    private static String stage(IssueId issue, int index, RunSnapshot now) {
        return view(issue, now)
                .filter(v -> index < v.stages().size())
                .map(v ->
                        "%s (%d/%d)".formatted(v.stages().get(index), index + 1, v.stages().size()))
                .orElse("stage " + (index + 1));
    }

    private static String title(IssueId issue, RunSnapshot now) {
        return view(issue, now).map(v -> ": " + Text.oneLine(v.title(), TITLE)).orElse("");
    }

    private static Optional<IssueView> view(IssueId issue, RunSnapshot now) {
        return now.issues().stream().filter(v -> v.id().equals(issue)).findFirst();
    }
}
