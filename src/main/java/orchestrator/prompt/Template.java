package orchestrator.prompt;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.model.Fault;

/**
 * A stage's template: what the stage asks for, with placeholders.
 *
 * @param source the file or resource it is from, for messages
 * @param firstLine the line of the source that the text begins at
 * @param text without its front matter
 * @param mustCommit what the front matter says of it; empty: nothing
 */
record Template(String source, int firstLine, String text, Optional<Boolean> mustCommit) {
    // A backslash before it makes it ordinary text.
    private static final Pattern PLACEHOLDER = Pattern.compile("(\\\\?)\\{\\{([^{}\\n]*+)\\}\\}");
    private static final Pattern FRONT_MATTER =
            Pattern.compile(
                    "\\A\\uFEFF?---[ \\t]*\\r?\\n(.*?\\n|)---[ \\t]*(?:\\r?\\n|\\z)",
                    Pattern.DOTALL);
    private static final Pattern MUST_COMMIT =
            Pattern.compile("(?m)^[ \\t]*must_commit[ \\t]*:[ \\t]*(.*?)[ \\t]*\\r?$");

    /** Reads a template, with or without front matter. */
    static Template parse(String source, String all) {
        Matcher front = FRONT_MATTER.matcher(all);
        if (!front.find()) {
            return new Template(source, 1, all, Optional.empty());
        }
        Matcher said = MUST_COMMIT.matcher(front.group(1));
        Optional<Boolean> mustCommit = Optional.empty();
        if (said.find()) {
            mustCommit =
                    switch (said.group(1)) {
                        case "true" -> Optional.of(true);
                        case "false" -> Optional.of(false);
                        default ->
                                throw new Fault(
                                        "template-invalid",
                                        "%s:%d: must_commit is neither true nor false; write one of them."
                                                .formatted(
                                                        source,
                                                        lineOf(
                                                                all,
                                                                front.start(1) + said.start(1),
                                                                1)));
                    };
        }
        return new Template(
                source, lineOf(all, front.end(), 1), all.substring(front.end()), mustCommit);
    }

    /**
     * The text with each placeholder replaced by its value, in one pass: what a value holds is
     * never looked at again.
     *
     * @throws Fault for a placeholder that has no value
     */
    String fill(Map<String, String> values) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String replacement;
            if (matcher.group(1).isEmpty()) {
                String value = values.get(matcher.group(2).strip());
                if (value == null) {
                    throw unknown(matcher, values);
                }
                replacement = value;
            } else {
                replacement = matcher.group().substring(1);
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(out).toString();
    }

    private Fault unknown(Matcher at, Map<String, String> values) {
        return new Fault(
                "template-invalid",
                "%s:%d: unknown placeholder %s; known are %s, and \\{{…}} stands for itself."
                        .formatted(
                                source,
                                lineOf(text, at.start(), firstLine),
                                at.group(),
                                String.join(", ", values.keySet().stream().sorted().toList())));
    }

    private static int lineOf(String text, int offset, int first) {
        return first + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
