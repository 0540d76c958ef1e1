package orchestrator.agent;

import java.time.Instant;
import java.util.Optional;
import orchestrator.model.Usage;

/**
 * What a stream has said so far.
 *
 * @param lines complete lines read
 * @param damaged lines that were not JSON, or were too long to be read whole
 * @param sessionId empty: not yet said
 * @param model empty: not yet said
 * @param worked the agent said or did anything itself (an assistant line that is not an API error)
 * @param result the last result; empty: none yet, or the agent has taken up work again since (a
 *     background task woke it)
 * @param usage as last known: the result's, else the sum of the messages'
 * @param limitResetsAt from the last rejected rate-limit event
 * @param apiRetries retries the agent reported
 * @param lastLine the newest readable line
 */
public record StreamFacts(
        long lines,
        long damaged,
        String sessionId,
        String model,
        boolean worked,
        Optional<Result> result,
        Usage usage,
        boolean limitRejected,
        Optional<Instant> limitResetsAt,
        int apiRetries,
        String lastLine) {
    public static final StreamFacts NONE =
            new StreamFacts(
                    0,
                    0,
                    "",
                    "",
                    false,
                    Optional.empty(),
                    Usage.NONE,
                    false,
                    Optional.empty(),
                    0,
                    "");

    /**
     * A {@code result} line. Strings are empty when absent.
     *
     * @param text what it says, cut at 8,000 characters
     */
    public record Result(
            boolean error,
            String subtype,
            String terminalReason,
            String apiError,
            Optional<Integer> apiErrorStatus,
            int turns,
            int permissionDenials,
            String text) {}
}
