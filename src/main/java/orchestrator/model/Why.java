package orchestrator.model;

import java.util.List;

/**
 * What a decision rests on.
 *
 * @param rule the row of the decision table, such as {@code stalled}
 * @param facts what was seen, a phrase each, such as {@code no output for 903 s}
 */
public record Why(String rule, List<String> facts) {
    public Why {
        facts = List.copyOf(facts);
    }

    public static Why of(String rule, String... facts) {
        return new Why(rule, List.of(facts));
    }

    /** One sentence: the rule, then the facts. */
    public String sentence() {
        return facts.isEmpty() ? rule : rule + ": " + String.join(", ", facts);
    }
}
