/** Tests of the window that somebody without a workspace sees. */
@NullMarked
package orchestrator.ui.welcome;

import org.jspecify.annotations.NullMarked;
