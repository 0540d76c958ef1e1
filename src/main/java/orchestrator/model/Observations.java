package orchestrator.model;

import java.util.Map;

/**
 * What was seen that the journal does not hold: how the live attempts look right now.
 *
 * @param attempts by attempt id; an attempt that was not looked at is absent
 */
public record Observations(Map<String, AttemptSight> attempts) {
    public static final Observations NONE = new Observations(Map.of());

    public Observations {
        attempts = Map.copyOf(attempts);
    }
}
