/**
 * Tests of the command line over real workspaces; nothing is launched but on a private tmux socket.
 */
@NullMarked
package orchestrator.cli;

import org.jspecify.annotations.NullMarked;
