/**
 * tmux behind the port {@link orchestrator.tmux.Terminal}. Windows are addressed by id; nothing a
 * user or an issue wrote becomes a name, a format or a shell line.
 */
@NullMarked
package orchestrator.tmux;

import org.jspecify.annotations.NullMarked;
