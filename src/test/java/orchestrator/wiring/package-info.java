/** Tests of the assembly, and the workspace in which the command line is tested. */
@NullMarked
package orchestrator.wiring;

import org.jspecify.annotations.NullMarked;
