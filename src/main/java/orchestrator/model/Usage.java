package orchestrator.model;

/**
 * What an attempt used, as the agent reports it.
 *
 * @param costUsd US dollars, the agent's own estimate
 */
public record Usage(
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheCreationTokens,
        double costUsd) {
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheReadTokens + other.cacheReadTokens,
                cacheCreationTokens + other.cacheCreationTokens,
                costUsd + other.costUsd);
    }

    /** What this has beyond another; never less than nothing. */
    public Usage minus(Usage other) {
        return new Usage(
                Math.max(0, inputTokens - other.inputTokens),
                Math.max(0, outputTokens - other.outputTokens),
                Math.max(0, cacheReadTokens - other.cacheReadTokens),
                Math.max(0, cacheCreationTokens - other.cacheCreationTokens),
                Math.max(0, costUsd - other.costUsd));
    }

    /** All tokens, cached ones included. */
    public long totalTokens() {
        return inputTokens + outputTokens + cacheReadTokens + cacheCreationTokens;
    }
}
