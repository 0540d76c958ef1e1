package orchestrator.model;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The meaning of each event: turns one {@link RunState} into the next. Used by {@link RunState}
 * only.
 */
final class Fold {
    private String workspaceId;
    private Optional<Event.MonitorStarted> monitor;
    private Optional<Instant> monitorSince;
    private boolean stopping;
    private LaunchGate gate;
    private final NavigableMap<IssueId, IssueState> issues;
    private final NavigableMap<Integer, WorkerState> workers;
    private Optional<Instant> lastFirstLaunch;
    private int launches;

    Fold(RunState from) {
        workspaceId = from.workspaceId();
        monitor = from.monitor();
        monitorSince = from.monitorSince();
        stopping = from.stopping();
        gate = from.gate();
        issues = new TreeMap<>(from.issues());
        workers = new TreeMap<>(from.workers());
        lastFirstLaunch = from.lastFirstLaunch();
        launches = from.launches();
    }

    RunState state() {
        return new RunState(
                workspaceId,
                monitor,
                monitorSince,
                stopping,
                gate,
                issues,
                workers,
                lastFirstLaunch,
                launches);
    }

    void apply(Instant at, Event event) {
        switch (event) {
            case Event.OfIssue ofIssue -> applyToIssue(at, ofIssue);
            case Event.WorkspaceOpened e -> workspaceId = e.workspaceId();
            case Event.MonitorStarted e -> monitorStarted(at, e);
            case Event.WindowOpened e -> window(e.worker(), Optional.of(e.window()));
            case Event.WindowLost e -> window(e.worker(), Optional.empty());
            case Event.LaunchesPaused e -> {
                int pauses =
                        e.cause() == PauseCause.ENVIRONMENT ? gate.pauses() + 1 : gate.pauses();
                gate =
                        new LaunchGate(
                                Optional.of(e.cause()),
                                e.until(),
                                e.reason(),
                                Optional.empty(),
                                pauses);
            }
            case Event.LaunchesResumed e -> {
                boolean probing = gate.cause().isPresent() && gate.cause().get() != PauseCause.USER;
                gate =
                        new LaunchGate(
                                Optional.empty(),
                                Optional.empty(),
                                "",
                                probing ? Optional.of(at) : Optional.empty(),
                                gate.pauses());
            }
            case Event.RunStopping e -> stopping = true;
            case Event.MonitorStopped e -> {}
            case Event.SessionCreated e -> {}
            case Event.ConfigLoaded e -> {}
            case Event.ConfigRejected e -> {}
            case Event.CommandReceived e -> {}
            case Event.CommandDone e -> {}
            case Event.Unknown e -> {}
        }
    }

    private void monitorStarted(Instant at, Event.MonitorStarted event) {
        monitor = Optional.of(event);
        monitorSince = Optional.of(at);
        stopping = false;
        launches = 0;
        boolean outlives =
                gate.cause()
                        .filter(c -> c == PauseCause.USAGE_LIMIT || c == PauseCause.USER)
                        .isPresent();
        gate = outlives ? gate : LaunchGate.OPEN;
        // What was in flight in the last monitor's memory is gone with it; attempts live on and are
        // adopted.
        issues.replaceAll((id, state) -> {
            IssueEdit edit = new IssueEdit(state);
            edit.leftoversCommitting = false;
            edit.push =
                    state.push().inFlight()
                            ? state.push().failed(state.push().lastError(), at)
                            : state.push();
            edit.worktree = state.worktree().filter(Worktree::ready);
            edit.trouble = Trouble.NONE;
            return edit.done();
        });
        workers.replaceAll((number, worker) -> worker.withLaunched(holdsLiveAttempt(worker)));
    }

    private boolean holdsLiveAttempt(WorkerState worker) {
        return worker.issue().map(issues::get).map(IssueState::hasLiveAttempt).orElse(false);
    }

    private void window(int number, Optional<WindowRef> window) {
        workers.put(number, worker(number).withWindow(window));
    }

    private WorkerState worker(int number) {
        return workers.getOrDefault(number, WorkerState.fresh(number));
    }

