package orchestrator.model;

import java.util.Map;
import java.util.Optional;

/**
 * What was seen that the journal does not hold: how the live attempts look right now.
 *
 * @param attempts by attempt id; an attempt that was not looked at is absent
 * @param resources what is free on the machine; empty: nobody looked
 */
public record Observations(Map<String, AttemptSight> attempts, Optional<Resources> resources) {
    public static final Observations NONE = new Observations(Map.of());

    public Observations {
        attempts = Map.copyOf(attempts);
    }

    /** Only attempts. */
    public Observations(Map<String, AttemptSight> attempts) {
        this(attempts, Optional.empty());
    }
}
