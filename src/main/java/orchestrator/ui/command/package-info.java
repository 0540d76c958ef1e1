/**
 * Ways to everything the window can do: the palette over all actions, issues and workers (Ctrl/Cmd
 * +K), the menu, and the sheet of keys (F1). All of them show what is in {@link
 * orchestrator.ui.fx.Actions}; nothing is listed twice. {@link orchestrator.ui.command.Ranking} is
 * plain and tested without a window.
 */
@NullMarked
package orchestrator.ui.command;

import org.jspecify.annotations.NullMarked;
