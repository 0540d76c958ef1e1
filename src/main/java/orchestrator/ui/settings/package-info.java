/**
 * What the user has chosen and what the window remembers, kept in the user's own folder and never
 * in a workspace. {@link orchestrator.ui.settings.UserData} loads it before the window opens and
 * writes what changes behind the window's back, in order and at most a few times a second; {@link
 * orchestrator.ui.settings.SettingsDialog} changes the {@link orchestrator.ui.fx.Preferences},
 * which take effect at once.
 */
@NullMarked
package orchestrator.ui.settings;

import org.jspecify.annotations.NullMarked;
