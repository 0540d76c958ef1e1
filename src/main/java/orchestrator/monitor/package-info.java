/**
 * The monitor: observes, decides, acts, writes down. One thread owns the state; front ends see
 * {@link orchestrator.monitor.RunControl}.
 */
@NullMarked
package orchestrator.monitor;

import org.jspecify.annotations.NullMarked;
