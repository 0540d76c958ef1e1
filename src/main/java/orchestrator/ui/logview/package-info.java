/**
 * The log of the selected worker and the events of the run.
 *
 * <p>Reading is done by a {@link orchestrator.log.LogTail} on a virtual thread, at most one read at
 * a time; the timer asks for it. The viewer keeps a bounded number of lines, so a log of any size
 * costs the same.
 */
@NullMarked
package orchestrator.ui.logview;

import org.jspecify.annotations.NullMarked;
