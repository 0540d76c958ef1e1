package orchestrator.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import orchestrator.model.AgentSettings;

/** What is wrong with an agent's settings whatever the agent is. */
final class SettingsCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private SettingsCheck() {}

    static List<String> problems(AgentSettings settings) {
        List<String> problems = new ArrayList<>();
        for (String argument : settings.arguments().orElse(List.of())) {
            if (breaksLine(argument)) {
                problems.add(
                        "An entry of agent.arguments holds a line break; write it without one.");
            }
        }
        settings.model()
                .filter(model -> model.isBlank() || model.startsWith("-") || breaksLine(model))
                .ifPresent(model ->
                        problems.add(
                                "agent.model is not a model's name; correct it or leave it out."));
        settings.environment()
                .forEach((name, value) -> {
                    if (!NAME.matcher(name).matches()) {
                        problems.add(
                                "agent.environment holds a name that no variable can have; use letters, digits and underscores.");
                    }
                    if (breaksLine(value)) {
                        problems.add(
                                "agent.environment.%s holds a line break; write it without one."
                                        .formatted(NAME.matcher(name).matches() ? name : "?"));
                    }
                });
        return problems;
    }

    /** Arguments that we set ourselves, a sentence each. */
    static List<String> ours(List<String> arguments, Set<String> ours) {
        return arguments.stream()
                .filter(argument -> ours.contains(argument.replaceFirst("=.*", "")))
                .map(argument ->
                        "agent.arguments holds %s, which Orchestrator sets itself; take it out."
                                .formatted(argument))
                .toList();
    }

    private static boolean breaksLine(String text) {
        return text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0);
    }
}
