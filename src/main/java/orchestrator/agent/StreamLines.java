package orchestrator.agent;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import orchestrator.model.Usage;
import tools.jackson.databind.JsonNode;

/**
 * Turns a line of {@code stream-json} into lines people read; all are plain and without secrets.
 */
final class StreamLines {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private boolean begun;

    /**
     * The readable lines of one object.
     *
     * @param usage what was used so far, this line included
     */
    void show(JsonNode line, Usage usage, Consumer<String> out) {
        Consumer<String> to =
                Json.says(line, "parent_tool_use_id") ? text -> out.accept("  " + text) : out;
        switch (Json.text(line, "type")) {
            case "system" -> system(line, out);
            case "assistant" -> assistant(line, to);
            case "user" -> user(line, to);
            case "rate_limit_event" -> limit(line.path("rate_limit_info"), out);
            case "result" -> result(line, usage, out);
            default -> startUpFailure(line, out);
        }
    }

    private void system(JsonNode line, Consumer<String> out) {
        switch (Json.text(line, "subtype")) {
            case "init" -> init(line, out);
            case "api_retry" -> out.accept(retry(line));
            case "compact_boundary" -> out.accept("── the conversation was compacted");
            case "task_notification" ->
                    out.accept(
                            "── background task: " + Wording.summary(Json.text(line, "summary")));
            default -> startUpFailure(line, out);
        }
    }

    private void init(JsonNode line, Consumer<String> out) {
        if (begun) {
            out.accept("── woken again");
            return;
        }
        begun = true;
        String permissions = Wording.summary(Json.text(line, "permissionMode"));
        out.accept(
                "── session %s, model %s%s"
                        .formatted(
                                Wording.summary(Json.text(line, "session_id")),
                                Wording.summary(Json.text(line, "model")),
                                permissions.isEmpty() ? "" : ", permissions " + permissions));
    }

    private static String retry(JsonNode line) {
        String status =
                line.path("error_status").isInt() ? Json.count(line, "error_status") + " " : "";
        return String.format(
                Locale.ROOT,
                "↻ the service did not answer (%s%s): try %d of %d in %.1f s",
                status,
                Wording.summary(Json.text(line, "error")),
                Json.count(line, "attempt"),
                Json.count(line, "max_retries"),
                Json.amount(line, "retry_delay_ms") / 1000);
    }

    private void assistant(JsonNode line, Consumer<String> out) {
        boolean error = Json.says(line, "is_api_error_message") || Json.says(line, "error");
        JsonNode content = line.path("message").path("content");
        if (content.isString()) {
            Wording.lines(content.asString(""), error ? "✗ " : "", out);
        }
        for (JsonNode part : content) {
            switch (Json.text(part, "type")) {
                case "text" -> Wording.lines(Json.text(part, "text"), error ? "✗ " : "", out);
                case "thinking" -> {
                    String thought = Wording.firstLine(Json.text(part, "thinking"));
                    if (!thought.isEmpty()) {
                        out.accept("✻ " + Wording.summary(thought));
                    }
                }
                case "tool_use", "server_tool_use" ->
                        out.accept(Wording.call(Json.text(part, "name"), part.path("input")));
                default -> {}
            }
        }
    }

    private void user(JsonNode line, Consumer<String> out) {
        JsonNode content = line.path("message").path("content");
        if (content.isString()) {
            said(content.asString(""), out);
        }
        for (JsonNode part : content) {
            switch (Json.text(part, "type")) {
                case "tool_result" ->
                        Wording.answer(
                                plain(part.path("content")), Json.flag(part, "is_error"), out);
                case "text" -> said(Json.text(part, "text"), out);
                default -> {}
            }
        }
    }

    private static void said(String text, Consumer<String> out) {
        String first = Wording.firstLine(text);
        if (!first.isEmpty()) {
            out.accept("› " + Wording.summary(first));
        }
    }

    private static String plain(JsonNode content) {
        if (content.isString()) {
            return content.asString("");
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode part : content) {
            String type = Json.text(part, "type");
            all.append(type.equals("text") ? Json.text(part, "text") : "(" + type + ")");
            all.append('\n');
        }
        return all.toString();
    }

    private static void limit(JsonNode info, Consumer<String> out) {
        String kind = Wording.summary(Json.text(info, "rateLimitType"));
        switch (Json.text(info, "status")) {
            case "rejected" ->
                    out.accept(
                            "✗ the limit"
                                    + (kind.isEmpty() ? "" : " (" + kind + ")")
                                    + " is used up"
                                    + Json.time(info, "resetsAt")
                                            .map(at -> ", it resets " + CLOCK.format(at))
                                            .orElse(""));
            case "allowed_warning" ->
                    out.accept(
                            "! the limit"
                                    + (kind.isEmpty() ? "" : " (" + kind + ")")
                                    + " is nearly used up");
            default -> {}
        }
    }

    private static void result(JsonNode line, Usage usage, Consumer<String> out) {
        long turns = Json.count(line, "num_turns");
        String figures =
                String.format(
                        Locale.ROOT,
                        "%d %s, %.1f s, %,d tokens, $%.4f",
                        turns,
                        turns == 1 ? "turn" : "turns",
                        Json.amount(line, "duration_ms") / 1000,
                        usage.totalTokens(),
                        usage.costUsd());
        int denied = line.path("permission_denials").size();
        String denials = denied == 0 ? "" : ", " + denied + " denied by permissions";
        if (Json.flag(line, "is_error")) {
            String why = Json.text(line, "subtype");
            String text = Wording.summary(StreamJson.resultText(line));
            String reason = why.equals("success") ? "" : " (" + Wording.summary(why) + ")";
            String detail = text.isEmpty() ? "" : ": " + text;
            out.accept("✗ ended in error" + reason + detail + " [" + figures + denials + "]");
        } else {
            out.accept("✓ finished: " + figures + denials);
        }
    }

    private static void startUpFailure(JsonNode line, Consumer<String> out) {
        String reason = Wording.summary(Json.text(line, "startup_failure_reason"));
        if (!reason.isEmpty()) {
            out.accept("✗ could not start: " + reason);
        }
    }
}
