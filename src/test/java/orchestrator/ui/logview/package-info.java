/** Reading logs. */
@NullMarked
package orchestrator.ui.logview;

import org.jspecify.annotations.NullMarked;
