package orchestrator.monitor;

import java.nio.file.Path;
import java.util.List;
import orchestrator.config.BuildGuess;
import orchestrator.config.NewProject;
import orchestrator.config.RehearsalFiles;
import orchestrator.forge.IssueList;
import orchestrator.git.RepositoryFacts;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.process.CommandRunner;

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
    public record Guess(RepositoryFacts facts, BuildGuess build) {}

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
