/**
 * git behind the port {@link orchestrator.git.Worktrees}: worktrees, facts, pushes, and the rescue
 * of what only a worktree holds.
 */
@NullMarked
package orchestrator.git;

import org.jspecify.annotations.NullMarked;
