/**
 * Logs in tabs. {@link orchestrator.ui.logview.Logs} is the feature: its tabs, its actions. A tab
 * holds one pane or two; a pane is a choice (whose log, which attempt, which file), a document and
 * an area.
 *
 * <p>The document reads in the background, one read at a time, and has the rows near to what is
 * looked at; the area has nodes for as many rows as fit and draws once a frame. So a log of any
 * size costs the same.
 */
@NullMarked
package orchestrator.ui.logview;

import org.jspecify.annotations.NullMarked;
