/**
 * Light and dark, and the fonts. AtlantaFX (Primer) is the base; our own sheet uses only its
 * looked-up colours, so that one sheet serves both. {@link orchestrator.ui.theme.Theme} follows the
 * system until the user chooses otherwise, and follows it again once the choice agrees with the
 * system.
 */
@NullMarked
package orchestrator.ui.theme;

import org.jspecify.annotations.NullMarked;
