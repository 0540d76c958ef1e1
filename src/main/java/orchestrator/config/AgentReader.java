package orchestrator.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import orchestrator.model.AgentSettings;

/** Reads the {@code agent} of a project or a stage: a type alone, or an object. */
final class AgentReader {
    static final String REHEARSAL = "rehearsal";
    private static final Map<String, String> TYPES =
            Map.of("claude", "claude", "codex", "codex", REHEARSAL, REHEARSAL);
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Section project;
    private final Source source;

    AgentReader(Section project) {
        this.project = project;
        this.source = project.source();
    }

    AgentSettings read() {
        return switch (project.value("agent").orElse(null)) {
            case null -> AgentSettings.CLAUDE;
            case Node.Str _ -> ofType(project.word("agent", TYPES).map(At::value).orElse("claude"));
            case Node.Obj object -> ofObject(new Section(source, object, Keys.AGENT));
            case Node.Arr other -> wrong(other);
            case Node.Num other -> wrong(other);
            case Node.Bool other -> wrong(other);
            case Node.Null other -> wrong(other);
        };
    }

    private AgentSettings wrong(Node value) {
        Section.wrongType(
                source,
                "\"agent\"",
                value,
                "a type (\"claude\", \"codex\", \"rehearsal\") or an object { … }");
        return AgentSettings.CLAUDE;
    }

    private static AgentSettings ofType(String type) {
        return new AgentSettings(
                type,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    private AgentSettings ofObject(Section agent) {
        String type = agent.word("type", TYPES).map(At::value).orElse("claude");
        return new AgentSettings(
                type,
                executable(agent),
                agent.line("model").map(At::value),
                arguments(agent),
                environment(agent),
                scenario(agent, type));
    }

    /** A bare name is looked for on the PATH; anything with a slash is a path from this file. */
    private Optional<String> executable(Section agent) {
        Optional<At<String>> written = agent.line("path");
        boolean isPath = written.filter(w -> w.value().matches("~|.*/.*")).isPresent();
        return isPath
                ? agent.path("path").map(path -> path.value().toString())
                : written.map(At::value);
    }

    private Optional<List<String>> arguments(Section agent) {
        if (agent.list("args").isEmpty()) {
            return Optional.empty();
        }
        List<At<String>> arguments = agent.texts("args");
        arguments.forEach(argument -> checkOneLine("an entry of \"args\"", argument));
        return Optional.of(arguments.stream().map(At::value).toList());
    }

    private Map<String, String> environment(Section agent) {
        Optional<Node.Obj> env = agent.object("env");
        Map<String, String> environment = new HashMap<>();
        if (env.isEmpty()) {
            return environment;
        }
        Section.reportRepeats(source, env.get());
        for (Node.Member member : env.get().members()) {
            if (!VARIABLE.matcher(member.key()).matches()) {
                source.problem(
                        member.keySpan(),
                        "%s is no name for an environment variable; use letters, digits and _"
                                .formatted(Quoted.of(member.key())));
            }
            String subject = "the variable " + Quoted.of(member.key());
            Section.asText(source, subject, member.value())
                    .ifPresent(value -> {
                        checkOneLine(subject, value);
                        environment.put(member.key(), value.value());
                    });
        }
        return environment;
    }

    private void checkOneLine(String subject, At<String> text) {
        if (text.value().chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            source.problem(
                    text.span(),
                    subject
                            + " holds a new line or NUL, which cannot be passed on; write one line");
        }
    }

    private Optional<Path> scenario(Section agent, String type) {
        Optional<At<Path>> scenario = agent.path("scenario");
        if (scenario.isPresent() && !type.equals(REHEARSAL)) {
            source.warning(
                    scenario.get().span(),
                    "\"scenario\" has no effect: only the agent \"rehearsal\" follows one");
        } else if (scenario.isPresent() && !Files.isRegularFile(scenario.get().value())) {
            source.problem(
                    scenario.get().span(),
                    "there is no scenario file %s; correct the path, or leave \"scenario\" out"
                            .formatted(Problems.printable(scenario.get().value())));
        }
        return scenario.map(At::value);
    }
}
