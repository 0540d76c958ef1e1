package orchestrator.model;

import java.nio.file.Path;

/**
 * A git repository that issues are worked on in.
 *
 * @param name the name issues refer to it by
 * @param path absolute path of the main checkout (never worked in by us)
 * @param defaultBranch the branch work starts from, such as {@code main}
 * @param worktreeBase absolute folder that holds the worktrees
 * @param branchPrefix put before an issue's number to name its branch
 * @param setup what is done in a new worktree of it
 */
public record Repo(
        String name,
        Path path,
        String defaultBranch,
        Path worktreeBase,
        String branchPrefix,
        Platform platform,
        WorktreeSetup setup) {
    /** A repository whose worktrees are used as git makes them. */
    public Repo(
            String name,
            Path path,
            String defaultBranch,
            Path worktreeBase,
            String branchPrefix,
            Platform platform) {
        this(name, path, defaultBranch, worktreeBase, branchPrefix, platform, WorktreeSetup.NONE);
    }

    /** The same repository, with work starting from another branch. */
    public Repo from(String branch) {
        return new Repo(name, path, branch, worktreeBase, branchPrefix, platform, setup);
    }

    /** The branch an issue is worked on. */
    public String branchOf(int issueNumber) {
        return branchPrefix + issueNumber;
    }

    /** The folder an issue's worktree is in. */
    public Path worktreeOf(int issueNumber) {
        return worktreeBase.resolve("issue-" + issueNumber);
    }
}
