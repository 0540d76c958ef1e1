/** What the features of the window share. */
@NullMarked
package orchestrator.ui.fx;

import org.jspecify.annotations.NullMarked;
