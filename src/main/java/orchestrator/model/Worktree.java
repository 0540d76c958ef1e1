package orchestrator.model;

/**
 * The worktree of an issue.
 *
 * @param ready false while it is being created
 * @param base the commit work is counted from; empty until ready
 * @param head the branch's commit as last seen; empty until ready
 */
public record Worktree(
        String repo, String path, String branch, String base, String head, boolean ready) {
    Worktree withHead(String next) {
        return next.isEmpty() ? this : new Worktree(repo, path, branch, base, next, ready);
    }
}
