package orchestrator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the codes of failures mean: the rows of {@code help/errors.md}, which people read as a page
 * too. The exit codes are those that {@link Failures} gives.
 */
final class ErrorTable {
    private static final String FILE = "/orchestrator/help/errors.md";
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| `(?<code>[a-z0-9-]+)` \\| (?<exit>\\d) \\| (?<means>[^|]+) \\| (?<advice>[^|]+) \\|$");

    private ErrorTable() {}

    /**
     * One code.
     *
     * @param exit with what a command ends that fails so
     * @param means a sentence or two
     * @param advice what to do
     */
    record Entry(String code, int exit, String means, String advice) {}

    /** The codes alone, for shells; read when they are asked for. */
    static final class Codes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return all().stream().map(Entry::code).iterator();
        }
    }

    /** All of them, in the order of the page. */
    static List<Entry> all() {
        return ROW.matcher(page())
                .results()
                .map(row ->
                        new Entry(
                                row.group("code"),
                                Integer.parseInt(row.group("exit")),
                                row.group("means"),
                                row.group("advice")))
                .toList();
    }

    static Optional<Entry> of(String code) {
        return all().stream().filter(entry -> entry.code().equals(code)).findFirst();
    }

    /** Codes that begin with the same word. */
    static List<String> like(String code) {
        String first = code.replaceFirst("-.*", "");
        return all().stream()
                .map(Entry::code)
                .filter(other -> other.replaceFirst("-.*", "").equals(first))
                .toList();
    }

    private static String page() {
        try (InputStream in =
                Objects.requireNonNull(ErrorTable.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
