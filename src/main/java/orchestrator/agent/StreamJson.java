package orchestrator.agent;

import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reads Claude's {@code stream-json}. */
public final class StreamJson extends JsonLineStream {
    // What a tool answered once more, for programs: half of most streams.
    private static final String UNSHOWN = "tool_use_result";

    private final UsageCount usage = new UsageCount();
    private final StreamLines readable = new StreamLines();
    private String sessionId = "";
    private String model = "";
    private boolean worked;
    private Optional<StreamFacts.Result> result = Optional.empty();
    private boolean limitRejected;
    private Optional<Instant> limitResetsAt = Optional.empty();
    private int apiRetries;

    /** A reader of nothing yet. */
    public StreamJson() {
        super(UNSHOWN);
    }

    @Override
    public StreamFacts facts() {
        return new StreamFacts(
                lines(),
                damaged(),
                sessionId,
                model,
                worked,
                result,
                usage.total(),
                limitRejected,
                limitResetsAt,
                apiRetries,
                lastLine());
    }

    @Override
    void take(JsonNode line, Consumer<String> out) {
        take(line);
        readable.show(line, usage.total(), out);
    }

    private void take(JsonNode line) {
        if (line.path("session_id").isString() && sessionId.isEmpty()) {
            sessionId = Wording.field(line, "session_id");
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
                sessionId = Wording.field(line, "session_id");
                model = Wording.field(line, "model");
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
        String reason = Wording.field(line, "terminal_reason");
        String startUp = Wording.field(line, "startup_failure_reason");
        JsonNode status = line.path("api_error_status");
        result =
                Optional.of(
                        new StreamFacts.Result(
                                Json.flag(line, "is_error") || !startUp.isEmpty(),
                                Wording.field(line, "subtype"),
                                startUp.isEmpty() ? reason : startUp,
                                Wording.field(line, "api_error"),
                                status.isInt() ? Optional.of(status.asInt(0)) : Optional.empty(),
                                (int) Math.min(Json.count(line, "num_turns"), Integer.MAX_VALUE),
                                line.path("permission_denials").size(),
                                resultText(line)));
    }

    /** A failure at the start may come on a line of any type; it is the agent's last word then. */
    private void startUpFailure(JsonNode line) {
        String reason = Wording.field(line, "startup_failure_reason");
        if (!reason.isEmpty()) {
            result =
                    Optional.of(
                            new StreamFacts.Result(
                                    true,
                                    Wording.field(line, "subtype"),
                                    reason,
                                    "",
                                    Optional.empty(),
                                    0,
                                    0,
                                    Wording.field(line, "message")));
        }
    }

    /** What a result says: its text, or else its list of errors. */
    static String resultText(JsonNode line) {
        String text = Json.text(line, "result");
        if (text.isEmpty()) {
            StringJoiner errors = new StringJoiner("; ");
            for (JsonNode error : line.path("errors")) {
                if (error.isString() && errors.length() < Wording.LONGEST_TEXT) {
                    errors.add(error.asString(""));
                }
            }
            text = errors.toString();
        }
        return Wording.text(text);
    }
}
