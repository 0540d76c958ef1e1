package orchestrator.cli.shell;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands as fish takes them: a line for each word that may come. */
final class FishWords {
    private FishWords() {}

    static String of(Word program) {
        String paths =
                program.all()
                        .map(Word::path)
                        .filter(path -> !path.isEmpty())
                        .map(FishWords::quoted)
                        .collect(Collectors.joining(" "));
        String valued =
                program.all()
                        .flatMap(word -> word.flags().stream())
                        .filter(flag -> flag.value().isPresent())
                        .flatMap(flag -> flag.names().stream())
                        .distinct()
                        .collect(Collectors.joining(" "));
        return "set -g __orchestrator_commands %s\nset -g __orchestrator_valued %s\n\n"
                        .formatted(paths, valued)
                + program.all().flatMap(FishWords::lines).collect(Collectors.joining());
    }

    private static Stream<String> lines(Word word) {
        Stream<String> commands =
                word.commands().stream().map(it -> line(word, " 0", "-a " + it.name(), it.about()));
        Stream<String> flags = word.flags().stream().map(flag -> flag(word, flag));
        Stream.Builder<String> arguments = Stream.builder();
        int place = 0;
        for (Expected argument : word.arguments()) {
            String offer = offer(argument);
            if (!offer.isEmpty()) {
                arguments.add(line(word, " " + place, offer, ""));
            }
            place++;
        }
        return Stream.of(commands, flags, arguments.build()).flatMap(it -> it);
    }

    private static String flag(Word word, Word.Flag flag) {
        String names =
                Word.join(
                        " ",
                        flag.names(),
                        name ->
                                name.startsWith("--")
                                        ? "-l " + name.substring(2)
                                        : "-s " + name.substring(1));
        String value = flag.value().map(FishWords::value).orElse("");
        return line(word, "", (names + value).stripTrailing(), flag.about());
    }

    /** Only where files are wanted does fish offer them of itself. */
    private static String value(Expected expected) {
        return expected instanceof Expected.AnyFile ? " -r -F" : " -x " + offer(expected);
    }

    private static String line(Word word, String place, String what, String about) {
        return "complete -c orchestrator -n %s %s%s\n"
                .formatted(
                        quoted("__orchestrator_at \"" + word.path() + "\"" + place),
                        what,
                        about.isEmpty() ? "" : " -d " + quoted(about));
    }

    private static String offer(Expected expected) {
        return switch (expected) {
            case Expected.Anything() -> "";
            case Expected.AnyFile() -> "-F";
            case Expected.AnyFolder() ->
                    "-a '(__fish_complete_directories (commandline -ct) \"\")'";
            case Expected.OneOf(List<String> words) -> "-a " + quoted(String.join(" ", words));
            case Expected.Known(String kind) -> "-a '(__orchestrator_ask " + kind + ")'";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
