/**
 * Who did what when: a lane a worker, a bar an attempt, and beneath it the cost and the completed
 * issues over the same time. {@code TimelineFeature} is the way in; it follows the journal in the
 * background while the view is shown. {@link orchestrator.rules.TimeAxis} turns times into places
 * and folds the long gaps between runs; {@code TimelineModel} holds what is shown, the range and
 * the bar in focus; {@code Painter} draws only what is in sight, with the colours that {@code
 * Palette} takes from the theme.
 */
@NullMarked
package orchestrator.ui.timeline;

import org.jspecify.annotations.NullMarked;
