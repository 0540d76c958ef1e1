package orchestrator.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that is as many seconds ahead of another as a file says at each look, so that a test can
 * set it while the program runs.
 */
record ClockAhead(InstantSource clock, Path file) implements InstantSource {
    @Override
    public Instant instant() {
        try {
            return clock.instant().plusSeconds(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
