package orchestrator.rules;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.AttemptPhase;
import orchestrator.model.AttemptSight;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.LaunchGate;
import orchestrator.model.Limits;
import orchestrator.model.Observations;
import orchestrator.model.PlannedRestart;
import orchestrator.model.Project;
import orchestrator.model.PushState;
import orchestrator.model.Repo;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import orchestrator.model.Why;
import orchestrator.model.WorkerState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;

/**
 * The decision table (DESIGN §7): what is to be done, given what has happened, what is seen, and
 * the time.
 */
public final class Decider {
    /** Failures of ours in a row (worktree, start) before the issue is parked for a person. */
    static final int MAX_TROUBLES = 5;

    private final WorkspaceConfig config;
    private final Observations seen;
    private final Instant now;

    private Decider(WorkspaceConfig config, Observations seen, Instant now) {
        this.config = config;
        this.seen = seen;
        this.now = now;
    }

    /**
     * All that is to be done now, in order; empty when nothing is. Each decision counts with those
     * before it, so no two of them claim the same thing.
     */
    public static List<Decision> decide(
            WorkspaceConfig config, RunState state, Observations seen, Instant now) {
        Decider decider = new Decider(config, seen, now);
        List<Decision> all = new ArrayList<>();
        RunState next = state;
        while (true) {
            List<Decision> step = decider.step(next);
            if (step.isEmpty()) {
                return all;
            }
            for (Decision decision : step) {
                all.add(decision);
                next = next.apply(now, decision.event());
            }
        }
    }

    /** True when a run that is being stopped has nothing left to end. */
    public static boolean isQuiet(RunState state) {
        return state.issues().values().stream()
                .noneMatch(issue ->
                        issue.hasLiveAttempt()
                                || issue.isIn(AttemptPhase.ENDED)
                                || issue.leftoversCommitting()
                                || issue.push().inFlight());
    }

