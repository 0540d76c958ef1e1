package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A failure of ours (not the agent's) that keeps an issue from being started.
 *
 * @param count failures in a row
 * @param notBefore when the next try is due
 * @param message of the last one; empty: none
 */
public record Trouble(int count, Optional<Instant> notBefore, String message) {
    public static final Trouble NONE = new Trouble(0, Optional.empty(), "");

    Trouble setBack(Duration by) {
        return new Trouble(count, notBefore.map(at -> at.minus(by)), message);
    }

    Trouble and(String next, Instant due) {
        return new Trouble(count + 1, Optional.of(due), next);
    }
}
