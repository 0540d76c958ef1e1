package orchestrator.config;

import java.util.List;
import orchestrator.model.WorkspaceConfig;

/** What reading a workspace's files came to. */
public sealed interface ConfigResult {
    /** All is well; what is only worth a warning stands in {@link WorkspaceConfig#warnings()}. */
    record Valid(WorkspaceConfig config) implements ConfigResult {}

    /**
     * Nothing may be started with it.
     *
     * @param problems all of them, at least one, each {@code file:line:column: what is wrong and
     *     what to do} on one line, by file and position
     */
    record Invalid(List<String> problems) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
