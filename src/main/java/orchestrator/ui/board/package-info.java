/**
 * The board: columns of cards, moved between waves by mouse and keys. {@code Board} is the feature;
 * {@code BoardModel} groups and filters, {@code Selection} knows what is chosen. A move in the
 * making is one value, {@code Moving.State}, whichever hand makes it: columns and preview only show
 * it. {@code Edits} makes the edit and takes it back; the board itself changes when the run does.
 * Cards are cells of a list, so a wave of a thousand costs what can be seen of it.
 */
@NullMarked
package orchestrator.ui.board;

import org.jspecify.annotations.NullMarked;
