package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import orchestrator.config.BuildGuess;
import orchestrator.config.NewProject;
import orchestrator.config.RehearsalFiles;
import orchestrator.forge.IssueList;
import orchestrator.git.RepositoryFacts;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Repo;
import orchestrator.process.CommandRunner;
import orchestrator.store.StateFolder;

/** Makes workspaces for people who have none yet. Everything blocks; any thread. */
public final class NewWorkspaces {
    private final CommandRunner runner;
    private final IssueList issues;

    /** Looks at repositories with that. */
    public NewWorkspaces(CommandRunner runner) {
        this.runner = runner;
        issues = new IssueList(runner);
    }

    /** What is known of a repository, and how it may be built. */
    public record Guess(RepositoryFacts facts, BuildGuess build) {
        /** How many workers a new workspace has, until somebody says otherwise. */
        public static final int WORKERS = 3;

        /** The agent a new project has, likewise. */
        public static final String AGENT = "claude";

        /** A name for the project: that of its folder, as far as a name may be so. */
        public String name() {
            String safe =
                    String.valueOf(facts.root().getFileName())
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9_]+", "-")
                            .replaceAll("^-+|-+$", "");
            return safe.isEmpty() ? "project" : safe;
        }

        /** A workspace that leaves the repository's folder as it is. */
        public Path workspaceBeside() {
            return facts.root().resolveSibling(facts.root().getFileName() + "-orchestrator");
        }

        /** What the branches of a project of that name may begin with. */
        public static String branchPrefix(String project) {
            return project + "/issue-";
        }
    }

    /**
     * Looks at a folder.
     *
     * @throws Fault {@code repository-missing}
     */
    public Guess look(Path folder) {
        RepositoryFacts facts = RepositoryFacts.of(runner, folder);
        return new Guess(facts, BuildGuess.of(facts.root()));
    }

    /**
     * What a launch would find wrong with a project's repository, a sentence each; it can be
     * described nevertheless.
     */
    public List<String> warnings(NewProject project) {
        return RepositoryFacts.problems(
                runner,
                new Repo(
                        project.name(),
                        project.repository(),
                        project.defaultBranch(),
                        project.repository(),
                        project.branchPrefix(),
                        project.platform()));
    }

    /**
     * The place for what a run writes.
     *
     * @throws Fault {@code state-not-ours} when something else is there, {@code state-not-writable}
     */
    public StateFolder state(Path workspace) {
        StateFolder state = new StateFolder(workspace.resolve("state"));
        try {
            if (state.isForeign()) {
                throw new Fault(
                        "state-not-ours",
                        "%s holds other things, and a run would keep its state there; make the workspace in another folder."
                                .formatted(state.root()));
            }
        } catch (IOException e) {
            throw new Fault(
                    "state-not-writable",
                    "%s cannot be read (%s); see to its permissions, or make the workspace in another folder."
                            .formatted(
                                    state.root(),
                                    Text.oneLine(String.valueOf(e.getMessage()), 200)),
                    e);
        }
        return state;
    }

    /**
     * The open issues of a repository on its platform.
     *
     * @throws Fault as {@link IssueList#open}
     */
    public List<NewProject.Titled> issues(Path repository, Platform platform) {
        return issues.open(repository, platform).stream()
                .map(issue -> new NewProject.Titled(issue.number(), issue.title()))
                .toList();
    }

    /**
     * Lays out the rehearsal, in which a scripted agent works and nothing is spent. One that is
     * there already stays as it is.
     *
     * @return the folder
     * @throws Fault {@code config-not-writable}
     */
    public Path rehearsal(Path folder) {
        RehearsalFiles.layOut(folder);
        return folder;
    }
}
