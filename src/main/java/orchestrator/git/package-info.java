/**
 * git behind the port {@link orchestrator.git.Worktrees}: worktrees, facts, pushes, and the rescue
 * of what only a worktree holds.
 *
 * <p>{@link orchestrator.git.GitWorktrees} is the way in; it calls the {@code git} command line
 * through a {@link orchestrator.process.CommandRunner} and keeps nothing but locks and the place of
 * each repository. Every call goes through {@code GitCall}, which sets the environment (no prompts,
 * no variables of the caller's repository, English messages) and turns failures into {@link
 * orchestrator.model.Fault}s. Branch names and paths are data: arguments of their own, full refs,
 * or lines on standard input; file names that git gave are never handed back to it where losing a
 * byte would matter. {@code RescueTaker} builds its commits in an index of its own and lets git
 * itself prove that nothing was left out; {@code remove} does nothing before that proof.
 */
@NullMarked
package orchestrator.git;

import org.jspecify.annotations.NullMarked;
