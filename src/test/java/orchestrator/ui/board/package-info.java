@NullMarked
package orchestrator.ui.board;

import org.jspecify.annotations.NullMarked;
