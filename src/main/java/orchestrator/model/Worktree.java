package orchestrator.model;

/**
 * The worktree of an issue.
 *
 * @param ready false while it is being created
 * @param base the commit work is counted from; empty until ready
 */
public record Worktree(String repo, String path, String branch, String base, boolean ready) {}
