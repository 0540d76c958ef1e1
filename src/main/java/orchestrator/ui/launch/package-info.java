/**
 * Launching: what a launch would do is shown first, with what keeps it from being done; then it is
 * done, and a fault is shown where it was asked for.
 */
@NullMarked
package orchestrator.ui.launch;

import org.jspecify.annotations.NullMarked;
