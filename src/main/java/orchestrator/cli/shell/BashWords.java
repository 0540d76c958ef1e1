package orchestrator.cli.shell;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands as Bash takes them: a table, as the branches of a {@code case}. */
final class BashWords {
    private BashWords() {}

    static String of(Word program) {
        return program.all().map(BashWords::branch).collect(Collectors.joining());
    }

    private static String branch(Word word) {
        String without =
                names(word.flags().stream().filter(flag -> flag.value().isEmpty()))
                        .collect(Collectors.joining(" "));
        String with =
                word.flags().stream()
                        .flatMap(flag ->
                                flag.value().stream()
                                        .flatMap(value ->
                                                flag.names().stream()
                                                        .map(name -> name + ":" + kind(value))))
                        .collect(Collectors.joining(" "));
        return """
                '%s')
                    commands='%s'
                    flags='%s'
                    valued='%s'
                    arguments='%s'
                    ;;
        """
                .formatted(
                        word.path(),
                        Word.join(" ", word.commands(), Word::name),
                        without,
                        with,
                        Word.join(" ", word.arguments(), BashWords::kind));
    }

    private static Stream<String> names(Stream<Word.Flag> flags) {
        return flags.map(Word.Flag::names).flatMap(List::stream);
    }

    private static String kind(Expected expected) {
        return switch (expected) {
            case Expected.Anything() -> "text";
            case Expected.AnyFile() -> "files";
            case Expected.AnyFolder() -> "folders";
            case Expected.OneOf(List<String> words) -> "=" + String.join(",", words);
            case Expected.Known(String kind) -> kind;
        };
    }
}
