/**
 * The terminal dashboard. {@link orchestrator.cli.dashboard.Overview} is what there is to show,
 * {@link orchestrator.cli.dashboard.View} what a person made of it with {@link
 * orchestrator.cli.dashboard.Keys}, and {@link orchestrator.cli.dashboard.Layout} makes lines of
 * both: all pure. {@link orchestrator.cli.dashboard.FullScreen} alone knows the terminal, {@link
 * orchestrator.cli.dashboard.Dashboard} has one thread that owns them all.
 *
 * <p>Only this package knows JLine, and of the commands only {@code dashboard} loads it: the others
 * start without.
 */
@NullMarked
package orchestrator.cli.dashboard;

import org.jspecify.annotations.NullMarked;
