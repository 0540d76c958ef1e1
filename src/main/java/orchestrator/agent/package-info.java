/**
 * Coding agents behind the port {@link orchestrator.agent.Agent}: what to run, how to read what it
 * says, what its end means.
 */
@NullMarked
package orchestrator.agent;

import org.jspecify.annotations.NullMarked;
