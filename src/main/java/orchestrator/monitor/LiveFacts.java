package orchestrator.monitor;

import java.time.Instant;
import java.util.Optional;
import orchestrator.model.Usage;

/**
 * What is shown of a live attempt beyond the journal.
 *
 * @param begun it was seen running
 */
record LiveFacts(
        String attemptId,
        boolean begun,
        Optional<Instant> lastActivity,
        Usage usage,
        String lastLine) {
    static LiveFacts of(LiveAttempt live) {
        return new LiveFacts(
                live.attempt().id(),
                live.wasSeenRunning(),
                Optional.of(live.lastActivity()),
                live.facts().usage(),
                live.facts().lastLine());
    }
}
