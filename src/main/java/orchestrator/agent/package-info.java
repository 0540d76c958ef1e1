/**
 * Coding agents behind the port {@link orchestrator.agent.Agent}: what to run, how to read what it
 * says, what its end means.
 *
 * <p>There are three: {@link orchestrator.agent.Claude}, {@link orchestrator.agent.Codex}, and
 * {@link orchestrator.agent.Rehearsal}, a shell script that speaks Claude's stream and ends as a
 * {@link orchestrator.agent.Scenario} says. To add one, implement the port, name it in {@code
 * config.AgentReader} and the schema, and hand it out in {@code wiring.Assembly}. Nothing here
 * starts a process; an attempt's script runs what {@code call} returns. Streams are read in bounded
 * memory, whatever comes ({@link orchestrator.agent.StreamJson}); a verdict ({@link
 * orchestrator.agent.ClaudeVerdict}) turns what was said and the exit into an outcome, purely, and
 * in doubt says that the attempt failed. The recorded streams under {@code src/test/resources} hold
 * both to the real thing: add to them what you learn.
 */
@NullMarked
package orchestrator.agent;

import org.jspecify.annotations.NullMarked;