    private List<Decision> step(RunState state) {
        for (IssueState issue : state.issues().values()) {
            List<Decision> decisions = ofIssue(state, issue);
            if (!decisions.isEmpty()) {
                return decisions;
            }
        }
        if (state.stopping()) {
            return List.of();
        }
        return Stream.<java.util.function.Supplier<List<Decision>>>of(
                        () -> gate(state), () -> held(state), () -> idle(state))
                .map(java.util.function.Supplier::get)
                .filter(decisions -> !decisions.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    // What an issue needs whatever its worker does: ends, lives, pushes.
    private List<Decision> ofIssue(RunState state, IssueState issue) {
        if (issue.isIn(AttemptPhase.ENDED) && !issue.leftoversCommitting()) {
            return ended(state, issue, issue.attempt().orElseThrow());
        }
        if (issue.isIn(AttemptPhase.STARTING) || issue.isIn(AttemptPhase.RUNNING)) {
            List<Decision> decisions = live(state, issue, issue.attempt().orElseThrow());
            if (!decisions.isEmpty()) {
                return decisions;
            }
        }
        // Pushed again while the next stage runs, too.
        PushState push = issue.push();
        if (!state.stopping() && push.isOpen() && !push.inFlight() && due(push.notBefore())) {
            return one(
                    new Event.PushStarting(issue.id(), push.wanted()),
                    Why.of("push", "commit " + push.wanted(), push.failures() + " failed tries"));
        }
        return List.of();
    }

    private List<Decision> ended(RunState state, IssueState issue, CurrentAttempt current) {
        Optional<Project> project = config.project(issue.id().project());
        Optional<Issue> definition = config.issue(issue.id());
        if (project.isEmpty() || definition.isEmpty()) {
            return one(
                    new Event.IssueParked(
                            issue.id(), "it is no longer defined in the configuration"),
                    Why.of("undefined"));
        }
        Stage stage = new Stage(current.attempt().stage(), false);
        for (Stage known : project.get().pipeline()) {
            if (known.name().equals(stage.name())) {
                stage = known;
            }
        }
        return new EndRule(issue, current, stage, project.get().limits(), state.gate(), now)
                .decide();
    }

    private List<Decision> live(RunState state, IssueState issue, CurrentAttempt current) {
        if (state.stopping()) {
            return one(
                    new Event.AttemptEnding(
                            issue.id(), current.attempt().id(), EndCause.RUN_STOPPING),
                    Why.of("run stopping"));
        }
        AttemptSight sight = seen.attempts().get(current.attempt().id());
        if (sight == null || current.phase() != AttemptPhase.RUNNING) {
            return List.of();
        }
        if (state.gate().isProbe(current.attempt()) && sight.worked()) {
            return one(
                    new Event.LaunchesResumed("the probing worker works"),
                    Why.of("probe", "worker " + current.attempt().worker() + " works"));
        }
        // Taken out of the configuration, it still may hang.
        Limits limits =
                config.project(issue.id().project()).map(Project::limits).orElse(Limits.DEFAULT);
        return LiveRule.decide(current, sight, limits, now).map(List::of).orElse(List.of());
    }

    private List<Decision> gate(RunState state) {
        LaunchGate gate = state.gate();
        if (gate.cause().isPresent()
                && gate.until().isPresent()
                && !now.isBefore(gate.until().get())) {
            return one(
                    new Event.LaunchesResumed("the pause is over; one worker probes first"),
                    Why.of("pause over", gate.reason()));
        }
        return List.of();
    }

    // Workers that hold an issue of which nothing runs.
    private List<Decision> held(RunState state) {
        for (WorkerState worker : state.workers().values()) {
            Optional<IssueState> issue = worker.issue().map(id -> state.issues().get(id));
            if (issue.isPresent()
                    && !issue.get().hasLiveAttempt()
                    && !issue.get().isIn(AttemptPhase.ENDED)) {
                List<Decision> decisions = forward(state, worker, issue.get());
                if (!decisions.isEmpty()) {
                    return decisions;
                }
            }
        }
        return List.of();
    }

    private List<Decision> forward(RunState state, WorkerState worker, IssueState issue) {
        Optional<Project> found = config.project(issue.id().project());
        Optional<Issue> definition = config.issue(issue.id());
        if (found.isEmpty() || definition.isEmpty()) {
            return one(
                    new Event.IssueParked(
                            issue.id(), "it is no longer defined in the configuration"),
                    Why.of("undefined"));
        }
        Project project = found.get();
        if (issue.stageIndex() >= project.pipeline().size()) {
            return one(
                    new Event.IssueCompleted(issue.id()),
                    Why.of("last stage finished", issue.commits() + " commits"));
        }
        if (worker.number() > config.settings().workers()) {
            return one(
                    new Event.IssueReturned(issue.id(), "the pool was made smaller"),
                    Why.of("pool smaller", config.settings().workers() + " workers"));
        }
        if (issue.trouble().count() >= MAX_TROUBLES) {
            return one(
                    new Event.IssueParked(issue.id(), issue.trouble().message()),
                    Why.of("cannot be started", issue.trouble().count() + " failures in a row"));
        }
        if (!due(issue.trouble().notBefore())) {
            return List.of();
        }
        if (issue.worktree().isEmpty()) {
            Repo repo = project.repoOf(definition.get());
            int number = issue.id().number();
            return one(
                    new Event.WorktreeCreating(
                            issue.id(),
                            repo.name(),
                            repo.worktreeOf(number).toString(),
                            repo.branchOf(number)),
                    Why.of("needs a worktree"));
        }
        if (!issue.worktree().get().ready() || !mayStart(state, worker, issue)) {
            return List.of();
        }
        return one(
                new Event.AttemptStarting(
                        nextAttempt(state, project, worker, issue, issue.worktree().get())),
                issue.restart()
                        .map(restart -> Why.of("restart", restart.hint()))
                        .orElseGet(() -> Why.of("next stage")));
    }

    private boolean mayStart(RunState state, WorkerState worker, IssueState issue) {
        return gateOpenFor(state)
                && !isBusy(state, worker.number())
                && due(issue.restart().map(PlannedRestart::notBefore))
                && (worker.launched() || !now.isBefore(staggerEnd(config, state).orElse(now)));
    }

    /** True while something may still run on the worker, its own issue's or one set aside. */
    private static boolean isBusy(RunState state, int worker) {
        return state.issues().values().stream()
                .filter(IssueState::hasLiveAttempt)
                .anyMatch(issue -> issue.attempt().orElseThrow().attempt().worker() == worker);
    }

    /** While one worker probes after a limit, the others wait. */
    private static boolean gateOpenFor(RunState state) {
        LaunchGate gate = state.gate();
        return gate.cause().isEmpty()
                && (!gate.probing()
                        || state.issues().values().stream()
                                .filter(IssueState::hasLiveAttempt)
                                .noneMatch(issue ->
                                        gate.isProbe(issue.attempt().orElseThrow().attempt())));
    }

    private Attempt nextAttempt(
            RunState state,
            Project project,
            WorkerState worker,
            IssueState issue,
            Worktree worktree) {
        int number = issue.attempts() + 1;
        String seed = state.workspaceId() + "/" + issue.id() + "/" + number;
        return new Attempt(
                uuid(seed),
                issue.id(),
                project.pipeline().get(issue.stageIndex()).name(),
                issue.stageIndex(),
                worker.number(),
                number,
                uuid(seed + "/session"),
                issue.restart().map(PlannedRestart::kind).orElse(AttemptKind.FIRST),
                worktree.head(),
                now);
    }

    /**
     * Unique in the world because the workspace's id is, and the same again for the same attempt.
     */
    private static String uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private List<Decision> idle(RunState state) {
        if (!gateOpenFor(state)) {
            return List.of();
        }
        for (int number = 1; number <= config.settings().workers(); number++) {
            if (state.worker(number).issue().isPresent()) {
                continue;
            }
            Optional<Issue> next = NextIssue.forWorker(config, state, number);
            if (next.isPresent()) {
                return one(
                        assign(state, next.get(), number),
                        Why.of("idle worker", order(next.get())));
            }
        }
        return List.of();
    }

    private Event assign(RunState state, Issue issue, int worker) {
        Project project = config.project(issue.id().project()).orElseThrow();
        IssueState known = state.issue(project, issue);
        int stage = Math.min(known.stageIndex(), project.pipeline().size() - 1);
        return new Event.IssueAssigned(
                issue.id(), worker, stage, project.pipeline().get(stage).name());
    }

    private static String order(Issue issue) {
        return "wave %d, priority %d, dependencies completed"
                .formatted(issue.wave(), issue.priority());
    }

    private boolean due(Optional<Instant> notBefore) {
        return notBefore.isEmpty() || !now.isBefore(notBefore.get());
    }

    private static List<Decision> one(Event event, Why why) {
        return List.of(new Decision(event, why));
    }

    private static Optional<Instant> staggerEnd(WorkspaceConfig config, RunState state) {
        return state.lastFirstLaunch().map(at -> at.plus(config.settings().staggerDelay()));
    }

    /** When something becomes due by the passing of time alone; never before {@code now}. */
    public static Optional<Instant> nextDue(WorkspaceConfig config, RunState state, Instant now) {
        Stream<Instant> ofIssues =
                state.issues().values().stream()
                        .filter(issue ->
                                issue.status() == IssueStatus.IN_PROGRESS || issue.push().isOpen())
                        .flatMap(issue ->
                                Stream.of(
                                                issue.restart().map(PlannedRestart::notBefore),
                                                issue.trouble().notBefore(),
                                                issue.push().notBefore())
                                        .flatMap(Optional::stream));
        Stream<Instant> others =
                Stream.of(state.gate().until(), staggerEnd(config, state))
                        .flatMap(Optional::stream);
        return Stream.concat(ofIssues, others)
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo)
                .map(at -> at.plus(Duration.ofMillis(1)));
    }
}
