package orchestrator.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.RunState;
import orchestrator.model.Settings;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.NextIssue;
import orchestrator.rules.Plan;

/** The whole plan of a launch as text. Looks, and changes nothing. */
final class LaunchPlan {
    private static final int TITLE = 60;

    private final WorkspaceConfig config;
    private final RunState state;
    private final List<String> lines = new ArrayList<>();

    private LaunchPlan(WorkspaceConfig config, RunState state) {
        this.config = config;
        this.state = state;
    }

    static RunControl.DryRun make(RunContext context, WorkspaceConfig config, RunState state) {
        return make(Prerequisites.check(context, config), config, state);
    }

    /** The same where it was looked before what is needed. */
    static RunControl.DryRun make(
            Prerequisites.Report report, WorkspaceConfig config, RunState state) {
        String text = new LaunchPlan(config, state).text(report);
        return new RunControl.DryRun(report.problems(), report.warnings(), text);
    }

    private String text(Prerequisites.Report report) {
        Settings settings = config.settings();
        line("Workspace   %s", config.root());
        line("State       %s", settings.stateDir());
        line(
                "Session     %s  (windows %s)",
                settings.tmuxSession(), windowNames(settings.workers()));
        line("");
        line("Prerequisites");
        report.present().forEach(item -> line("  ok       %s", item));
        report.problems().forEach(item -> line("  missing  %s", item));
        report.warnings().forEach(item -> line("  note     %s", item));
        config.projects().forEach(this::project);
        plan();
        return String.join("\n", lines) + "\n";
    }

    private static String windowNames(int workers) {
        return Windows.MONITOR_WINDOW
                + ", worker-1"
                + (workers > 1 ? "…worker-" + workers : "")
                + ", dashboard";
    }

    private void project(Project project) {
        line("");
        line(
                "Project %s: %s, agent %s, %s",
                project.name(),
                Figures.of(project.issues().size(), "issue"),
                project.agent().type(),
                project.pipeline().stream()
                        .map(stage ->
                                stage.name()
                                        + stage.agent()
                                                .map(agent -> " (" + agent.type() + ")")
                                                .orElse(""))
                        .collect(Collectors.joining(" → ")));
        for (Repo repo :
                project.repos().values().stream()
                        .sorted(java.util.Comparator.comparing(Repo::name))
                        .toList()) {
            line("  repository %s: %s from %s", repo.name(), repo.path(), repo.defaultBranch());
            line(
                    "    worktrees %s/issue-N on branches %sN",
                    repo.worktreeBase(), repo.branchPrefix());
        }
    }

    private void plan() {
        Plan plan = Plan.of(config, state);
        for (Map.Entry<Integer, List<Issue>> wave : plan.waves().entrySet()) {
            line("");
            line("Wave %d: %s", wave.getKey(), Figures.of(wave.getValue().size(), "issue"));
            wave.getValue().forEach(this::issue);
        }
        line("");
        line("First assignments");
        if (plan.first().isEmpty()) {
            line("  none: no pending issue has all its dependencies completed");
        }
        plan.first()
                .forEach((worker, issue) ->
                        line(
                                "  worker-%d  %s at %s in %s",
                                worker, issue.id(), stageOf(issue), worktreeOf(issue)));
        line("");
        line(
                "Critical path: %s (%d of %d stages)",
                plan.criticalPath().stream()
                        .map(IssueId::toString)
                        .collect(Collectors.joining(" → ")),
                plan.stagesLeft().onCriticalPath(),
                plan.stagesLeft().all());
    }

    private void issue(Issue issue) {
        String after =
                issue.dependsOn().isEmpty()
                        ? ""
                        : "  after "
                                + issue.dependsOn().stream()
                                        .map(IssueId::toString)
                                        .collect(Collectors.joining(", "));
        line(
                "  %s  p%d  %s  %s%s",
                issue.id(),
                issue.priority(),
                NextIssue.statusOf(config, state, issue.id()).word(),
                Text.oneLine(issue.title(), TITLE),
                after);
    }

    private String stageOf(Issue issue) {
        Project project = config.project(issue.id().project()).orElseThrow();
        int index =
                Math.min(state.issue(project, issue).stageIndex(), project.pipeline().size() - 1);
        return project.pipeline().get(index).name();
    }

    private String worktreeOf(Issue issue) {
        Repo repo = config.project(issue.id().project()).orElseThrow().repoOf(issue);
        return repo.worktreeOf(issue.id().number()).toString();
    }

    private void line(String format, Object... values) {
        lines.add(format.formatted(values));
    }
}
