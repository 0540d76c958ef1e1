package orchestrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.wiring.Assembly;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Command lines of our program as people type them, read by the program's own model. */
public final class Typed {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

    private Typed() {}

    /**
     * The words of a line of a shell that begins with our program, without it; what stands behind a
     * pipe, a redirection or a comment is left out.
     */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        int end = 0;
        while (word.find()) {
            String bare = word.group(3);
            if (bare != null && bare.matches("[|>#].*") && !joined(line, word.start())) {
                break;
            }
            String text =
                    Stream.of(1, 2, 3)
                            .map(word::group)
                            .filter(s -> s != null)
                            .findFirst()
                            .orElseThrow();
            if (word.start() == end && !words.isEmpty()) {
                words.add(words.removeLast() + text);
            } else {
                words.add(text);
            }
            end = word.end();
        }
        return List.copyOf(words.subList(1, words.size()));
    }

    private static boolean joined(String line, int at) {
        return at > 0 && !Character.isWhitespace(line.charAt(at - 1));
    }

    /** Why the program would not take these words; empty: it would. */
    public static String refusal(List<String> words) {
        try {
            commands().parse(words.toArray(String[]::new));
            return "";
        } catch (ParameterException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The names of its commands, without those that are hidden. */
    public static List<String> names() {
        return program().subcommands().entrySet().stream()
                .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
                .map(each -> each.getKey())
                .toList();
    }

    /** The program with all commands under it. */
    static CommandSpec program() {
        return commands().parse().commandSpec();
    }

    /** A command and all under it, hidden ones too. */
    static Stream<CommandSpec> all(CommandSpec spec) {
        return Stream.concat(
                Stream.of(spec),
                spec.subcommands().values().stream().flatMap(line -> all(line.getCommandSpec())));
    }

    private static Commands commands() {
        return new Commands(
                new Assembly(List.of("false"), Map.of(), "1"),
                words -> 0,
                (context, config) -> {},
                Map.of(),
                "1");
    }
}
