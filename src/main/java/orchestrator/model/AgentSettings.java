package orchestrator.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which agent a project uses and how it is called.
 *
 * @param type {@code claude}, {@code codex} or {@code rehearsal}
 * @param path the executable, a name on the PATH or a path; empty: the type's own name
 * @param model the model to ask for; empty: the agent's own default
 * @param arguments when present, these replace the permission arguments we pass by default, such as
 *     {@code --dangerously-skip-permissions} for Claude; no newline in any
 * @param environment added to the agent's environment
 * @param scenario for the rehearsal agent: absolute path of its scenario; empty: all goes well
 */
public record AgentSettings(
        String type,
        Optional<String> path,
        Optional<String> model,
        Optional<List<String>> arguments,
        Map<String, String> environment,
        Optional<Path> scenario) {
    /** Claude with every default. */
    public static final AgentSettings CLAUDE =
            new AgentSettings(
                    "claude",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty());

    /** Another type with these settings, as far as they are not the old type's own. */
    public AgentSettings ofType(String otherType) {
        return new AgentSettings(otherType, path, model, arguments, environment, scenario);
    }

    public AgentSettings {
        arguments = arguments.map(List::copyOf);
        environment = Map.copyOf(environment);
    }
}
