package orchestrator.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether attempts may be launched.
 *
 * @param cause empty: they may
 * @param until when it opens by itself; empty with a cause: not by itself
 * @param probing it has opened after a limit and one worker probes before the rest
 * @param pauses pauses in a row for the environment, for the backoff
 */
public record LaunchGate(
        Optional<PauseCause> cause,
        Optional<Instant> until,
        String reason,
        boolean probing,
        int pauses) {
    public static final LaunchGate OPEN =
            new LaunchGate(Optional.empty(), Optional.empty(), "", false, 0);
}
