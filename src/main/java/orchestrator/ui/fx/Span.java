package orchestrator.ui.fx;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whole seconds between two moments, or none. Values for a table's column: they compare, and change
 * at most once a second.
 *
 * @param seconds 0 or more; −1: none
 */
public record Span(long seconds) implements Comparable<Span> {
    public static final Span NONE = new Span(-1);

    /** The span from {@code start} to {@code now}; none without a start. */
    public static Span since(Optional<Instant> start, Instant now) {
        return start.map(at -> new Span(Math.max(0, Duration.between(at, now).toSeconds())))
                .orElse(NONE);
    }

    /** True when there is one. */
    public boolean isPresent() {
        return seconds >= 0;
    }

    @Override
    public int compareTo(Span other) {
        return Long.compare(seconds, other.seconds);
    }
}
