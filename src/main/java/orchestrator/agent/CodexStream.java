package orchestrator.agent;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.log.PlainText;
import orchestrator.model.Usage;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@code codex exec --json} prints: a thread, its turn, and the turn's items as they
 * begin and end. Seen with 0.169.0 against a stand-in service: one turn a run, whose tokens are
 * told at its end; no cost, no model; a retry is an {@code error} that begins with "Reconnecting".
 */
final class CodexStream extends JsonLineStream {
    /** Calls whose end is still to come, of which only so many are remembered. */
    private static final int REMEMBERED = 256;

    private static final Pattern SHELL =
            Pattern.compile("\\S*/(?:ba|da|z|)sh -l?c '(.*)'", Pattern.DOTALL);

    private final Map<String, Boolean> begun =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private String threadId = "";
    private boolean worked;
    private int turns;
    private int retries;
    private Usage usage = Usage.NONE;
    private String lastWords = "";
    private String error = "";
    private Optional<StreamFacts.Result> result = Optional.empty();

    CodexStream() {
        super("");
    }

    @Override
    public StreamFacts facts() {
        return new StreamFacts(
                lines(),
                damaged(),
                threadId,
                "",
                worked,
                result,
                usage,
                false,
                Optional.empty(),
                retries,
                lastLine());
    }

    @Override
    void take(JsonNode line, Consumer<String> out) {
        switch (Json.text(line, "type")) {
            case "thread.started" -> {
                threadId = Wording.field(line, "thread_id");
                out.accept("── session " + Wording.summary(threadId));
            }
            // What was said before was not its last.
            case "turn.started" -> result = Optional.empty();
            case "item.started" -> item(line.path("item"), false, out);
            case "item.updated" -> {} // its end tells all of it
            case "item.completed" -> item(line.path("item"), true, out);
            case "turn.completed" -> completed(line, out);
            case "turn.failed" -> failed(Json.text(line.path("error"), "message"), out);
            case "error" -> error(Json.text(line, "message"), out);
            default -> {}
        }
    }

    private void item(JsonNode item, boolean ended, Consumer<String> out) {
        String type = Json.text(item, "type");
        worked |= !type.equals("error") && !type.isEmpty();
        switch (type) {
            case "agent_message" -> {
                if (ended) {
                    lastWords = Json.text(item, "text");
                    Wording.lines(lastWords, "", out);
                }
            }
            case "reasoning" -> {
                String thought = Wording.firstLine(Json.text(item, "text"));
                if (ended && !thought.isEmpty()) {
                    out.accept("✻ " + Wording.summary(thought.replace("**", "")));
                }
            }
            case "error" -> {
                if (ended) {
                    out.accept("! " + Wording.summary(Json.text(item, "message")));
                }
            }
            case "todo_list" -> {
                if (ended) {
                    out.accept(plan(item));
                }
            }
            default -> call(item, type, ended, out);
        }
    }

    /** What is told as it begins and as it ends, or only as it ends. */
    private void call(JsonNode item, String type, boolean ended, Consumer<String> out) {
        String id = Json.text(item, "id");
        if (!ended || begun.remove(id) == null) {
            out.accept(called(item, type));
        }
        if (!ended) {
            begun.put(id, true);
            return;
        }
        boolean bad = Json.text(item, "status").equals("failed") || Json.says(item, "error");
        switch (type) {
            case "command_execution" -> {
                Wording.answer(Json.text(item, "aggregated_output"), bad, out);
                if (bad && item.path("exit_code").isInt()) {
                    out.accept("  └ ✗ exit " + item.path("exit_code").asInt());
                }
            }
            case "mcp_tool_call" ->
                    Wording.answer(
                            bad
                                    ? Json.text(item.path("error"), "message")
                                    : answered(item.path("result").path("content")),
                            bad,
                            out);
            default -> {
                if (bad) {
                    Wording.answer("it failed", true, out);
                }
            }
        }
    }

    private static String called(JsonNode item, String type) {
        return switch (type) {
            case "command_execution" ->
                    "● Bash: " + Wording.summary(unwrapped(Json.text(item, "command")));
            case "file_change" -> "● Edit: " + Wording.summary(changes(item.path("changes")));
            case "mcp_tool_call" ->
                    Wording.call(
                            Json.text(item, "server") + "." + Json.text(item, "tool"),
                            item.path("arguments"));
            case "web_search" -> Wording.call("WebSearch", item);
            default -> Wording.call(type, item);
        };
    }

    /** What is run by a shell, without the shell. */
    private static String unwrapped(String command) {
        Matcher shell = SHELL.matcher(command);
        return shell.matches() ? shell.group(1).replace("'\\''", "'") : command;
    }

    private static String changes(JsonNode changes) {
        StringJoiner all = new StringJoiner(", ");
        for (JsonNode change : changes) {
            if (all.length() < 1_000) {
                String kind = Json.text(change, "kind");
                String said = kind.equals("update") || kind.isEmpty() ? "" : " (" + kind + ")";
                all.add(Json.text(change, "path") + said);
            }
        }
        return all.toString();
    }

    private static String answered(JsonNode content) {
        StringJoiner all = new StringJoiner("\n");
        for (JsonNode part : content) {
            String type = Json.text(part, "type");
            all.add(type.equals("text") ? Json.text(part, "text") : "(" + type + ")");
        }
        return all.toString();
    }

    private static String plan(JsonNode item) {
        int done = 0;
        String next = "";
        for (JsonNode step : item.path("items")) {
            if (Json.flag(step, "completed")) {
                done++;
            } else if (next.isEmpty()) {
                next = Json.text(step, "text");
            }
        }
        String then = next.isEmpty() ? "" : ", next: " + next;
        return "● Plan: "
                + Wording.summary(
                        "%d of %d done%s".formatted(done, item.path("items").size(), then));
    }

    private void completed(JsonNode line, Consumer<String> out) {
        turns++;
        Usage now = used(line.path("usage"));
        usage = usage.plus(now);
        out.accept(
                String.format(
                        Locale.ROOT,
                        "✓ finished: %d %s, %,d tokens",
                        turns,
                        turns == 1 ? "turn" : "turns",
                        usage.totalTokens()));
        end(false, "turn.completed", worked ? turns : 0, lastWords);
    }

    /** Of the input, what was read from the cache and written to it is counted apart. */
    private static Usage used(JsonNode told) {
        long read = Json.count(told, "cached_input_tokens");
        long written = Json.count(told, "cache_write_input_tokens");
        return new Usage(
                Math.max(0, Json.count(told, "input_tokens") - read - written),
                Json.count(told, "output_tokens"),
                read,
                written,
                0);
    }

    private void failed(String message, Consumer<String> out) {
        String why = message.isEmpty() ? error : message;
        out.accept("✗ ended in error: " + Wording.summary(why));
        end(true, "turn.failed", turns, why);
    }

    private void error(String message, Consumer<String> out) {
        if (message.startsWith("Reconnecting")) {
            retries++;
            out.accept("↻ " + Wording.summary(message));
        } else {
            // The turn's failure says the same again.
            error = PlainText.head(message, Wording.LONGEST_TEXT);
        }
    }

    private void end(boolean bad, String subtype, int count, String text) {
        result =
                Optional.of(
                        new StreamFacts.Result(
                                bad,
                                subtype,
                                "",
                                "",
                                Optional.empty(),
                                count,
                                0,
                                Wording.text(text)));
    }
}
