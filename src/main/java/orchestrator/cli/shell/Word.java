package orchestrator.cli.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as a shell sees it.
 *
 * @param path its name with those it stands under, the program's left out; empty for the program
 * @param about what it does, in a sentence
 * @param arguments what is expected after it, in order
 * @param commands those under it
 */
record Word(
        String path,
        String about,
        List<Flag> flags,
        List<Expected> arguments,
        List<Word> commands) {

    /**
     * An option.
     *
     * @param names all of them, the short first
     * @param value empty for an option that takes none
     */
    record Flag(List<String> names, String about, String label, Optional<Expected> value) {
        private static Flag of(OptionSpec spec) {
            return new Flag(
                    Stream.of(spec.names()).sorted((a, b) -> a.length() - b.length()).toList(),
                    sentence(spec.description()),
                    spec.paramLabel(),
                    spec.arity().max() == 0 ? Optional.empty() : Optional.of(Expected.of(spec)));
        }
    }

    /** The command with all under it; what is hidden is left out. */
    static Word of(CommandSpec spec) {
        return of(spec, "");
    }

    private static Word of(CommandSpec spec, String path) {
        List<Word> below = new ArrayList<>();
        visible(spec).forEach(child -> below.add(of(child, (path + " " + child.name()).strip())));
        return new Word(
                path,
                sentence(spec.usageMessage().description()),
                spec.options().stream().filter(option -> !option.hidden()).map(Flag::of).toList(),
                arguments(spec),
                List.copyOf(below));
    }

    private static List<Expected> arguments(CommandSpec spec) {
        if (spec.userObject() instanceof CommandLine.HelpCommand && spec.parent() != null) {
            return List.of(
                    new Expected.OneOf(visible(spec.parent()).map(CommandSpec::name).toList()));
        }
        return spec.positionalParameters().stream().map(Expected::of).toList();
    }

    /** The commands directly under one, without those that are hidden. */
    static Stream<CommandSpec> visible(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(child -> !child.usageMessage().hidden());
    }

    /** Its own name. */
    String name() {
        return path.substring(path.lastIndexOf(' ') + 1);
    }

    /** Itself and all under it. */
    Stream<Word> all() {
        return Stream.concat(Stream.of(this), commands.stream().flatMap(Word::all));
    }

    /** The first of the lines, without its full stop. */
    private static String sentence(String[] lines) {
        String text = Arrays.stream(lines).findFirst().orElse("").replace("%n", "").strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** Joins what a function makes of each. */
    static <T> String join(
            String between, List<T> all, java.util.function.Function<T, String> one) {
        return all.stream().map(one).collect(Collectors.joining(between));
    }
}
