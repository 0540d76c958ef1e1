package orchestrator.rules;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueState;
import orchestrator.model.LaunchGate;
import orchestrator.model.PlannedRestart;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import orchestrator.model.Why;
import orchestrator.model.WorkerState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;

/** What brings an issue forward that a worker holds and of which nothing runs. */
final class ForwardRule {
    /** Failures of ours in a row (worktree, start) before the issue is parked for a person. */
    static final int MAX_TROUBLES = 5;

    private final WorkspaceConfig config;
    private final RunState state;
    private final Instant now;

    ForwardRule(WorkspaceConfig config, RunState state, Instant now) {
        this.config = config;
        this.state = state;
        this.now = now;
    }

    List<Decision> decide(WorkerState worker, IssueState issue) {
        Optional<Project> found = config.project(issue.id().project());
        Optional<Issue> definition = config.issue(issue.id());
        if (found.isEmpty() || definition.isEmpty()) {
            return Decider.undefined(issue);
        }
        Project project = found.get();
        int place = Place.index(project, definition, issue);
        if (place != issue.stageIndex()) {
            String name =
                    place < project.pipeline().size() ? project.pipeline().get(place).name() : "";
            return one(
                    new Event.StageMoved(issue.id(), name, place),
                    Why.of("pipeline edited", "stage " + (place + 1) + " is next"));
        }
        Optional<Stage> stage = Place.stage(project, issue);
        if (stage.isEmpty()) {
            return completed(project, issue);
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
        if (Budget.isSpent(definition.get(), issue)) {
            String words =
                    Budget.words(
                            issue.usage().costUsd(), definition.get().maxBudgetUsd().orElseThrow());
            return one(
                    new Event.IssueParked(
                            issue.id(),
                            words + " spent; raise its max_budget_usd and retry it to go on"),
                    Why.of("issue's budget spent", words));
        }
        if (worker.stopped() || !due(issue.trouble().notBefore())) {
            return List.of();
        }
        if (issue.worktree().isEmpty()) {
            return worktree(project, definition.get());
        }
        if (!issue.worktree().get().ready() || !mayStart(worker, issue)) {
            return List.of();
        }
        return one(
                new Event.AttemptStarting(
                        attempt(stage.get(), worker, issue, issue.worktree().get())),
                issue.restart()
                        .map(restart -> Why.of("restart", firstLine(restart.hint())))
                        .orElseGet(() -> Why.of("next stage")));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static List<Decision> completed(Project project, IssueState issue) {
        List<Decision> decisions = new ArrayList<>();
        decisions.add(
                new Decision(
                        new Event.IssueCompleted(issue.id()),
                        Why.of("last stage finished", issue.commits() + " commits")));
        if (project.openPullRequest() && issue.commits() > 0) {
            decisions.add(
                    new Decision(
                            new Event.PullRequestWanted(issue.id()),
                            Why.of("open_pull_request is set")));
        }
        return decisions;
    }

    private List<Decision> worktree(Project project, Issue issue) {
        Repo repo = project.repoOf(issue);
        int number = issue.id().number();
        return one(
                new Event.WorktreeCreating(
                        issue.id(),
                        repo.name(),
                        repo.worktreeOf(number).toString(),
                        repo.branchOf(number)),
                Why.of("needs a worktree"));
    }

    private boolean mayStart(WorkerState worker, IssueState issue) {
        return due(issue.restart().map(PlannedRestart::notBefore))
                && (worker.launched() || !now.isBefore(staggerEnd(config, state).orElse(now)))
                && mayLaunch(state)
                && !isBusy(worker.number());
    }

    /** True while something may still run on the worker, its own issue's or one set aside. */
    private boolean isBusy(int worker) {
        return state.activeIssues().stream()
                .filter(IssueState::hasLiveAttempt)
                .anyMatch(issue -> issue.attempt().orElseThrow().attempt().worker() == worker);
    }

    /** Nothing holds launches back; while one worker probes after a limit, the others wait. */
    static boolean mayLaunch(RunState state) {
        LaunchGate gate = state.gate();
        return gate.isOpen()
                && state.shortage().isEmpty()
                && (!gate.probing()
                        || state.activeIssues().stream()
                                .filter(IssueState::hasLiveAttempt)
                                .noneMatch(issue ->
                                        gate.isProbe(issue.attempt().orElseThrow().attempt())));
    }

    private Attempt attempt(Stage stage, WorkerState worker, IssueState issue, Worktree worktree) {
        int number = issue.attempts() + 1;
        String seed = state.workspaceId() + "/" + issue.id() + "/" + number;
        AttemptKind kind = issue.restart().map(PlannedRestart::kind).orElse(AttemptKind.FIRST);
        Optional<String> last =
                issue.attempt().map(CurrentAttempt::attempt).map(Attempt::sessionId);
        String session =
                kind == AttemptKind.RESUME && last.isPresent()
                        ? last.get()
                        : uuid(seed + "/session");
        return new Attempt(
                uuid(seed),
                issue.id(),
                stage.name(),
                issue.stageIndex(),
                worker.number(),
                number,
                session,
                kind,
                worktree.head(),
                now);
    }

    /**
     * Unique in the world because the workspace's id is, and the same again for the same attempt.
     */
    private static String uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private boolean due(Optional<Instant> notBefore) {
        return notBefore.isEmpty() || !now.isBefore(notBefore.get());
    }

    static Optional<Instant> staggerEnd(WorkspaceConfig config, RunState state) {
        return state.lastFirstLaunch().map(at -> at.plus(config.settings().staggerDelay()));
    }

    private static List<Decision> one(Event event, Why why) {
        return Decider.one(event, why);
    }
}
