@NullMarked
package orchestrator.ui.plan;

import org.jspecify.annotations.NullMarked;
