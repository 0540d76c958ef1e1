package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;

/**
 * The meaning of each event: turns one {@link RunState} into the next. Used by {@link RunState}
 * only.
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
                spentUsd,
                commands);
    }

    void apply(Instant at, Event event, Optional<Why> why) {
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
        change(at, edit, event, why);
        IssueState after = edit.done();
        put(after);
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

    private void change(Instant at, IssueEdit issue, Event.OfIssue event, Optional<Why> why) {
        switch (event) {
            case Event.IssueAssigned e -> {
                issue.status = IssueStatus.IN_PROGRESS;
                issue.stageIndex = e.stageIndex();
                issue.worker = OptionalInt.of(e.worker());
                issue.decided = "";
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
                issue.prepared = true;
                issue.trouble = Trouble.NONE;
            }
            case Event.WorktreeFailed e -> {
                issue.worktree = Optional.empty();
                issue.trouble = issue.trouble.and(e.message(), e.notBefore());
            }
            case Event.WorktreeRemoved e -> {
                issue.worktree = Optional.empty();
                issue.prepared = false;
            }
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
                            i -> {
                                i.attempt(a -> a.extended(e.until()));
                                i.decided = "given more time: " + facts(why);
                            });
            case Event.AttemptEnding e ->
                    ifCurrent(
                            issue,
                            e.attemptId(),
                            Fold::isLive,
                            i -> i.attempt(a -> a.ending(e.cause(), facts(why))));
            case Event.AttemptEnded e ->
                    ifCurrent(issue, e.attemptId(), Fold::isLive, i -> attemptEnded(i, e.finish()));
            case Event.RestartPlanned e -> {
                issue.restart =
                        Optional.of(
                                new PlannedRestart(e.kind(), e.cause(), e.hint(), e.notBefore()));
                issue.retries = issue.retries.and(e.cause(), e.counted(), at);
                issue.gate = Optional.empty();
                if (e.cause() == RestartCause.USER) {
                    issue.trouble = Trouble.NONE;
                }
                issue.decided = "restarted: " + e.hint().lines().findFirst().orElse("");
                settle(issue);
            }
            case Event.LeftoversCommitting e -> issue.leftoversCommitting = true;
            case Event.LeftoversCommitted e -> leftoversCommitted(issue, e.commit());
            case Event.GateStarting e -> {
                issue.gate = Optional.of(new GateRun(e.attemptId(), GateRun.Phase.RUNNING, ""));
                // What the agent committed is worth keeping whatever the gate says.
                wantPush(issue);
            }
            case Event.GatePassed e -> gateEnded(issue, e.attemptId(), GateRun.Phase.PASSED, "");
            case Event.GateFailed e ->
                    gateEnded(
                            issue,
                            e.attemptId(),
                            GateRun.Phase.FAILED,
                            e.tail().isBlank() ? e.what() : e.what() + "\n" + e.tail());
            case Event.StageCompleted e -> stageCompleted(issue, e);
            case Event.StageMoved e -> issue.stageIndex = e.stageIndex();
            case Event.RetryBegun e -> {
                issue.status = IssueStatus.PENDING;
                issue.reason = e.reason();
                issue.endedAt = Optional.empty();
                issue.retried = true;
                issue.retryStep = RetryStep.ANALYZE;
                issue.stageIndex = 0;
                issue.stagesDone = List.of();
                afresh(issue);
            }
            case Event.IssueReopened e -> {
                issue.status = IssueStatus.PENDING;
                issue.reason = e.reason();
                issue.endedAt = Optional.empty();
                afresh(issue);
            }
            case Event.IssueCompleted e -> {
                issue.end(IssueStatus.COMPLETED, "", at);
                wantAllPushed(issue);
            }
            case Event.IssueFailed e -> {
                issue.failure = e.reason();
                issue.end(IssueStatus.FAILED, e.reason(), at);
                issue.decided = facts(why);
            }
            case Event.IssueParked e -> {
                issue.end(IssueStatus.PARKED, e.reason(), at);
                issue.decided = facts(why);
            }
            case Event.IssueReturned e -> {
                issue.status = IssueStatus.PENDING;
                issue.reason = e.reason();
                issue.retries = issue.retries.forNextStage();
                issue.release();
                issue.decided = facts(why);
            }
            case Event.PushWanted e -> issue.push = issue.push.want(e.commit()).now();
            case Event.PushStarting e -> issue.push = issue.push.started();
            case Event.Pushed e -> issue.push = issue.push.done(e.commit());
            case Event.PushFailed e -> issue.push = issue.push.failed(e.message(), e.notBefore());
            case Event.PushSkipped e -> issue.push = issue.push.dropped();
            case Event.PullRequestWanted e -> issue.pullRequest = issue.pullRequest.want();
            case Event.PullRequestOpening e -> issue.pullRequest = issue.pullRequest.started();
            case Event.PullRequestOpened e -> issue.pullRequest = issue.pullRequest.opened(e.url());
            case Event.PullRequestFailed e ->
                    issue.pullRequest = issue.pullRequest.failed(e.message(), e.notBefore());
            case Event.RescueTaken e -> {}
        }
    }

    private static String facts(Optional<Why> why) {
        return why.map(w -> String.join(", ", w.facts())).orElse("");
    }

    private static void gateEnded(
            IssueEdit issue, String attemptId, GateRun.Phase how, String detail) {
        boolean awaited =
                issue.gate
                        .filter(gate -> gate.phase() == GateRun.Phase.RUNNING)
                        .filter(gate -> gate.attemptId().equals(attemptId))
                        .isPresent();
        if (awaited) {
            issue.gate = Optional.of(new GateRun(attemptId, how, detail));
        }
    }

    private static void stageCompleted(IssueEdit issue, Event.StageCompleted event) {
        if (issue.retryStep.stage().filter(step -> step.name().equals(event.stage())).isPresent()) {
            issue.retryStep = issue.retryStep.next();
            issue.stageIndex = 0;
        } else {
            issue.stageIndex = event.stageIndex() + 1;
            issue.stagesDone =
                    Stream.concat(issue.stagesDone.stream(), Stream.of(event.stage())).toList();
        }
        issue.retries = issue.retries.forNextStage();
        issue.restart = Optional.empty();
        issue.gate = Optional.empty();
        issue.stageStartCommit = "";
        issue.decided = event.note();
        settle(issue);
        wantPush(issue);
    }

    private static void wantPush(IssueEdit issue) {
        issue.attempt
                .flatMap(CurrentAttempt::finish)
                .filter(finish -> finish.commitsSinceBase() > 0 && !finish.head().isEmpty())
                .ifPresent(finish -> issue.push = issue.push.want(finish.head()));
    }

    /**
     * Also what no finished stage has put there: a person may complete an issue, or an edit end its
     * pipeline, in the middle of a stage that has committed.
     */
    private static void wantAllPushed(IssueEdit issue) {
        issue.worktree
                .map(Worktree::head)
                .filter(head -> issue.commits > 0 && !head.isEmpty())
                .ifPresent(head -> issue.push = issue.push.want(head));
    }

    /** As if nothing had gone wrong with it yet. */
    private static void afresh(IssueEdit issue) {
        issue.retries = Retries.NONE;
        issue.trouble = Trouble.NONE;
        issue.stageStartCommit = "";
        issue.release();
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
        issue.gate = Optional.empty();
        if (issue.stageStartCommit.isEmpty()) {
            issue.stageStartCommit = attempt.startCommit();
        }
        if (issue.firstStarted.isEmpty()) {
            issue.firstStarted = Optional.of(at);
        }
        WorkerState worker = worker(attempt.worker());
        if (!worker.launched()) {
            lastFirstLaunch = Optional.of(at);
            put(worker.withLaunched(true));
        }
        launches++;
    }

    private void attemptEnded(IssueEdit issue, Finish finish) {
        issue.attempt(current -> current.ended(finish));
        if (issue.worker.isEmpty()) {
            // The issue was set aside while it ran: nothing follows its end.
            settle(issue);
            if (issue.status == IssueStatus.COMPLETED) {
                wantPush(issue);
            }
        }
        issue.restart = Optional.empty();
        issue.commits = finish.commitsSinceBase();
        issue.worktree = issue.worktree.map(worktree -> worktree.withHead(finish.head()));
        issue.usage = issue.usage.plus(finish.usage());
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
