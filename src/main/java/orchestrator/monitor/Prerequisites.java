package orchestrator.monitor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.AgentSettings;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.WorkspaceConfig;

/** What must be there before a launch. All that is missing is told at once. Blocks. */
final class Prerequisites {
    /**
     * What was found.
     *
     * @param present what is there, a phrase each
     * @param problems what keeps the run from being launched, a sentence each
     * @param warnings what will be worse without it, a sentence each
     */
    record Report(List<String> present, List<String> problems, List<String> warnings) {}

    /** What is said when there is no tmux. */
    static final String NO_TMUX =
            "tmux is not installed or not on the PATH; install it (Debian: apt-get install tmux).";

    private final RunContext context;
    private final List<String> present = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Prerequisites(RunContext context) {
        this.context = context;
    }

    static Report check(RunContext context, WorkspaceConfig config) {
        Prerequisites check = new Prerequisites(context);
        check.tmux(config);
        check.git();
        check.repos(config);
        check.agents(config);
        check.forges(config);
        check.warnings.addAll(config.warnings());
        return new Report(
                List.copyOf(check.present),
                List.copyOf(check.problems),
                List.copyOf(check.warnings));
    }

    private void tmux(WorkspaceConfig config) {
        Optional<String> version = context.ports().terminal().version();
        if (version.isEmpty()) {
            problems.add(NO_TMUX);
            return;
        }
        present.add(version.get());
        try {
            new Windows(context).find(config.settings().tmuxSession());
        } catch (Fault fault) {
            problems.add(fault.line());
        }
    }

    private void git() {
        Optional<String> version = context.ports().worktrees().version();
        if (version.isEmpty()) {
            problems.add(
                    "git is not installed or not on the PATH; install it (Debian: apt-get install git).");
        } else {
            present.add(version.get());
        }
    }

    private void repos(WorkspaceConfig config) {
        for (Project project : config.projects()) {
            for (Repo repo : project.repos().values()) {
                if (isMadeOnLaunch(context, project, repo)) {
                    present.add("repository " + repo.path() + " (made on launch)");
                    continue;
                }
                List<String> wrong = context.ports().worktrees().check(repo);
                problems.addAll(wrong);
                if (wrong.isEmpty()) {
                    present.add("repository " + repo.path());
                    if (!context.ports().worktrees().hasOrigin(repo)) {
                        warnings.add(
                                "%s has no remote 'origin': finished branches stay in it and are not pushed."
                                        .formatted(repo.path()));
                    }
                }
            }
        }
    }

    /** Whether a repository is one of ours for the rehearsal, not made yet. */
    static boolean isMadeOnLaunch(RunContext context, Project project, Repo repo) {
        return project.agent().type().equals("rehearsal")
                && repo.path().startsWith(context.state().root())
                && !repo.path().resolve(".git").toFile().exists();
    }

    private void agents(WorkspaceConfig config) {
        Set<AgentSettings> all = new java.util.LinkedHashSet<>();
        config.projects().forEach(project -> all.addAll(project.agents()));
        for (AgentSettings settings : all) {
            List<String> wrong = context.ports().agent(settings).check(settings);
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                present.add("agent " + settings.type());
            }
        }
    }

    private void forges(WorkspaceConfig config) {
        Set<Platform> needed = EnumSet.noneOf(Platform.class);
        Set<Platform> used = EnumSet.noneOf(Platform.class);
        for (Project project : config.projects()) {
            project.repos().values().forEach(repo -> used.add(repo.platform()));
            project.issues().stream()
                    .filter(issue -> issue.description().isBlank())
                    .forEach(issue -> needed.add(project.repoOf(issue).platform()));
        }
        used.remove(Platform.NONE);
        needed.remove(Platform.NONE);
        used.removeAll(needed);
        if (!needed.isEmpty()) {
            List<String> wrong = context.ports().forge().check(needed);
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                needed.forEach(platform -> present.add(platform.word()));
            }
        }
        // Every issue there has a text of its own: the forge's program is not needed for the run.
        if (!used.isEmpty()) {
            warnings.addAll(context.ports().forge().check(used));
        }
    }
}
