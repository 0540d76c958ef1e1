/**
 * The window: one JavaFX front end over {@link orchestrator.monitor.RunControl}. It knows the words
 * of {@code model}, the run control and nothing else of ours: no tmux, no git, no files but the
 * logs it shows.
 *
 * <p>A folder holds all of one feature: its view model (plain state with properties, testable
 * without a window) and its view (nodes, built once, bound to the model). State flows one way:
 * snapshot, models, views, actions, run control. One 100 ms timer in {@code shell} takes the newest
 * snapshot; nothing else touches the scene from outside. The FX thread never waits: whatever may
 * block goes through {@code fx.Background}. Texts stand in {@code
 * orchestrator/i18n/window.properties}, looks in {@code orchestrator/css}; states are
 * pseudo-classes, and no state is told by colour alone.
 */
@NullMarked
package orchestrator.ui;

import org.jspecify.annotations.NullMarked;
