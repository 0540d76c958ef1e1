package orchestrator.ui;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import orchestrator.config.IssueChange;
import orchestrator.config.IssueEntry;
import orchestrator.config.NewIssue;
import orchestrator.model.AgentSettings;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Floors;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Limits;
import orchestrator.model.LogKeeping;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.ProjectContext;
import orchestrator.model.Repo;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunState;
import orchestrator.model.Settings;
import orchestrator.model.Stage;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Planning;
import orchestrator.rules.Move;
import orchestrator.rules.Outlook;
import orchestrator.rules.Preview;
import orchestrator.rules.StageTimes;
import orchestrator.rules.WaveBounds;
import org.jspecify.annotations.Nullable;

/** The real rules over the issues of the snapshot, which an edit changes as a monitor would. */
final class FakePlanning implements Planning {
    private final AtomicReference<@Nullable RunSnapshot> snapshot;
    private final Consumer<String> asked;
    volatile StageTimes.Measured times =
            new StageTimes.Measured(
                    Map.of("optimize", Duration.ofMinutes(12)),
                    Optional.of(Duration.ofMinutes(9)),
                    31);
    volatile @Nullable Fault fault;
    volatile @Nullable CountDownLatch gate;

    /** Holds up moves while it is closed. */
    volatile @Nullable CountDownLatch editGate;

    /** Where issues stood before a change, by its first issue's values. */
    private final Map<Change, List<IssueView>> before = new HashMap<>();

    FakePlanning(AtomicReference<@Nullable RunSnapshot> snapshot, Consumer<String> asked) {
        this.snapshot = snapshot;
        this.asked = asked;
    }

    private List<IssueView> views() {
        RunSnapshot run = snapshot.get();
        return run == null ? List.of() : run.issues();
    }

    @Override
    public WorkspaceConfig config() {
        Fault broken = fault;
        if (broken != null) {
            throw broken;
        }
        Map<String, List<Issue>> issues = new HashMap<>();
        views().forEach(view ->
                issues.computeIfAbsent(view.id().project(), _ -> new ArrayList<>())
                        .add(issue(view)));
        Path root = Path.of("/home/ada/work/proof-workers");
        Repo repo =
                new Repo(
                        "main", root, "main", root.resolve("trees"), "proof/issue-", Platform.NONE);
        List<Project> projects = new ArrayList<>();
        issues.forEach((name, all) ->
                projects.add(
                        new Project(
                                name,
                                root.resolve("config/" + name + "-issues.json"),
                                Map.of("main", repo),
                                SampleRun.STAGES.stream()
                                        .map(stage -> new Stage(stage, false))
                                        .toList(),
                                ProjectContext.EMPTY,
                                Limits.DEFAULT,
                                AgentSettings.CLAUDE,
                                all,
                                Map.of())));
        projects.sort(java.util.Comparator.comparing(Project::name));
        Settings settings =
                new Settings(
                        "proof",
                        8,
                        Duration.ofSeconds(60),
                        Duration.ZERO,
                        Optional.empty(),
                        root.resolve("state"),
                        OptionalDouble.empty(),
                        Floors.DEFAULT,
                        LogKeeping.DEFAULT);
        return new WorkspaceConfig(root, root.resolve("config"), settings, projects, List.of());
    }

