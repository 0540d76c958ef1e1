/**
 * The board: a column a wave, a card an issue. Columns and cards are stable: an update changes the
 * card that changed and moves a card only when its wave or place did. Nothing is rebuilt by a tick.
 */
@NullMarked
package orchestrator.ui.board;

import org.jspecify.annotations.NullMarked;
