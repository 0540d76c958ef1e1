/** Orchestrator: runs many coding agents at once. {@link orchestrator.Launcher} is the way in. */
@NullMarked
package orchestrator;

import org.jspecify.annotations.NullMarked;
