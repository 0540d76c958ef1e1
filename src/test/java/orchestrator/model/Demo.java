package orchestrator.model;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A small workspace to tell stories about: one project {@code demo}, stages as a test likes. */
public final class Demo {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final String PROJECT = "demo";
    public static final Usage USAGE = new Usage(100, 10, 0, 0, 0.5);

    private final List<Issue> issues = new ArrayList<>();
    private final Map<Integer, Integer> assignments = new HashMap<>();
    private boolean openPullRequest;
    private boolean retryFailed;
    private boolean onHold;
    private OptionalDouble budget = OptionalDouble.empty();
    private List<Stage> pipeline =
            List.of(new Stage("implement", true), new Stage("review", false));
    private Limits limits = Limits.DEFAULT;
    private int workers = 2;
    private Duration stagger = Duration.ZERO;

    public static IssueId id(int number) {
        return new IssueId(PROJECT, number);
    }

    /** An issue in wave 1 with priority 1. */
    public static Issue issue(int number, int... dependsOn) {
        return ordered(number, 1, 1, dependsOn);
    }

    public static Issue ordered(int number, int wave, int priority, int... dependsOn) {
        return new Issue(
                id(number),
                "Issue " + number,
                "Do " + number,
                priority,
                Arrays.stream(dependsOn).mapToObj(Demo::id).toList(),
                wave,
                IssueStatus.PENDING,
                "main",
                "",
                Optional.empty());
    }

    public static Issue withStatus(Issue issue, IssueStatus status, String stage) {
        return new Issue(
                issue.id(),
                issue.title(),
                issue.description(),
                issue.priority(),
                issue.dependsOn(),
                issue.wave(),
                status,
                issue.repo(),
                issue.taskType(),
                stage.isEmpty() ? Optional.empty() : Optional.of(stage));
    }

    public Demo issues(Issue... some) {
        issues.addAll(List.of(some));
        return this;
    }

    public Demo stages(Stage... some) {
        pipeline = List.of(some);
        return this;
    }

    public Demo workers(int number) {
        workers = number;
        return this;
    }

    public Demo stagger(Duration delay) {
        stagger = delay;
        return this;
    }

    public Demo limits(Limits some) {
        limits = some;
        return this;
    }

    /** Gives a worker its first issue. */
    public Demo assign(int worker, int issue) {
        assignments.put(worker, issue);
        return this;
    }

    public Project project() {
        Path root = Path.of("/demo");
        Repo repo =
                new Repo(
                        "main",
                        root.resolve("repo"),
                        "main",
                        root.resolve("trees"),
                        "demo/issue-",
                        Platform.NONE);
        return new Project(
                PROJECT,
                root.resolve("config/demo-issues.json"),
                Map.of("main", repo),
                pipeline,
                ProjectContext.EMPTY,
                limits,
                AgentSettings.CLAUDE,
                issues,
                assignments,
                openPullRequest,
                retryFailed,
                onHold);
    }

    /** Failed issues are tried once more. */
    public Demo retryFailed() {
        retryFailed = true;
        return this;
    }

    /** None of its issues is begun. */
    public Demo onHold() {
        onHold = true;
        return this;
    }

    /** What the whole run may cost, in US dollars. */
    public Demo budget(double most) {
        budget = OptionalDouble.of(most);
        return this;
    }

    /** The same issue, which shares these with nobody and may cost so much. */
    public static Issue with(Issue issue, Set<String> exclusive, OptionalDouble budget) {
        return new Issue(
                issue.id(),
                issue.title(),
                issue.description(),
                issue.priority(),
                issue.dependsOn(),
                issue.wave(),
                issue.initialStatus(),
                issue.repo(),
                issue.taskType(),
                issue.initialStage(),
                exclusive,
                issue.branch(),
                budget);
    }

    /** Completed issues get a pull request. */
    public Demo openPullRequest() {
        openPullRequest = true;
        return this;
    }

    public WorkspaceConfig config() {
        return config(List.of(project()));
    }

    public WorkspaceConfig config(List<Project> projects) {
        Path root = Path.of("/demo");
        Settings settings =
                new Settings(
                        "demo",
                        workers,
                        Duration.ofSeconds(60),
                        stagger,
                        Optional.empty(),
                        root.resolve("state"),
                        budget,
                        Floors.DEFAULT,
                        LogKeeping.DEFAULT);
        return new WorkspaceConfig(root, root.resolve("config"), settings, projects, List.of());
    }

    /** The nth attempt of an issue. */
    public static Attempt attempt(int issue, int number, int worker) {
        return new Attempt(
                "attempt-" + issue + "-" + number,
                id(issue),
                "implement",
                0,
                worker,
                number,
                "session-" + issue + "-" + number,
                AttemptKind.FIRST,
                "c0",
                NOW);
    }

    public static AgentOutcome done() {
        return new AgentOutcome.Done(3, 0, "All done.");
    }

    /** An end after which the stage has so many commits, and so many files lie uncommitted. */
    public static Finish finish(AgentOutcome outcome, int commits, int uncommitted) {
        return new Finish(
                Optional.of(outcome instanceof AgentOutcome.Done ? 0 : 1),
                outcome,
                "c" + commits,
                commits,
                commits,
                uncommitted,
                USAGE);
    }
}
