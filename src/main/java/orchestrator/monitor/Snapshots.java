package orchestrator.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptPhase;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Issue;
import orchestrator.model.IssueState;
import orchestrator.model.LaunchGate;
import orchestrator.model.PauseCause;
import orchestrator.model.Project;
import orchestrator.model.RetryStep;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.MonitorView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import orchestrator.model.TimedEvent;
import orchestrator.model.Usage;
import orchestrator.model.WorkerState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;
import orchestrator.store.AttemptFolder;

/**
 * Makes what is shown from what is defined, what has happened, and what was last seen. One thread
 * at a time.
 */
final class Snapshots {
    private final WorkspaceConfig config;
    private final RunContext context;
    private final IssueViews issues;

    /** For as long as the configuration stays; keeps what has not changed from one to the next. */
    Snapshots(WorkspaceConfig config, RunContext context) {
        this.config = config;
        this.context = context;
        issues = new IssueViews(config);
    }

    /**
     * The snapshot.
     *
     * @param live by worker; a worker without a live attempt is absent
     */
    RunSnapshot make(
            RunState state,
            Map<Integer, LiveFacts> live,
            List<TimedEvent> recent,
            MonitorView monitor,
            Instant now) {
        return show(state, live, views(recent), monitor, now);
    }

    /** The events as they are shown. */
    static List<EventView> views(List<TimedEvent> events) {
        return events.stream().map(Sentences::view).toList();
    }

    /** The same of events that are sentences already. */
    RunSnapshot show(
            RunState state,
            Map<Integer, LiveFacts> live,
            List<EventView> recent,
            MonitorView monitor,
            Instant now) {
        issues.look(state);
        boolean watched = monitor.state() != RunSnapshot.MonitorState.STOPPED;
        List<WorkerView> workers = workers(state, live, watched, now);
        double running =
                workers.stream()
                        .filter(worker -> worker.issue().isPresent())
                        .mapToDouble(worker ->
                                worker.usage().costUsd()
                                        - state.begun(worker.issue().get()).usage().costUsd())
                        .sum();
        return new RunSnapshot(
                now,
                config.root().toString(),
                config.settings().tmuxSession(),
                monitor,
                issues.totals(),
                gate(state),
                workers,
                issues.views(),
                recent,
                state.spentUsd() + running);
    }

    /** A person's own pause first: it stands whatever else ends. */
    private static GateView gate(RunState state) {
        LaunchGate gate = state.gate();
        if (gate.userPause().isPresent()) {
            String besides = gate.cause().isPresent() ? "; besides: " + gate.reason() : "";
            return new GateView(
                    false,
                    Optional.of(PauseCause.USER),
                    Optional.empty(),
                    gate.userPause().get() + besides);
        }
        if (gate.cause().isPresent()) {
            return new GateView(false, gate.cause(), gate.until(), gate.reason());
        }
        return state.shortage()
                .map(why -> new GateView(false, Optional.empty(), Optional.empty(), why))
                .orElse(GateView.OPEN);
    }

    /** Nothing is launched while what happens cannot be written down. */
    static GateView held(String why) {
        return new GateView(false, Optional.empty(), Optional.empty(), why);
    }

    /** The stages as they are shown: a second try's own come before the pipeline's. */
    static List<String> names(Project project, IssueState issue) {
        Stream<Stage> before =
                issue.retryStep() == RetryStep.NONE ? Stream.of() : Stage.RESERVED.stream();
        return Stream.concat(before, project.pipeline().stream()).map(Stage::name).toList();
    }

    static int stageIndex(IssueState issue) {
        return switch (issue.retryStep()) {
            case NONE -> issue.stageIndex();
            case ANALYZE -> Stage.RESERVED.indexOf(Stage.RETRY_ANALYZE);
            case EXPLORE -> Stage.RESERVED.indexOf(Stage.RETRY_EXPLORE);
        };
    }

    private List<WorkerView> workers(
            RunState state, Map<Integer, LiveFacts> live, boolean watched, Instant now) {
        List<WorkerView> views = new ArrayList<>();
        for (int number = 1; number <= config.settings().workers(); number++) {
            views.add(
                    worker(
                            state,
                            state.worker(number),
                            Optional.ofNullable(live.get(number)),
                            watched,
                            now));
        }
        // A pool that was made smaller still shows what runs.
        state.workers().tailMap(config.settings().workers(), false).values().stream()
                .filter(worker -> worker.issue().isPresent())
                .forEach(worker ->
                        views.add(
                                worker(
                                        state,
                                        worker,
                                        Optional.ofNullable(live.get(worker.number())),
                                        watched,
                                        now)));
        return views;
    }

