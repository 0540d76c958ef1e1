package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether attempts may be launched.
 *
 * @param cause empty: they may
 * @param until when it opens by itself; empty with a cause: not by itself
 * @param probingSince it has opened after a limit then, and one worker probes before the rest;
 *     empty: nobody need probe
 * @param pauses pauses in a row for the environment, for the backoff
 * @param userPause the user's own pause, which stands beside any other, and why; empty: none
 */
public record LaunchGate(
        Optional<PauseCause> cause,
        Optional<Instant> until,
        String reason,
        Optional<Instant> probingSince,
        int pauses,
        Optional<String> userPause) {
    public static final LaunchGate OPEN =
            new LaunchGate(
                    Optional.empty(), Optional.empty(), "", Optional.empty(), 0, Optional.empty());

    /** True when nothing holds launches back, but perhaps a probe. */
    public boolean isOpen() {
        return cause.isEmpty() && userPause.isEmpty();
    }

    LaunchGate withUserPause(Optional<String> why) {
        return new LaunchGate(cause, until, reason, probingSince, pauses, why);
    }

    LaunchGate setBack(Duration by) {
        return new LaunchGate(
                cause,
                until.map(at -> at.minus(by)),
                reason,
                probingSince.map(at -> at.minus(by)),
                pauses,
                userPause);
    }

    /** True while one worker probes before the rest. */
    public boolean probing() {
        return probingSince.isPresent();
    }

    /** True when that attempt was begun to probe: others tell of the time before the limit. */
    public boolean isProbe(Attempt attempt) {
        return probingSince.isPresent() && !attempt.startedAt().isBefore(probingSince.get());
    }
}
