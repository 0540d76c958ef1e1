package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.pcollections.PSortedMap;

/**
 * The meaning of each event for the whole run (for its issue: {@link IssueFold}): turns one {@link
 * RunState} into the next. Used by {@link RunState} only.
 */
final class Fold {
    /** More than anybody sends between two starts of the monitor. */
    private static final int COMMANDS_KEPT = 200;

    private String workspaceId;
    private Optional<Event.MonitorStarted> monitor;
    private Optional<Instant> monitorSince;
    private boolean stopping;
    private LaunchGate gate;
    private Optional<String> shortage;
    private PSortedMap<IssueId, IssueState> issues;
    private PSortedMap<IssueId, IssueState> active;
    private StatusChanges statusChanges;
    private PSortedMap<Integer, WorkerState> workers;
    private Optional<Instant> lastFirstLaunch;
    private int launches;
    private Optional<Instant> asOf;
    private double spentUsd;
    private PSortedMap<String, CommandState> commands;

    Fold(RunState from) {
        workspaceId = from.workspaceId();
        monitor = from.monitor();
        monitorSince = from.monitorSince();
        stopping = from.stopping();
        gate = from.gate();
        shortage = from.shortage();
        issues = from.issues();
        active = from.active();
        statusChanges = from.statusChanges();
        workers = from.workers();
        lastFirstLaunch = from.lastFirstLaunch();
        launches = from.launches();
        asOf = from.asOf();
        spentUsd = from.spentUsd();
        commands = from.commands();
    }

    RunState state() {
        return new RunState(
                workspaceId,
                monitor,
                monitorSince,
                stopping,
                gate,
                shortage,
                issues,
                active,
                statusChanges,
                workers,
                lastFirstLaunch,
                launches,
                asOf,
                spentUsd,
                commands);
    }

    void apply(Instant at, Event event, Optional<Why> why) {
        mindTheClock(at, event);
        switch (event) {
            case Event.OfIssue ofIssue -> applyToIssue(at, ofIssue, why);
            case Event.WorkspaceOpened e -> workspaceId = e.workspaceId();
            case Event.MonitorStarted e -> monitorStarted(at, e);
            case Event.WindowOpened e -> window(e.worker(), Optional.of(e.window()));
            case Event.WindowLost e -> window(e.worker(), Optional.empty());
            case Event.LaunchesPaused e -> gate = paused(e);
            case Event.LaunchesResumed e -> gate = resumed(at);
            case Event.PauseLifted e -> gate = resumed(at).withUserPause(Optional.empty());
            case Event.AdmissionClosed e -> shortage = Optional.of(e.reason());
            case Event.ClockSetBack e -> setBack(Duration.ofMillis(e.millis()));
            case Event.AdmissionOpened e -> shortage = Optional.empty();
            case Event.WorkerStopped e -> put(worker(e.worker()).withStopped(true));
            case Event.WorkerContinued e -> put(worker(e.worker()).withStopped(false));
            case Event.RunStopping e -> stopping = true;
            case Event.MonitorStopped e -> {}
            case Event.SessionCreated e -> {}
            case Event.ConfigLoaded e -> {}
            case Event.ConfigRejected e -> {}
            case Event.CommandReceived e ->
                    remember(e.id(), new CommandState(e.name(), Optional.empty()));
            case Event.CommandDone e ->
                    remember(
                            e.id(),
                            new CommandState(
                                    Optional.ofNullable(commands.get(e.id()))
                                            .map(CommandState::name)
                                            .orElse(""),
                                    Optional.of(
                                            new CommandState.Answer(e.accepted(), e.answer()))));
            case Event.Unknown e -> {}
        }
    }

    /**
     * A clock may be set back while a monitor begins or ends and nobody tells of it; that an event
     * is from before the one it follows tells it too.
     */
    private void mindTheClock(Instant at, Event event) {
        if (event instanceof Event.Unknown) {
            return; // It changes nothing at all.
        }
        Duration back = asOf.map(last -> Duration.between(at, last)).orElse(Duration.ZERO);
        boolean told = event instanceof Event.ClockSetBack;
        if (!told && back.compareTo(Event.ClockSetBack.LEAST) > 0) {
            setBack(back);
        }
        asOf = Optional.of(at);
    }

    private void setBack(Duration by) {
        gate = gate.setBack(by);
        lastFirstLaunch = lastFirstLaunch.map(at -> at.minus(by));
        for (IssueState state : List.copyOf(issues.values())) {
            IssueEdit edit = new IssueEdit(state);
            edit.attempt(current -> current.setBack(by));
            edit.restart = edit.restart.map(restart -> restart.setBack(by));
            edit.retries = edit.retries.setBack(by);
            edit.trouble = edit.trouble.setBack(by);
            edit.push = edit.push.setBack(by);
            edit.pullRequest = edit.pullRequest.setBack(by);
            put(edit.done());
        }
    }

