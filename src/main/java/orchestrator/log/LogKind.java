package orchestrator.log;

import java.util.Optional;
import java.util.regex.Pattern;

/** What an attempt leaves to be read, and how errors and calls of tools are told in it. */
public enum LogKind {
    /** What people read; the signs are those that an agent's adapter writes. */
    TRANSCRIPT("^\\s*(?:└ )?✗ |^\\[DEADMAN\\] (?:FAILED|ERROR)", "^\\s*● "),
    /** What the agent printed: a JSON object a line. */
    STREAM(
            "\"is_error\":\\s?true|\"type\":\\s?\"error\"|\"subtype\":\\s?\"error",
            "\"type\":\\s?\"(?:server_)?tool_use\""),
    /** What the agent was told. */
    PROMPT("", ""),
    /** What the agent complained of. */
    ERRORS("(?i)\\b(?:error|fatal|panic|exception|failed)\\b", "");

    private final Optional<Pattern> error;
    private final Optional<Pattern> tool;

    LogKind(String error, String tool) {
        this.error = compiled(error);
        this.tool = compiled(tool);
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
            case ERROR -> error.map(LogQuery::of);
            case TOOL -> tool.map(LogQuery::of);
        };
    }

    /** Whether a transcript's line is neither the agent's nor a tool's, but one of ours. */
    public static boolean isOurs(String text) {
        return text.startsWith("[DEADMAN]") || text.startsWith("── ");
    }
}
