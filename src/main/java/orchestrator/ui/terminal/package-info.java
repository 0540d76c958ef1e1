/**
 * Terminals in tabs of the window: on a worker's tmux window, or a shell in a worktree. {@link
 * orchestrator.ui.terminal.Attaching} is the way in: it follows the user's choice of a terminal.
 * JediTermFX draws and understands what programs write; only this package knows it, and only here
 * it is told about colours, fonts, keys and threads. It reads on threads of its own and repaints by
 * a timer, so that a flood of output does not reach the FX thread.
 */
@NullMarked
package orchestrator.ui.terminal;

import org.jspecify.annotations.NullMarked;
