package orchestrator.model;

import java.util.List;
import java.util.Optional;

/**
 * One step of a pipeline.
 *
 * @param name the name in the config and of its template, {@code [a-z0-9_-]+}
 * @param mustCommit whether a run that leaves no commit has not done its work
 * @param gate what must pass before it counts as done; empty: nothing
 * @param agent who does it; empty: the project's agent
 */
public record Stage(
        String name, boolean mustCommit, Optional<Gate> gate, Optional<AgentSettings> agent) {
    /** The stages that come with a template of ours. */
    public static final List<Stage> BUILT_IN =
            List.of(
                    new Stage("implement", true),
                    new Stage("optimize", true),
                    new Stage("write_tests", true),
                    new Stage("run_tests_fix", false),
                    new Stage("document", true),
                    new Stage("research", false),
                    new Stage("draft", true),
                    new Stage("validate", false),
                    new Stage("review", false));

    /** Finds out why a failed issue failed; before it is tried once more. */
    public static final Stage RETRY_ANALYZE = new Stage("retry_analyze", false);

    /** Looks for another way to solve a failed issue, knowing the analysis. */
    public static final Stage RETRY_EXPLORE = new Stage("retry_explore", false);

    /**
     * Stages we run ourselves between two tries of an issue. Their prompts can be overridden, but
     * they are no part of a pipeline.
     */
    public static final List<Stage> RESERVED = List.of(RETRY_ANALYZE, RETRY_EXPLORE);

    /** A stage without a gate. */
    public Stage(String name, boolean mustCommit) {
        this(name, mustCommit, Optional.empty());
    }

    /** A stage that the project's agent does. */
    public Stage(String name, boolean mustCommit, Optional<Gate> gate) {
        this(name, mustCommit, gate, Optional.empty());
    }

    /** Whether a name is one of {@link #RESERVED}. */
    public static boolean isReserved(String name) {
        return RESERVED.stream().anyMatch(stage -> stage.name().equals(name));
    }

    /** The built-in stage of that name, if there is one. */
    public static Optional<Stage> builtIn(String name) {
        return BUILT_IN.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }
}
