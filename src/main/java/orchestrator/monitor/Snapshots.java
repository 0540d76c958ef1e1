package orchestrator.monitor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptPhase;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.LaunchGate;
import orchestrator.model.PauseCause;
import orchestrator.model.Project;
import orchestrator.model.PushState;
import orchestrator.model.RetryStep;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorView;
import orchestrator.model.RunSnapshot.Totals;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import orchestrator.model.TimedEvent;
import orchestrator.model.Usage;
import orchestrator.model.WorkerState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;
import orchestrator.rules.NextIssue;
import orchestrator.store.AttemptFolder;

/** Makes what is shown from what is defined, what has happened, and what was last seen. */
final class Snapshots {
    /**
     * A push that failed this often in a row is trouble; before, it is a hiccup that is tried
     * again.
     */
    private static final int PUSH_TROUBLE = 3;

    private final WorkspaceConfig config;
    private final RunContext context;

    Snapshots(WorkspaceConfig config, RunContext context) {
        this.config = config;
        this.context = context;
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
        List<IssueView> issues = issues(state);
        boolean watched = monitor.state() != RunSnapshot.MonitorState.STOPPED;
        List<WorkerView> workers = workers(state, live, watched, now);
        double cost =
                state.issues().values().stream()
                        .mapToDouble(issue -> issue.usage().costUsd())
                        .sum();
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
                totals(issues),
                gate(state),
                workers,
                issues,
                recent,
                cost + running);
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

    private static Totals totals(List<IssueView> issues) {
        Map<IssueStatus, Integer> counts = new HashMap<>();
        issues.forEach(issue -> counts.merge(issue.status(), 1, Integer::sum));
        return new Totals(
                issues.size(),
                counts.getOrDefault(IssueStatus.COMPLETED, 0),
                counts.getOrDefault(IssueStatus.IN_PROGRESS, 0),
                counts.getOrDefault(IssueStatus.PENDING, 0),
                counts.getOrDefault(IssueStatus.FAILED, 0),
                counts.getOrDefault(IssueStatus.PARKED, 0));
    }

    private List<IssueView> issues(RunState state) {
        Dependencies dependencies = new Dependencies(config, state);
        List<Issue> ordered = new ArrayList<>();
        config.projects().forEach(project -> ordered.addAll(project.issues()));
        ordered.sort(NextIssue.ORDER);
        return ordered.stream().map(issue -> issue(state, issue, dependencies)).toList();
    }

    private IssueView issue(RunState state, Issue issue, Dependencies dependencies) {
        Project project = config.project(issue.id().project()).orElseThrow();
        IssueState known = state.issue(project, issue);
        PushState push = known.push();
        return new IssueView(
                issue.id(),
                issue.title(),
                issue.wave(),
                issue.priority(),
                known.status(),
                names(project, known),
                stageIndex(known),
                issue.dependsOn(),
                dependencies.waitsFor(issue),
                dependencies.isBlockedForever(issue),
                known.worker().isPresent()
                        ? Optional.of(known.worker().getAsInt())
                        : Optional.empty(),
                known.retries().counted(),
                known.attempts(),
                known.commits(),
                known.worktree().map(Worktree::branch).orElse(""),
                known.worktree().map(Worktree::path).orElse(""),
                !push.isOpen(),
                push.isOpen() && push.failures() >= PUSH_TROUBLE ? push.lastError() : "",
                known.usage(),
                known.pullRequest().url(),
                known.status() == IssueStatus.FAILED && !known.retried() && project.retryFailed(),
                known.decided(),
                known.reason());
    }

    /** The stages as they are shown: a second try's own come before the pipeline's. */
    private static List<String> names(Project project, IssueState issue) {
        Stream<Stage> before =
                issue.retryStep() == RetryStep.NONE ? Stream.of() : Stage.RESERVED.stream();
        return Stream.concat(before, project.pipeline().stream()).map(Stage::name).toList();
    }

    private static int stageIndex(IssueState issue) {
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

    /** Which dependencies hold an issue back, and whether they ever will not. */
    private static final class Dependencies {
        private final Map<IssueId, IssueStatus> statuses;
        private final Map<IssueId, Issue> defined = new HashMap<>();
        private final Map<IssueId, Boolean> blocked = new HashMap<>();

        Dependencies(WorkspaceConfig config, RunState state) {
            statuses = NextIssue.statuses(config, state);
            config.projects()
                    .forEach(project ->
                            project.issues().forEach(issue -> defined.put(issue.id(), issue)));
        }

        /** An undefined one counts as parked. */
        private IssueStatus statusOf(IssueId id) {
            return statuses.getOrDefault(id, IssueStatus.PARKED);
        }

        List<IssueId> waitsFor(Issue issue) {
            return issue.dependsOn().stream()
                    .filter(id -> statusOf(id) != IssueStatus.COMPLETED)
                    .toList();
        }

        /**
         * Whether a dependency, or one of its own, will never complete. For chains of any length.
         */
        boolean isBlockedForever(Issue issue) {
            Deque<Issue> open = new ArrayDeque<>(List.of(issue));
            while (!open.isEmpty()) {
                Issue top = open.peek();
                List<Issue> undecided = undecided(top);
                if (undecided.isEmpty()) {
                    blocked.put(top.id(), waitsFor(top).stream().anyMatch(this::neverCompletes));
                    open.pop();
                } else {
                    undecided.forEach(open::push);
                }
            }
            return blocked.getOrDefault(issue.id(), false);
        }

        /** Pending dependencies of which it is not known yet, each taken up once. */
        private List<Issue> undecided(Issue issue) {
            if (blocked.putIfAbsent(issue.id(), false) != null) {
                return List.of();
            }
            return waitsFor(issue).stream()
                    .filter(id -> statusOf(id) == IssueStatus.PENDING)
                    .filter(id -> !blocked.containsKey(id))
                    .flatMap(id -> Optional.ofNullable(defined.get(id)).stream())
                    .toList();
        }

        private boolean neverCompletes(IssueId id) {
            return switch (statusOf(id)) {
                case FAILED, PARKED -> true;
                case PENDING -> !defined.containsKey(id) || blocked.getOrDefault(id, false);
                case IN_PROGRESS, COMPLETED -> false;
            };
        }
    }
}
