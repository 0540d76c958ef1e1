package orchestrator.agent;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import orchestrator.log.LineSplitter;
import orchestrator.log.PlainText;
import orchestrator.log.Secrets;
import tools.jackson.databind.JsonNode;

/**
 * Reads Claude's {@code stream-json}: one JSON object a line, in any order, with any unknown fields
 * and types. What it renders depends on the bytes alone, never on how they were cut into calls, nor
 * on a clock: reading a stream again gives the same lines again.
 */
public final class StreamJson implements AgentStream {
    /** Longer lines are counted, not read. */
    public static final int LONGEST_LINE = 4 * 1024 * 1024;

    // What a tool answered once more, for programs: half of most streams.
    private static final String UNSHOWN = "tool_use_result";
    private static final int LONGEST_TEXT = 8_000;
    private static final int LONGEST_LAST_LINE = 400;

    private final LineSplitter splitter = new LineSplitter(LONGEST_LINE);
    private final UsageCount usage = new UsageCount();
    private final StreamLines readable = new StreamLines();
    private long lines;
    private long damaged;
    private String sessionId = "";
    private String model = "";
    private boolean worked;
    private Optional<StreamFacts.Result> result = Optional.empty();
    private boolean limitRejected;
    private Optional<Instant> limitResetsAt = Optional.empty();
    private int apiRetries;
    private String lastLine = "";

    @Override
    public void accept(byte[] bytes, int from, int length, Consumer<String> transcript) {
        Consumer<String> out =
                line -> {
                    if (!line.isBlank()) {
                        lastLine = PlainText.cut(line.strip(), LONGEST_LAST_LINE);
                    }
                    transcript.accept(line);
                };
        splitter.accept(bytes, from, length, (kept, count, whole) -> line(kept, count, whole, out));
    }

    @Override
    public StreamFacts facts() {
        return new StreamFacts(
                lines,
                damaged,
                sessionId,
                model,
                worked,
                result,
                usage.total(),
                limitRejected,
                limitResetsAt,
                apiRetries,
                lastLine);
    }

    private void line(byte[] kept, int count, long whole, Consumer<String> out) {
        lines++;
        if (whole > count) {
            damaged++;
            out.accept("✗ a line of %,d bytes was left out".formatted(whole));
            return;
        }
        Optional<JsonNode> object =
                Json.object(kept, count, UNSHOWN).or(() -> repaired(kept, count, out));
        if (object.isPresent()) {
            take(object.get());
            readable.show(object.get(), usage.total(), out);
        }
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
            readable.unreadable(text, out);
        }
        return object;
    }

    private void take(JsonNode line) {
        if (line.path("session_id").isString() && sessionId.isEmpty()) {
            sessionId = said(line, "session_id");
        }
        switch (Json.text(line, "type")) {
            case "system" -> system(line);
            case "assistant" -> assistant(line);
            case "rate_limit_event" -> limit(line.path("rate_limit_info"));
            case "result" -> result(line);
            default -> startUpFailure(line);
        }
    }

    private void system(JsonNode line) {
        switch (Json.text(line, "subtype")) {
            case "init" -> {
                sessionId = said(line, "session_id");
                model = said(line, "model");
                // A background task woke the agent again: what it said before was not its last.
                result = Optional.empty();
            }
            case "api_retry" -> apiRetries++;
            default -> startUpFailure(line);
        }
    }

    private void assistant(JsonNode line) {
        JsonNode message = line.path("message");
        usage.message(message);
        boolean ours =
                Json.says(line, "is_api_error_message")
                        || Json.says(line, "error")
                        || Json.text(message, "model").equals("<synthetic>");
        worked |= !ours;
    }

    private void limit(JsonNode info) {
        limitRejected = Json.text(info, "status").equals("rejected");
        if (limitRejected) {
            limitResetsAt = Json.time(info, "resetsAt");
        }
    }

    private void result(JsonNode line) {
        usage.result(line);
        String reason = said(line, "terminal_reason");
        String startUp = said(line, "startup_failure_reason");
        JsonNode status = line.path("api_error_status");
        result =
                Optional.of(
                        new StreamFacts.Result(
                                Json.flag(line, "is_error") || !startUp.isEmpty(),
                                said(line, "subtype"),
                                startUp.isEmpty() ? reason : startUp,
                                said(line, "api_error"),
                                status.isInt() ? Optional.of(status.asInt(0)) : Optional.empty(),
                                (int) Math.min(Json.count(line, "num_turns"), Integer.MAX_VALUE),
                                line.path("permission_denials").size(),
                                resultText(line)));
    }

    /** A failure at the start may come on a line of any type; it is the agent's last word then. */
    private void startUpFailure(JsonNode line) {
        String reason = said(line, "startup_failure_reason");
        if (!reason.isEmpty()) {
            result =
                    Optional.of(
                            new StreamFacts.Result(
                                    true,
                                    said(line, "subtype"),
                                    reason,
                                    "",
                                    Optional.empty(),
                                    0,
                                    0,
                                    said(line, "message")));
        }
    }

    /** What a result says: its text, or else its list of errors. */
    static String resultText(JsonNode line) {
        String text = Json.text(line, "result");
        if (text.isEmpty()) {
            StringJoiner errors = new StringJoiner("; ");
            for (JsonNode error : line.path("errors")) {
                if (error.isString() && errors.length() < LONGEST_TEXT) {
                    errors.add(error.asString(""));
                }
            }
            text = errors.toString();
        }
        return PlainText.cut(
                Secrets.mask(multiLine(PlainText.head(text, 4 * LONGEST_TEXT))), LONGEST_TEXT);
    }

    private static String multiLine(String text) {
        StringJoiner joined = new StringJoiner("\n");
        PlainText.lines(text).forEachRemaining(joined::add);
        return joined.toString();
    }

    private static String said(JsonNode line, String field) {
        String text = PlainText.head(Json.text(line, field), LONGEST_TEXT);
        return PlainText.cut(Secrets.mask(PlainText.oneLine(text)), LONGEST_TEXT);
    }
}