    private static Issue issue(IssueView view) {
        return new Issue(
                view.id(),
                view.title(),
                "What is to be done: " + view.title(),
                view.priority(),
                view.dependsOn(),
                view.wave(),
                view.status() == IssueStatus.IN_PROGRESS ? IssueStatus.PENDING : view.status(),
                "main",
                "",
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    private RunState state() {
        RunState state = RunState.EMPTY;
        for (IssueView view : views()) {
            if (view.worker().isPresent()) {
                state =
                        state.apply(
                                SampleRun.NOW,
                                new Event.IssueAssigned(
                                        view.id(),
                                        view.worker().get(),
                                        view.stageIndex(),
                                        view.stage()));
            }
        }
        return state;
    }

    @Override
    public Outlook outlook() {
        asked.accept("outlook");
        return Outlook.of(config(), state(), times, SampleRun.NOW);
    }

    @Override
    public Preview preview(Move move) {
        asked.accept("preview " + move.issues() + " " + move.wave());
        await(gate);
        return Preview.of(config(), state(), times, SampleRun.NOW, move);
    }

    private static void await(@Nullable CountDownLatch wait) {
        if (wait != null) {
            try {
                wait.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Change move(Move move) {
        asked.accept("move " + move.issues() + " " + move.wave() + " " + spot(move));
        WorkspaceConfig config = config();
        await(editGate);
        Fault broken = fault;
        if (broken != null) {
            throw broken;
        }
        if (WaveBounds.of(config, state(), move.issues()).refusal(move).isPresent()) {
            throw new Fault("move-refused", "A dependency forbids it.");
        }
        Map<IssueId, Move.Placed> placed = move.placed(config);
        return change(
                move.issues(),
                view -> {
                    Move.Placed at = placed.get(view.id());
                    return at == null ? view : view.placed(at.wave(), at.priority());
                });
    }

    private static String spot(Move move) {
        return switch (move.spot()) {
            case Move.Spot.Before(IssueId next) -> "before " + next;
            case Move.Spot.ByPriority() -> "by priority";
            case Move.Spot.Last() -> "last";
            case Move.Spot.Behind() -> "behind it";
        };
    }

    private Change change(
            List<IssueId> issues, java.util.function.UnaryOperator<IssueView> changed) {
        List<IssueView> old = views();
        List<IssueView> next = old.stream().map(changed).toList();
        set(next);
        List<IssueChange> values =
                old.equals(next)
                        ? List.of()
                        : List.of(
                                new IssueChange(
                                        issues.getFirst(),
                                        Map.of("n", Optional.of(Integer.toString(before.size()))),
                                        Map.of()));
        Change change = new Change(issues, values);
        before.put(change, old);
        return change;
    }

    private void set(List<IssueView> issues) {
        RunSnapshot run = snapshot.get();
        if (run != null) {
            snapshot.set(
                    SampleRun.withEvents(
                            SampleRun.of(run.monitor(), run.gate(), run.workers(), issues),
                            run.recent()));
        }
    }

    @Override
    public Change edit(Issue from, Issue to) {
        asked.accept("edit " + to.id() + " " + to.title() + " wave " + to.wave());
        Fault broken = fault;
        if (broken != null) {
            throw broken;
        }
        return change(
                List.of(to.id()),
                view -> view.id().equals(to.id()) ? view.placed(to.wave(), to.priority()) : view);
    }

    @Override
    public Change add(String project, NewIssue issue) {
        asked.accept("add " + project + "#" + issue.number() + " " + issue.title());
        Fault broken = fault;
        if (broken != null) {
            throw broken;
        }
        List<IssueView> old = views();
        List<IssueView> all = new ArrayList<>(old);
        all.add(
                new SampleRun.IssueOf(
                                project, issue.number(), issue.wave().orElse(1), issue.title())
                        .view());
        set(all);
        Change change =
                Change.of(
                        new IssueEntry(new IssueId(project, issue.number()), issue.title(), true));
        before.put(change, old);
        return change;
    }

    @Override
    public Change revert(Change change) {
        asked.accept("revert " + change.issues());
        Fault broken = fault;
        if (broken != null) {
            throw broken;
        }
        if (change.entry().isPresent()) {
            List<IssueView> now = views();
            set(before.getOrDefault(change, now));
            Change back = Change.of(change.entry().get().reversed());
            before.put(back, now);
            return back;
        }
        List<IssueView> old = before.getOrDefault(change, views());
        Map<IssueId, IssueView> byId = new HashMap<>();
        old.forEach(view -> byId.put(view.id(), view));
        return change(change.issues(), view -> byId.getOrDefault(view.id(), view));
    }
}
