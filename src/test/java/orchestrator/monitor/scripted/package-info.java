/**
 * The ports as a test tells them to be: no tmux, no git, no agent, no processes, and a clock that
 * stands until it is moved. {@link orchestrator.monitor.scripted.World} holds them together; {@link
 * orchestrator.monitor.scripted.Act} is what an agent does once its window runs it; {@link
 * orchestrator.monitor.scripted.Faults} makes any call fail for a while.
 */
@NullMarked
package orchestrator.monitor.scripted;

import org.jspecify.annotations.NullMarked;
