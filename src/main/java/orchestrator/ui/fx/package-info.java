/**
 * What every feature of the window shares: texts, formats, icons, work off the FX thread, actions,
 * overlays, and a few small nodes (state badge, stage dots, progress strip, empty state).
 *
 * <p>Nothing here knows a run: only words and values. {@link orchestrator.ui.fx.Look} is how a
 * state is shown (word, icon, tone); a feature maps its states to looks in one exhaustive switch.
 * {@link orchestrator.ui.fx.Actions} is the one registry behind buttons, menus and keys: add an
 * action there and it is reachable from all of them. Everything but {@code Background} is for the
 * FX thread only.
 */
@NullMarked
package orchestrator.ui.fx;

import org.jspecify.annotations.NullMarked;
