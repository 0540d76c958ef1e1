package orchestrator.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen that the journal does not hold: how the live attempts look right now.
 *
 * @param attempts by attempt id; an attempt that was not looked at is absent
 * @param resources what is free on the machine; empty: nobody looked
 * @param at when the look began; empty: just now. Nothing is known of what came after it
 */
public record Observations(
        Map<String, AttemptSight> attempts, Optional<Resources> resources, Optional<Instant> at) {
    public static final Observations NONE = new Observations(Map.of());

    public Observations {
        attempts = Map.copyOf(attempts);
    }

    /** Just now. */
    public Observations(Map<String, AttemptSight> attempts, Optional<Resources> resources) {
        this(attempts, resources, Optional.empty());
    }

    /** Only attempts. */
    public Observations(Map<String, AttemptSight> attempts) {
        this(attempts, Optional.empty(), Optional.empty());
    }
}