    private void applyToIssue(Instant at, Event.OfIssue event) {
        IssueState before = issues.get(event.issue());
        if (before == null && isAside(event)) {
            // Nothing has begun: the state its definition gives still holds.
            return;
        }
        IssueEdit edit =
                before == null
                        ? new IssueEdit(event.issue(), IssueStatus.PENDING, 0)
                        : new IssueEdit(before);
        OptionalInt heldBefore = edit.worker;
        change(at, edit, event);
        IssueState after = edit.done();
        issues.put(event.issue(), after);
        if (!heldBefore.equals(after.worker())) {
            heldBefore.ifPresent(
                    number -> workers.put(number, worker(number).withIssue(Optional.empty())));
            after.worker().ifPresent(number -> hold(number, after.id()));
        }
    }

    /** True for what can be told of an issue that was never taken up. */
    private static boolean isAside(Event.OfIssue event) {
        return event instanceof Event.RescueTaken || event instanceof Event.WorktreeRemoved;
    }

    /** Both sides know of each other, whatever the worker held before. */
    private void hold(int number, IssueId id) {
        Optional<IssueId> other = worker(number).issue().filter(held -> !held.equals(id));
        workers.put(number, worker(number).withIssue(Optional.of(id)));
        if (other.isPresent()) {
            IssueEdit edit = new IssueEdit(Objects.requireNonNull(issues.get(other.get())));
            edit.status = IssueStatus.PENDING;
            edit.release();
            issues.put(other.get(), edit.done());
        }
    }

