package orchestrator.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;

/** A coding agent's command line. One instance a type; safe on any thread. */
public interface Agent {
    /**
     * What an attempt's script runs.
     *
     * @param argv absolute executable and arguments, no newline in any
     * @param environment added for the agent; no newline in any value
     */
    record Call(List<String> argv, Map<String, String> environment) {
        public Call {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * How its process ended.
     *
     * @param code empty: none was written
     * @param interrupted Ctrl-C reached the script
     * @param stderrTail the last 8 KiB of its standard error
     */
    record Exit(Optional<Integer> code, boolean interrupted, String stderrTail) {}

    /** What is missing to run it with these settings, a sentence each. Blocks. */
    List<String> check(AgentSettings settings);

    /**
     * What to run for an attempt; its prompt comes on standard input. {@code folder} is the
     * attempt's.
     */
    Call call(AgentSettings settings, Attempt attempt, Path folder);

    /**
     * The same for an attempt that may cost no more than so many US dollars, as far as the agent
     * can be told; one that cannot is only held to it between attempts.
     */
    default Call call(
            AgentSettings settings, Attempt attempt, Path folder, OptionalDouble budgetUsd) {
        return call(settings, attempt, folder);
    }

    /** Words that print its version and end at once; empty: it has none. */
    default List<String> versionCommand(AgentSettings settings) {
        return List.of();
    }

    /**
     * Words that exit with 0 exactly when it is logged in, and cost nothing; empty: it cannot be
     * asked.
     *
     * @param version as {@link #versionCommand} printed it
     */
    default List<String> loginCommand(AgentSettings settings, String version) {
        return List.of();
    }

    /** Words with which a person logs it in; empty: it needs no login, or is not there. */
    default List<String> logInByHand(AgentSettings settings) {
        return List.of();
    }

    /** Whether it can take up a session of its own again ({@link AttemptKind#RESUME}). */
    default boolean resumes() {
        return false;
    }

    /** A reader of one attempt's stream, from its first byte. */
    AgentStream stream();

    /** What the end means. */
    AgentOutcome judge(StreamFacts facts, Exit exit);
}
