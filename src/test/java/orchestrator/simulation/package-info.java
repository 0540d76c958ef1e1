/**
 * The real engine (monitor, rules, store) over a scripted world and a time of its own: one seed is
 * one run. {@link orchestrator.simulation.Scheduler} owns all threads and all time, {@link
 * orchestrator.simulation.Trouble} what goes wrong at a port, {@link
 * orchestrator.simulation.Simulation} is one run, {@link orchestrator.simulation.Invariants} what
 * must hold after each of its steps.
 */
@NullMarked
package orchestrator.simulation;

import org.jspecify.annotations.NullMarked;
