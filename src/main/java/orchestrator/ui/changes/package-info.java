/**
 * What an issue produced: the commits and files of its branch, their differences, and where the
 * branch will collide with others. {@code ChangesTabs} is the way in: it registers the action and
 * keeps a tab an issue. {@code ChangesModel} asks the port {@link orchestrator.monitor.Changes} in
 * the background and holds what is shown; {@code Diff} is git's text as numbered lines; {@code
 * DiffView} draws only the lines in sight, of one fixed height, with a horizontal scroll bar of its
 * own.
 */
@NullMarked
package orchestrator.ui.changes;

import org.jspecify.annotations.NullMarked;
