/**
 * The window itself: top bar, the switch between views, the split with logs and events, the 100 ms
 * timer, the actions, and the questions asked on stopping and closing.
 *
 * <p>{@link orchestrator.ui.shell.WindowProgram} starts JavaFX and blocks until the window is
 * closed; {@link orchestrator.ui.shell.MainWindow} builds the scene on a stage and may be opened in
 * tests too. Only this package sees all features; features do not see each other.
 */
@NullMarked
package orchestrator.ui.shell;

import org.jspecify.annotations.NullMarked;
