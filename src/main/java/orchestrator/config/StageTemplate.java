package orchestrator.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A stage's template as a user wrote it, {@code config/prompts/<stage>.md}. It may begin with front
 * matter:
 *
 * <pre>
 * ---
 * must_commit: true
 * ---
 * </pre>
 *
 * @param mustCommit what the front matter says; empty: nothing
 * @param text the template behind the front matter
 * @param faults line number → what is wrong there
 */
public record StageTemplate(
        Optional<Boolean> mustCommit, String text, Map<Integer, String> faults) {
    private static final String FENCE = "---";
    private static final String MUST_COMMIT = "must_commit";

    public StageTemplate {
        faults = Map.copyOf(faults);
    }

    /** Splits a template's text. Never fails: what is wrong stands in {@link #faults()}. */
    public static StageTemplate parse(String file) {
        String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        String[] lines = text.split("\n", -1);
        if (!lines[0].stripTrailing().equals(FENCE)) {
            return new StageTemplate(Optional.empty(), text, Map.of());
        }
        Optional<Boolean> mustCommit = Optional.empty();
        Map<Integer, String> faults = new TreeMap<>();
        int offset = lines[0].length() + 1;
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].strip();
            offset += lines[i].length() + 1;
            if (line.equals(FENCE)) {
                String rest = offset <= text.length() ? text.substring(offset) : "";
                return new StageTemplate(mustCommit, rest, faults);
            }
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Optional<Boolean> said = mustCommit(line);
            if (said.isEmpty()) {
                faults.put(
                        i + 1,
                        "the front matter says "
                                + Quoted.of(line)
                                + "; it may only say must_commit: true or must_commit: false");
            }
            mustCommit = said.or(() -> Optional.of(false));
        }
        return new StageTemplate(
                Optional.empty(),
                text,
                Map.of(1, "the front matter is not closed; end it with a line ---"));
    }

    private static Optional<Boolean> mustCommit(String line) {
        String[] parts = line.split(":", 2);
        if (parts.length < 2 || !parts[0].strip().equals(MUST_COMMIT)) {
            return Optional.empty();
        }
        return switch (parts[1].strip()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
