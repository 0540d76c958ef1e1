package orchestrator.forge;

import java.util.List;
import java.util.Set;
import orchestrator.model.Platform;
import orchestrator.model.Repo;

/** GitHub and GitLab through {@code gh} and {@code glab}. Methods block; safe on any thread. */
public interface Forge {
    /** What is missing to use these platforms, a sentence each that says what to install or run. */
    List<String> check(Set<Platform> platforms);

    /**
     * The text of an issue, for a repository whose platform is not {@link Platform#NONE}; Fault
     * when it cannot be had.
     */
    String issueBody(Repo repo, int number);

    /**
     * A pull request (merge request) to open.
     *
     * @param branch that is on the remote already
     * @param into the branch it is to be merged into
     */
    record Proposal(String branch, String into, String title, String body) {}

    /**
     * Opens it, or finds the one that is open for the branch, and returns its address; Fault when
     * it cannot be. Asking again opens no second one.
     */
    String propose(Repo repo, Proposal proposal);
}
