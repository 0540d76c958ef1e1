package orchestrator.agent;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import orchestrator.log.PlainText;
import orchestrator.log.Secrets;
import orchestrator.model.Usage;
import tools.jackson.databind.JsonNode;

/**
 * Turns a line of {@code stream-json} into lines people read; all are plain and without secrets.
 */
final class StreamLines {
    private static final int LONGEST_LINE = 16_000;
    private static final int LONGEST_SUMMARY = 160;
    private static final int MOST_LINES = 2_000;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
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

    private boolean begun;

    /** A line that is not JSON: people see what it was. */
    void unreadable(String text, Consumer<String> out) {
        out.accept("? " + summary(text));
    }

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
                    out.accept("── background task: " + summary(Json.text(line, "summary")));
            default -> startUpFailure(line, out);
        }
    }

    private void init(JsonNode line, Consumer<String> out) {
        if (begun) {
            out.accept("── woken again");
            return;
        }
        begun = true;
        String permissions = summary(Json.text(line, "permissionMode"));
        out.accept(
                "── session %s, model %s%s"
                        .formatted(
                                summary(Json.text(line, "session_id")),
                                summary(Json.text(line, "model")),
                                permissions.isEmpty() ? "" : ", permissions " + permissions));
    }

    private static String retry(JsonNode line) {
        String status =
                line.path("error_status").isInt() ? Json.count(line, "error_status") + " " : "";
        return String.format(
                Locale.ROOT,
                "↻ the service did not answer (%s%s): try %d of %d in %.1f s",
                status,
                summary(Json.text(line, "error")),
                Json.count(line, "attempt"),
                Json.count(line, "max_retries"),
                Json.amount(line, "retry_delay_ms") / 1000);
    }

    private void assistant(JsonNode line, Consumer<String> out) {
        boolean error = Json.says(line, "is_api_error_message") || Json.says(line, "error");
        JsonNode content = line.path("message").path("content");
        if (content.isString()) {
            text(content.asString(""), error ? "✗ " : "", out);
        }
        for (JsonNode part : content) {
            switch (Json.text(part, "type")) {
                case "text" -> text(Json.text(part, "text"), error ? "✗ " : "", out);
                case "thinking" -> {
                    String thought = firstLine(Json.text(part, "thinking"));
                    if (!thought.isEmpty()) {
                        out.accept("✻ " + summary(thought));
                    }
                }
                case "tool_use", "server_tool_use" -> out.accept(call(part));
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
                        answer(plain(part.path("content")), Json.flag(part, "is_error"), out);
                case "text" -> said(Json.text(part, "text"), out);
                default -> {}
            }
        }
    }

    private static void said(String text, Consumer<String> out) {
        String first = firstLine(text);
        if (!first.isEmpty()) {
            out.accept("› " + summary(first));
        }
    }

    /** A tool's answer: its first line and how many more there are. */
    private static void answer(String text, boolean error, Consumer<String> out) {
        long more = text.strip().lines().count() - 1;
        String first = summary(firstLine(text));
        out.accept(
                "  └ "
                        + (error ? "✗ " : "")
                        + (first.isEmpty() ? "(no output)" : first)
                        + (more > 0 ? " … (+" + more + (more == 1 ? " line)" : " lines)") : ""));
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

    private static String call(JsonNode part) {
        JsonNode input = part.path("input");
        String what = "";
        for (int i = 0; i < TELLING.size() && what.isEmpty(); i++) {
            what = Json.text(input, TELLING.get(i));
        }
        if (what.isEmpty()) {
            what = firstString(input);
        }
        String name = summary(Json.text(part, "name"));
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

    private static void limit(JsonNode info, Consumer<String> out) {
        String kind = summary(Json.text(info, "rateLimitType"));
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
            String text = summary(StreamJson.resultText(line));
            String reason = why.equals("success") ? "" : " (" + summary(why) + ")";
            String detail = text.isEmpty() ? "" : ": " + text;
            out.accept("✗ ended in error" + reason + detail + " [" + figures + denials + "]");
        } else {
            out.accept("✓ finished: " + figures + denials);
        }
    }

    private static void startUpFailure(JsonNode line, Consumer<String> out) {
        String reason = summary(Json.text(line, "startup_failure_reason"));
        if (!reason.isEmpty()) {
            out.accept("✗ could not start: " + reason);
        }
    }

    private static void text(String text, String mark, Consumer<String> out) {
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

    private static String firstLine(String text) {
        String stripped = text.strip();
        int end = stripped.indexOf('\n');
        return end < 0 ? stripped : stripped.substring(0, end);
    }

    /** One line of at most {@link #LONGEST_SUMMARY} characters; masked before it is cut. */
    private static String summary(String text) {
        String begin = PlainText.head(text, 20 * LONGEST_SUMMARY);
        return PlainText.cut(Secrets.mask(PlainText.oneLine(begin)), LONGEST_SUMMARY);
    }
}
