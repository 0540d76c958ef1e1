package orchestrator.agent;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.log.LineSplitter;
import orchestrator.log.PlainText;
import tools.jackson.databind.JsonNode;

/**
 * Reads a stream of one JSON object a line, in any order, with any unknown fields and types. What
 * is rendered of it depends on the bytes alone, never on how they were cut into calls, nor on a
 * clock: reading a stream again gives the same lines again.
 */
abstract class JsonLineStream implements AgentStream {
    /** Longer lines are counted, not read. */
    static final int LONGEST_LINE = 4 * 1024 * 1024;

    private static final int LONGEST_LAST_LINE = 400;

    private final LineSplitter splitter = new LineSplitter(LONGEST_LINE);
    private final String unshown;
    private long lines;
    private long damaged;
    private String lastLine = "";

    /**
     * A reader of nothing yet.
     *
     * @param unshown a field that is passed over unread; empty: none is
     */
    JsonLineStream(String unshown) {
        this.unshown = unshown;
    }

    /** Takes an object, and renders what people read of it. */
    abstract void take(JsonNode object, Consumer<String> out);

    /** Complete lines read. */
    final long lines() {
        return lines;
    }

    /** Lines that were no JSON, or too long to be read whole. */
    final long damaged() {
        return damaged;
    }

    /** The newest readable line. */
    final String lastLine() {
        return lastLine;
    }

    @Override
    public final void accept(byte[] bytes, int from, int length, Consumer<String> transcript) {
        Consumer<String> out =
                line -> {
                    if (!line.isBlank()) {
                        lastLine = PlainText.cut(line.strip(), LONGEST_LAST_LINE);
                    }
                    transcript.accept(line);
                };
        splitter.accept(bytes, from, length, (kept, count, whole) -> line(kept, count, whole, out));
    }

    private void line(byte[] kept, int count, long whole, Consumer<String> out) {
        lines++;
        if (whole > count) {
            damaged++;
            out.accept("✗ a line of %,d bytes was left out".formatted(whole));
            return;
        }
        Json.object(kept, count, unshown)
                .or(() -> repaired(kept, count, out))
                .ifPresent(object -> take(object, out));
    }

    /** What is not quite JSON, or not UTF-8; empty: it is nothing, or nothing that can be read. */
    private Optional<JsonNode> repaired(byte[] kept, int count, Consumer<String> out) {
        // Decoding first repairs what is not UTF-8; a JSON parser fed bytes gives up instead.
        String text = new String(kept, 0, count, StandardCharsets.UTF_8).replace("\0", "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonNode> object = Json.object(text);
        if (object.isEmpty()) {
            damaged++;
            out.accept("? " + Wording.summary(text)); // people see what it was
        }
        return object;
    }
}
