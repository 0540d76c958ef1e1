@NullMarked
package orchestrator.ui.workers;

import org.jspecify.annotations.NullMarked;
