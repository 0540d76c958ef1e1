package orchestrator.model;

import java.util.List;
import java.util.Optional;

/**
 * One step of a pipeline.
 *
 * @param name the name in the config and of its template, {@code [a-z0-9_-]+}
 * @param mustCommit whether a run that leaves no commit has not done its work
 */
public record Stage(String name, boolean mustCommit) {
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

    /** The built-in stage of that name, if there is one. */
    public static Optional<Stage> builtIn(String name) {
        return BUILT_IN.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }
}
