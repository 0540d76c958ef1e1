/**
 * Coding agents behind the port {@link orchestrator.agent.Agent}: what to run, how to read what it
 * says, what its end means.
 *
 * <p>There are two: {@link orchestrator.agent.Claude}, and {@link orchestrator.agent.Rehearsal}, a
 * shell script that speaks the same stream and ends as a {@link orchestrator.agent.Scenario} says.
 * Nothing here starts a process; an attempt's script runs what {@code call} returns. {@link
 * orchestrator.agent.StreamJson} reads the stream in bounded memory, whatever comes; {@link
 * orchestrator.agent.ClaudeVerdict} turns what it said and the exit into an outcome, purely, and in
 * doubt says that the attempt failed. The recorded streams under {@code
 * src/test/resources/claude-streams} hold both to the real thing: add to them what you learn.
 */
@NullMarked
package orchestrator.agent;

import org.jspecify.annotations.NullMarked;
