/** Tests of the timeline, as far as no window is needed. */
@NullMarked
package orchestrator.ui.timeline;

import org.jspecify.annotations.NullMarked;
