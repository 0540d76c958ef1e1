package orchestrator.agent;

import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import orchestrator.log.PlainText;
import orchestrator.log.Secrets;
import tools.jackson.databind.JsonNode;

/**
 * What agents say in lines people read, the same signs for all of them: {@code ●} a tool's call,
 * {@code └} its answer, {@code ✗} an error, {@code ✻} a thought, {@code ↻} a retry, {@code ──} what
 * is around the talk. All are plain and without secrets. Pure.
 */
final class Wording {
    /** What an agent's closing words are cut at. */
    static final int LONGEST_TEXT = 8_000;

    private static final int LONGEST_LINE = 16_000;
    private static final int LONGEST_SUMMARY = 160;
    private static final int MOST_LINES = 2_000;
    // What tells most about a tool's call, most telling first.
    private static final List<String> TELLING =
            List.of(
                    "command",
                    "file_path",
                    "notebook_path",
                    "pattern",
                    "url",
                    "query",
                    "path",
                    "skill",
                    "description",
                    "subject",
                    "prompt",
                    "task_id");

    private Wording() {}

    /** A tool's answer: its first line and how many more there are. */
    static void answer(String text, boolean error, Consumer<String> out) {
        long more = text.strip().lines().count() - 1;
        String first = summary(firstLine(text));
        out.accept(
                "  └ "
                        + (error ? "✗ " : "")
                        + (first.isEmpty() ? "(no output)" : first)
                        + (more > 0 ? " … (+" + more + (more == 1 ? " line)" : " lines)") : ""));
    }

    /**
     * A tool's call: its name, and what tells most of what it is given.
     *
     * @param input an object
     */
    static String call(String tool, JsonNode input) {
        String what = "";
        for (int i = 0; i < TELLING.size() && what.isEmpty(); i++) {
            what = Json.text(input, TELLING.get(i));
        }
        if (what.isEmpty()) {
            what = firstString(input);
        }
        String name = summary(tool);
        String summary = summary(what);
        return "● " + name + (summary.isEmpty() ? "" : ": " + summary);
    }

    private static String firstString(JsonNode input) {
        for (JsonNode value : input) {
            if (value.isString() && !value.asString("").isBlank()) {
                return value.asString("");
            }
        }
        for (JsonNode value : input) {
            if (value.isArray()) {
                return value.size() == 1 ? "1 entry" : value.size() + " entries";
            }
        }
        return "";
    }

    /** All its lines, the first after a mark. */
    static void lines(String text, String mark, Consumer<String> out) {
        Iterator<String> lines = PlainText.lines(text);
        int shown = 0;
        int more = 0;
        while (lines.hasNext()) {
            String line = lines.next();
            if (shown < MOST_LINES) {
                String first = shown == 0 ? mark : "";
                out.accept(first + PlainText.cut(Secrets.mask(line), LONGEST_LINE));
                shown++;
            } else {
                more++;
            }
        }
        if (more > 0) {
            out.accept("… (+%,d lines)".formatted(more));
        }
    }

    static String firstLine(String text) {
        String stripped = text.strip();
        int end = stripped.indexOf('\n');
        return end < 0 ? stripped : stripped.substring(0, end);
    }

    /** One line of at most {@link #LONGEST_SUMMARY} characters; masked before it is cut. */
    static String summary(String text) {
        String begin = PlainText.head(text, 20 * LONGEST_SUMMARY);
        return PlainText.cut(Secrets.mask(PlainText.oneLine(begin)), LONGEST_SUMMARY);
    }

    /** A text of several lines, at most {@link #LONGEST_TEXT} characters. */
    static String text(String text) {
        StringJoiner joined = new StringJoiner("\n");
        PlainText.lines(PlainText.head(text, 4 * LONGEST_TEXT)).forEachRemaining(joined::add);
        return PlainText.cut(Secrets.mask(joined.toString()), LONGEST_TEXT);
    }

    /** A field's text as one line; empty when it has none. */
    static String field(JsonNode object, String field) {
        String text = PlainText.head(Json.text(object, field), LONGEST_TEXT);
        return PlainText.cut(Secrets.mask(PlainText.oneLine(text)), LONGEST_TEXT);
    }
}
