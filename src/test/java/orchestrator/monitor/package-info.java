@NullMarked
package orchestrator.monitor;

import org.jspecify.annotations.NullMarked;