    private WorkerView worker(
            RunState state,
            WorkerState worker,
            Optional<LiveFacts> seen,
            boolean watched,
            Instant now) {
        if (worker.issue().isEmpty()) {
            WorkerView idle = WorkerView.idle(worker.number(), worker.window());
            return worker.stopped() ? idle.stopped() : idle;
        }
        IssueState issue = state.begun(worker.issue().get());
        // Taken out of the configuration, it is still worked on until its attempt ends.
        String title = config.issue(issue.id()).map(Issue::title).orElse("");
        List<String> stages =
                config.project(issue.id().project())
                        .map(project -> names(project, issue))
                        .orElse(List.of());
        Optional<Attempt> attempt = issue.attempt().map(CurrentAttempt::attempt);
        Optional<LiveFacts> facts =
                seen.filter(
                        live -> attempt.filter(a -> a.id().equals(live.attemptId())).isPresent());
        Optional<AttemptFolder> folder = attempt.map(a -> AttemptFolder.of(context.state(), a));
        boolean live = issue.hasLiveAttempt();
        Usage usage =
                live
                        ? issue.usage().plus(facts.map(LiveFacts::usage).orElse(Usage.NONE))
                        : issue.usage();
        return new WorkerView(
                worker.number(),
                watched ? status(worker, issue, facts) : unwatched(facts),
                Optional.of(issue.id()),
                title,
                stages,
                stageIndex(issue),
                attempt.map(Attempt::number).orElse(0),
                issue.retries().counted(),
                live ? attempt.map(Attempt::startedAt) : Optional.empty(),
                facts.flatMap(LiveFacts::lastActivity),
                issue.worktree().map(Worktree::branch).orElse(""),
                issue.worktree().map(Worktree::path).orElse(""),
                issue.commits(),
                usage,
                facts.map(LiveFacts::lastLine).orElse(""),
                watched ? note(state, worker, issue, now) : unwatchedNote(facts),
                folder.map(f -> f.transcript().toString()).orElse(""),
                folder.map(f -> f.stream().toString()).orElse(""),
                worker.window());
    }

    /** Without a monitor an agent may work on, but nothing follows its end. */
    private static WorkerStatus unwatched(Optional<LiveFacts> facts) {
        return facts.filter(LiveFacts::begun).isPresent()
                ? WorkerStatus.RUNNING
                : WorkerStatus.WAITING;
    }

    private static String unwatchedNote(Optional<LiveFacts> facts) {
        return facts.filter(LiveFacts::begun).isPresent()
                ? "works on without a monitor"
                : "waits for the next launch";
    }

    private static WorkerStatus status(
            WorkerState worker, IssueState issue, Optional<LiveFacts> facts) {
        if (issue.isIn(AttemptPhase.ENDING)) {
            return WorkerStatus.ENDING;
        }
        if (issue.isIn(AttemptPhase.RUNNING)) {
            // Running is said only of what was seen running.
            return facts.filter(LiveFacts::begun).isPresent()
                    ? WorkerStatus.RUNNING
                    : WorkerStatus.STARTING;
        }
        if (issue.gateRunning()) {
            return WorkerStatus.CHECKING;
        }
        if (worker.stopped() && !issue.hasLiveAttempt()) {
            return WorkerStatus.STOPPED;
        }
        boolean held = issue.restart().isPresent() || issue.trouble().count() > 0;
        boolean preparing = issue.worktree().map(worktree -> !worktree.ready()).orElse(true);
        return held || (!preparing && !issue.hasLiveAttempt())
                ? WorkerStatus.WAITING
                : WorkerStatus.STARTING;
    }

    private static String note(RunState state, WorkerState worker, IssueState issue, Instant now) {
        boolean ending = issue.isIn(AttemptPhase.ENDING);
        if (worker.stopped() && (issue.hasLiveAttempt() || issue.gateRunning()) && !ending) {
            return WorkerView.PAUSING_NOTE;
        }
        if (issue.hasLiveAttempt()) {
            return issue.decided();
        }
        if (issue.gateRunning()) {
            return "its gate is run";
        }
        if (worker.stopped()) {
            return WorkerView.STOPPED_NOTE;
        }
        if (issue.trouble().count() > 0) {
            return issue.trouble().message();
        }
        GateView gate = gate(state);
        if (!gate.open()) {
            return gate.reason();
        }
        return issue.restart()
                .filter(restart -> restart.notBefore().isAfter(now))
                .map(restart ->
                        "waits until "
                                + Times.local(restart.notBefore())
                                + ": "
                                + restart.hint().lines().findFirst().orElse(""))
                .orElse("");
    }
}