    private LaunchGate paused(Event.LaunchesPaused event) {
        if (event.cause() == PauseCause.USER) {
            return gate.withUserPause(Optional.of(event.reason()));
        }
        int pauses = event.cause() == PauseCause.ENVIRONMENT ? gate.pauses() + 1 : gate.pauses();
        return new LaunchGate(
                Optional.of(event.cause()),
                event.until(),
                event.reason(),
                Optional.empty(),
                pauses,
                gate.userPause());
    }

    private LaunchGate resumed(Instant at) {
        boolean probing = gate.cause().isPresent() && gate.cause().get() != PauseCause.BUDGET;
        return new LaunchGate(
                Optional.empty(),
                Optional.empty(),
                "",
                probing ? Optional.of(at) : Optional.empty(),
                gate.pauses(),
                gate.userPause());
    }

    /** A command is answered from here when it is met again after a crash. */
    private void remember(String id, CommandState command) {
        commands = commands.plus(id, command);
        if (commands.size() > COMMANDS_KEPT) {
            // Their ids begin with the time they were sent at.
            commands = commands.minus(commands.firstKey());
        }
    }

    private void put(WorkerState worker) {
        workers = workers.plus(worker.number(), worker);
    }

    private void put(IssueState issue) {
        IssueState before = issues.get(issue.id());
        if (before == null || before.status() != issue.status()) {
            statusChanges = statusChanges.and(issue.id(), issue.status());
        }
        issues = issues.plus(issue.id(), issue);
        active = issue.isActive() ? active.plus(issue.id(), issue) : active.minus(issue.id());
    }

    private void monitorStarted(Instant at, Event.MonitorStarted event) {
        monitor = Optional.of(event);
        monitorSince = Optional.of(at);
        stopping = false;
        launches = 0;
        shortage = Optional.empty();
        boolean outlives =
                gate.cause().filter(cause -> cause == PauseCause.USAGE_LIMIT).isPresent();
        gate = outlives ? gate : LaunchGate.OPEN.withUserPause(gate.userPause());
        // What was in flight in the last monitor's memory is gone with it; attempts live on and are
        // adopted.
        for (IssueState state : List.copyOf(issues.values())) {
            put(withoutTheLastMonitor(state, at));
        }
        for (WorkerState worker : List.copyOf(workers.values())) {
            put(worker.withLaunched(holdsLiveAttempt(worker)));
        }
    }

    private static IssueState withoutTheLastMonitor(IssueState state, Instant at) {
        IssueEdit edit = new IssueEdit(state);
        edit.leftoversCommitting = false;
        edit.gate = state.gate().filter(gate -> gate.phase() != GateRun.Phase.RUNNING);
        edit.push =
                state.push().inFlight()
                        ? state.push().failed(state.push().lastError(), at)
                        : state.push();
        edit.pullRequest = state.pullRequest().settled();
        edit.worktree = state.worktree().filter(Worktree::ready);
        edit.trouble = Trouble.NONE;
        return edit.done();
    }

    private boolean holdsLiveAttempt(WorkerState worker) {
        return worker.issue().map(issues::get).map(IssueState::hasLiveAttempt).orElse(false);
    }

    private void window(int number, Optional<WindowRef> window) {
        put(worker(number).withWindow(window));
    }

    private WorkerState worker(int number) {
        WorkerState known = workers.get(number);
        return known == null ? WorkerState.fresh(number) : known;
    }

    private void applyToIssue(Instant at, Event.OfIssue event, Optional<Why> why) {
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
        IssueFold.change(at, edit, event, why);
        IssueState after = edit.done();
        put(after);
        switch (event) {
            case Event.AttemptStarting e -> launched(at, e.attempt().worker());
            case Event.AttemptEnded e when before != null && isLive(before, e.attemptId()) ->
                    ended(e.finish());
            default -> {}
        }
        if (!heldBefore.equals(after.worker())) {
            heldBefore.ifPresent(number -> put(worker(number).withIssue(Optional.empty())));
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
        put(worker(number).withIssue(Optional.of(id)));
        if (other.isPresent()) {
            IssueEdit edit = new IssueEdit(Objects.requireNonNull(issues.get(other.get())));
            edit.status = IssueStatus.PENDING;
            edit.release();
            put(edit.done());
        }
    }

    private static boolean isLive(IssueState issue, String attemptId) {
        return issue.isCurrent(attemptId) && issue.hasLiveAttempt();
    }

    private void launched(Instant at, int number) {
        if (!worker(number).launched()) {
            lastFirstLaunch = Optional.of(at);
            put(worker(number).withLaunched(true));
        }
        launches++;
    }

    /** An attempt that met no fault of the environment ends the probing and the backoff. */
    private void ended(Finish finish) {
        spentUsd += finish.usage().costUsd();
        if (!finish.outcome().isEnvironmental()) {
            gate =
                    new LaunchGate(
                            gate.cause(),
                            gate.until(),
                            gate.reason(),
                            Optional.empty(),
                            0,
                            gate.userPause());
        }
    }
}
