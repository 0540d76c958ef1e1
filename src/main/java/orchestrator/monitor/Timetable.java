package orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.AttemptSight;
import orchestrator.model.Event;
import orchestrator.model.Observations;
import orchestrator.model.Resources;

/**
 * When the monitor looks at what nothing announces, how old what it saw is, and whether the clock
 * it measures all that by was set back. The monitor thread only.
 */
final class Timetable {
    /** Between two looks at the live attempts' processes. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** What was seen longer ago says nothing of now (a look hangs, the machine slept). */
    private static final Duration SIGHT_LASTS = Duration.ofSeconds(10);

    private Instant newest;
    private Instant nextLook = Instant.EPOCH;
    private Instant nextSweep = Instant.EPOCH;
    private Observations seen = Observations.NONE;
    private Instant seenAt = Instant.EPOCH;

    /**
     * Everything is due.
     *
     * @param newest up to when time has certainly gone
     */
    Timetable(Instant newest) {
        this.newest = newest;
    }

    /**
     * Takes the time; when the clock was set back, by how much. Then what was seen is forgotten and
     * everything is due.
     */
    Optional<Duration> setBack(Instant now) {
        Duration back = Duration.between(now, newest);
        if (back.compareTo(Event.ClockSetBack.LEAST) < 0) {
            newest = now.isAfter(newest) ? now : newest;
            return Optional.empty();
        }
        newest = now;
        seenAt = Instant.EPOCH;
        nextLook = now;
        nextSweep = now;
        return Optional.of(back);
    }

    /** Whether a look is due; then the next is due in 2 s. */
    boolean lookIsDue(Instant now) {
        if (now.isBefore(nextLook)) {
            return false;
        }
        nextLook = now.plus(LOOK_EVERY);
        return true;
    }

    /** Whether a sweep is due; then the next is due after {@code interval}. */
    boolean sweepIsDue(Instant now, Duration interval) {
        if (now.isBefore(nextSweep)) {
            return false;
        }
        nextSweep = now.plus(interval);
        return true;
    }

    /** When the next of them is due. */
    Instant nextDue() {
        return nextLook.isBefore(nextSweep) ? nextLook : nextSweep;
    }

    /** What was seen by a look that began at that time. */
    void saw(Map<String, AttemptSight> attempts, Resources resources, Instant at) {
        seen = new Observations(attempts, Optional.of(resources), Optional.of(at));
        seenAt = at;
    }

    /** What was seen last, unless it is too old to decide by. */
    Observations sight(Instant now) {
        return seenAt.plus(SIGHT_LASTS).isBefore(now) ? Observations.NONE : seen;
    }
}
