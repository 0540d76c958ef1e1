package orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * How long each part of something took, one after the other, for the diagnostics and the
 * benchmarks. One thread at a time.
 */
final class Laps {
    private final InstantSource clock;
    private final StringBuilder words = new StringBuilder();
    private Instant last;

    /** Begins now. */
    Laps(InstantSource clock) {
        this.clock = clock;
        last = clock.instant();
    }

    /** Ends a part; the next begins. */
    void lap(String part) {
        Instant now = clock.instant();
        double ms = Duration.between(last, now).toNanos() / 1e6;
        words.append(String.format(Locale.ROOT, " %s=%.0f", part, ms));
        last = now;
    }

    /** The parts so far: {@code part=milliseconds}, each after a space. */
    @Override
    public String toString() {
        return words.toString();
    }
}
