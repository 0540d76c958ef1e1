package orchestrator.model;

import java.util.List;

/** What every prompt of a project tells the agent about it; strings are empty when not given. */
public record ProjectContext(
        String language,
        String buildCommand,
        String testCommand,
        List<String> safetyRules,
        String commitPrefix,
        List<String> keyFiles) {
    /** A context that says nothing. */
    public static final ProjectContext EMPTY =
            new ProjectContext("", "", "", List.of(), "", List.of());

    public ProjectContext {
        safetyRules = List.copyOf(safetyRules);
        keyFiles = List.copyOf(keyFiles);
    }
}
