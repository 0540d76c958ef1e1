package orchestrator.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The commands as zsh takes them: a function each, that hands its options to _arguments. */
final class ZshWords {
    private ZshWords() {}

    static String of(Word program) {
        return program.all().map(ZshWords::function).collect(Collectors.joining("\n"));
    }

    private static String function(Word word) {
        List<String> specs = new ArrayList<>();
        word.flags().forEach(flag -> specs.add(option(flag)));
        int place = 0;
        for (Expected argument : word.arguments()) {
            specs.add(quoted("%d:argument:%s".formatted(++place, action(argument))));
        }
        if (word.commands().isEmpty()) {
            return "%s() {\n    _arguments \\\n        %s\n}\n"
                    .formatted(name(word), String.join(" \\\n        ", specs));
        }
        specs.add("'1:command:->command'");
        specs.add("'*::argument:->argument'");
        return """
        %s() {
            local curcontext=$curcontext state
            local -a line
            local -A opt_args
            _arguments -C \\
                %s && return
            case $state in
                command)
                    local -a commands=(
                        %s
                    )
                    _describe -t commands command commands
                    ;;
                argument)
                    case $words[1] in
                        %s
                    esac
                    ;;
            esac
        }
        """
                .formatted(
                        name(word),
                        String.join(" \\\n        ", specs),
                        Word.join(
                                "\n                ",
                                word.commands(),
                                it -> quoted(it.name() + ":" + it.about())),
                        Word.join(
                                "\n                ",
                                word.commands(),
                                it -> it.name() + ") " + name(it) + " ;;"));
    }

    private static String name(Word word) {
        return "_orchestrator-"
                + (word.path().isEmpty() ? "program" : word.path().replace(' ', '-'));
    }

    private static String option(Word.Flag flag) {
        String about = "[" + escaped(flag.about()) + "]";
        String value =
                flag.value().map(it -> ":" + escaped(flag.label()) + ":" + action(it)).orElse("");
        // Names of one option exclude each other; a value may follow "=" or be the next word.
        String all = flag.names().size() == 1 ? "" : "(" + String.join(" ", flag.names()) + ")";
        return Word.join(
                " ",
                flag.names(),
                name ->
                        quoted(
                                all
                                        + name
                                        + (value.isEmpty() ? "" : name.startsWith("--") ? "=" : "+")
                                        + about
                                        + value));
    }

    private static String action(Expected expected) {
        return switch (expected) {
            case Expected.Anything() -> " ";
            case Expected.AnyFile() -> "_files";
            case Expected.AnyFolder() -> "_files -/";
            case Expected.OneOf(List<String> words) -> "(" + String.join(" ", words) + ")";
            case Expected.Known(String kind) -> "_orchestrator_ask " + kind;
        };
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