    private void change(Instant at, IssueEdit issue, Event.OfIssue event) {
        switch (event) {
            case Event.IssueAssigned e -> {
                issue.status = IssueStatus.IN_PROGRESS;
                issue.stageIndex = e.stageIndex();
                issue.worker = OptionalInt.of(e.worker());
                issue.reason = "";
                issue.endedAt = Optional.empty();
            }
            case Event.WorktreeCreating e ->
                    issue.worktree =
                            Optional.of(
                                    new Worktree(e.repo(), e.path(), e.branch(), "", "", false));
            case Event.WorktreeReady e -> {
                issue.worktree =
                        Optional.of(
                                new Worktree(
                                        e.repo(), e.path(), e.branch(), e.base(), e.head(), true));
                issue.trouble = Trouble.NONE;
            }
            case Event.WorktreeFailed e -> {
                issue.worktree = Optional.empty();
                issue.trouble = issue.trouble.and(e.message(), e.notBefore());
            }
            case Event.WorktreeRemoved e -> issue.worktree = Optional.empty();
            case Event.AttemptStarting e -> attemptStarting(at, issue, e.attempt());
            case Event.AttemptStarted e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            // Its end may be known before the news of its start: then this is
                            // old news, and the restart that is planned is the next one.
                            AttemptPhase.STARTING::equals,
                            i -> {
                                i.attempt(a -> a.in(AttemptPhase.RUNNING));
                                i.restart = Optional.empty();
                                i.trouble = Trouble.NONE;
                            });
            case Event.AttemptStartFailed e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            Fold::isLive,
                            i -> {
                                i.attempt(a -> a.in(AttemptPhase.SETTLED));
                                i.trouble = i.trouble.and(e.message(), e.notBefore());
                            });
            case Event.AttemptExtended e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            Fold::isLive,
                            i -> i.attempt(a -> a.extended(e.until())));
            case Event.AttemptEnding e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            Fold::isLive,
                            i -> i.attempt(a -> a.ending(e.cause())));
            case Event.AttemptEnded e ->
                    ifCurrent(issue, e.attemptId(), Fold::isLive, i -> attemptEnded(i, e.finish()));
            case Event.RestartPlanned e -> {
                issue.restart =
                        Optional.of(
                                new PlannedRestart(e.kind(), e.cause(), e.hint(), e.notBefore()));
                issue.retries = issue.retries.and(e.cause(), e.counted(), at);
                settle(issue);
            }
            case Event.LeftoversCommitting e -> issue.leftoversCommitting = true;
            case Event.LeftoversCommitted e -> leftoversCommitted(issue, e.commit());
            case Event.StageCompleted e -> {
                issue.stageIndex = e.stageIndex() + 1;
                issue.retries = issue.retries.forNextStage();
                issue.restart = Optional.empty();
                issue.stageStartCommit = "";
                settle(issue);
                issue.attempt
                        .flatMap(CurrentAttempt::finish)
                        .filter(finish -> finish.commitsSinceBase() > 0 && !finish.head().isEmpty())
                        .ifPresent(finish -> issue.push = issue.push.want(finish.head()));
            }
            case Event.IssueCompleted e -> issue.end(IssueStatus.COMPLETED, "", at);
            case Event.IssueFailed e -> issue.end(IssueStatus.FAILED, e.reason(), at);
            case Event.IssueParked e -> issue.end(IssueStatus.PARKED, e.reason(), at);
            case Event.IssueReturned e -> {
                issue.status = IssueStatus.PENDING;
                issue.reason = e.reason();
                issue.retries = issue.retries.forNextStage();
                issue.release();
            }
            case Event.PushStarting e -> issue.push = issue.push.started();
            case Event.Pushed e -> issue.push = issue.push.done(e.commit());
            case Event.PushFailed e -> issue.push = issue.push.failed(e.message(), e.notBefore());
            case Event.PushSkipped e -> issue.push = issue.push.dropped();
            case Event.RescueTaken e -> {}
        }
    }

    /** Changes the issue if that attempt is its newest and is in such a phase. */
    private static void ifCurrent(
            IssueEdit issue,
            String attemptId,
            Predicate<AttemptPhase> phase,
            Consumer<IssueEdit> change) {
        if (issue.attempt
                .filter(current -> current.attempt().id().equals(attemptId))
                .filter(current -> phase.test(current.phase()))
                .isPresent()) {
            change.accept(issue);
        }
    }

    private static boolean isLive(AttemptPhase phase) {
        return switch (phase) {
            case STARTING, RUNNING, ENDING -> true;
            case ENDED, SETTLED -> false;
        };
    }

    private static void settle(IssueEdit issue) {
        issue.attempt(current -> current.isLive() ? current : current.in(AttemptPhase.SETTLED));
    }

    private void attemptStarting(Instant at, IssueEdit issue, Attempt attempt) {
        issue.status = IssueStatus.IN_PROGRESS;
        issue.attempt = Optional.of(CurrentAttempt.starting(attempt));
        issue.attempts = attempt.number();
        if (issue.stageStartCommit.isEmpty()) {
            issue.stageStartCommit = attempt.startCommit();
        }
        if (issue.firstStarted.isEmpty()) {
            issue.firstStarted = Optional.of(at);
        }
        WorkerState worker = worker(attempt.worker());
        if (!worker.launched()) {
            lastFirstLaunch = Optional.of(at);
            workers.put(worker.number(), worker.withLaunched(true));
        }
        launches++;
    }

    private void attemptEnded(IssueEdit issue, Finish finish) {
        issue.attempt(current -> current.ended(finish));
        if (issue.worker.isEmpty()) {
            // The issue was set aside while it ran: nothing follows its end.
            settle(issue);
        }
        issue.restart = Optional.empty();
        issue.commits = finish.commitsSinceBase();
        issue.worktree = issue.worktree.map(worktree -> worktree.withHead(finish.head()));
        issue.usage = issue.usage.plus(finish.usage());
        if (!finish.outcome().isEnvironmental()) {
            gate = new LaunchGate(gate.cause(), gate.until(), gate.reason(), Optional.empty(), 0);
        }
    }

    private static void leftoversCommitted(IssueEdit issue, String commit) {
        if (!issue.leftoversCommitting) {
            return;
        }
        issue.leftoversCommitting = false;
        issue.worktree = issue.worktree.map(worktree -> worktree.withHead(commit));
        issue.attempt(current ->
                current.finish()
                        .map(finish -> current.ended(finish.withLeftoversCommitted(commit)))
                        .orElse(current));
        issue.attempt
                .flatMap(CurrentAttempt::finish)
                .ifPresent(finish -> issue.commits = finish.commitsSinceBase());
    }
}
