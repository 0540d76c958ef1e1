package orchestrator.log;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an attempt leaves to be read, and how errors and calls of tools are told in it. */
@SuppressWarnings("ImmutableEnumChecker") // a query never changes: see there
public enum LogKind {
    /** What people read; the signs are those that an agent's adapter writes. */
    TRANSCRIPT(
            "^\\s*(?:└ )?✗ |^\\[DEADMAN\\] (?:FAILED|ERROR)",
            List.of("✗ ", "[DEADMAN] "),
            "^\\s*● ",
            List.of("● ")),
    /** What the agent printed: a JSON object a line. */
    STREAM(
            "\"is_error\": ?true|\"type\": ?\"error\"|\"subtype\": ?\"error",
            List.of("is_error\":true", "is_error\": true", "type\":\"error", "type\": \"error"),
            "\"type\": ?\"(?:server_)?tool_use\"",
            List.of("tool_use\"")),
    /** What the agent was told. */
    PROMPT("", List.of(), "", List.of()),
    /** What the agent complained of. */
    ERRORS(
            "(?i)\\b(?:error|fatal|panic|exception|failed)\\b",
            List.of("error", "fatal", "panic", "exception", "failed"),
            "",
            List.of());

    private final Optional<Pattern> error;
    private final Optional<LogQuery> errors;
    private final Optional<Pattern> tool;
    private final Optional<LogQuery> tools;

    /** An expression for each mark, and texts of which one is in whatever it matches. */
    LogKind(String error, List<String> errorSigns, String tool, List<String> toolSigns) {
        this.error = compiled(error);
        errors = this.error.map(it -> LogQuery.of(it, signs(error, errorSigns)));
        this.tool = compiled(tool);
        tools = this.tool.map(it -> LogQuery.of(it, signs(tool, toolSigns)));
    }

    private static Signs signs(String expression, List<String> texts) {
        return new Signs(texts, !expression.startsWith("(?i)"));
    }

    private static Optional<Pattern> compiled(String pattern) {
        return pattern.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(pattern));
    }

    /** What a line is, beside being a line. */
    public enum Mark {
        NONE,
        ERROR,
        TOOL
    }

    /** What a line is, as far as its shown text tells. */
    public Mark markOf(String text) {
        if (error.filter(sign -> sign.matcher(text).find()).isPresent()) {
            return Mark.ERROR;
        }
        return tool.filter(sign -> sign.matcher(text).find()).isPresent() ? Mark.TOOL : Mark.NONE;
    }

    /** Finds the lines with a mark; empty where there are none of it. */
    public Optional<LogQuery> query(Mark mark) {
        return switch (mark) {
            case NONE -> Optional.empty();
            case ERROR -> errors;
            case TOOL -> tools;
        };
    }
}
