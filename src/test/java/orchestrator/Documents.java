package orchestrator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read of this repository, and what stands in them. */
public final class Documents {
    /** The repository's folder. */
    public static final Path ROOT = Path.of(System.getProperty("orchestrator.test.basedir", "."));

    /** All pages. */
    public static final List<String> PAGES =
            List.of(
                    "README.md",
                    "config/README.md",
                    "packaging/README.md",
                    "src/README.md",
                    "src/main/resources/orchestrator/help/errors.md");

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^ *```(?<kind>\\w*)\\n(?<text>.*?)^ *```$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    private Documents() {}

    /** A page's text. */
    public static String text(String page) {
        try {
            return Files.readString(ROOT.resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of that kind, of one page. */
    public static List<String> blocks(String page, String kind) {
        return BLOCK.matcher(text(page))
                .results()
                .filter(block -> block.group("kind").equals(kind))
                .map(block -> block.group("text"))
                .toList();
    }

    /** What stands in backquotes within text and tables of a page, without the fenced blocks. */
    public static List<String> inline(String page) {
        Matcher code = CODE.matcher(BLOCK.matcher(text(page)).replaceAll(""));
        return code.results().map(found -> found.group(1).replace("\\|", "|")).toList();
    }

    /**
     * Every command line of the pages, each once: the lines of shell blocks and what stands in
     * backquotes and begins with one of these programs.
     */
    public static List<String> commands(String... programs) {
        List<String> commands = new ArrayList<>();
        for (String page : PAGES) {
            Stream.concat(blocks(page, "sh").stream().flatMap(String::lines), inline(page).stream())
                    .map(line -> line.strip().replaceFirst("  +#.*", ""))
                    .filter(line ->
                            Stream.of(programs)
                                    .anyMatch(it -> line.equals(it) || line.startsWith(it + " ")))
                    .forEach(commands::add);
        }
        return commands.stream().distinct().toList();
    }

    /** All that a pattern finds on a page. */
    static List<MatchResult> find(String page, String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text(page)).results().toList();
    }
}
