/** Tests of what an issue produced, as far as no window is needed. */
@NullMarked
package orchestrator.ui.changes;

import org.jspecify.annotations.NullMarked;
