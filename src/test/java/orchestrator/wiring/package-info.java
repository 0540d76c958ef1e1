/** The assembled program, seen and used through its window. */
@NullMarked
package orchestrator.wiring;

import org.jspecify.annotations.NullMarked;
