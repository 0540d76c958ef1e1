/**
 * tmux behind the port {@link orchestrator.tmux.Terminal}; {@link orchestrator.tmux.Tmux} is the
 * real one. Windows are addressed by id, and an id counts only on the server it was made on;
 * nothing a user or an issue wrote becomes a name, a format or a shell line.
 *
 * <p>A new window first runs a placeholder, then gets its options (it must remain when its process
 * ends), then its process by {@code respawn-window}: so no command is too short-lived to be seen.
 * {@code Words} holds tmux's traps: a word's last semicolon, the one-word shell line, names that
 * are formats.
 */
@NullMarked
package orchestrator.tmux;

import org.jspecify.annotations.NullMarked;
