package orchestrator.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest attempt of an issue and how far it is.
 *
 * @param finish its end, from {@link AttemptPhase#ENDED} on
 * @param endCause why we ended it, if we did
 * @param extendedUntil its extended wall-clock limit, if it was extended
 */
public record CurrentAttempt(
        Attempt attempt,
        AttemptPhase phase,
        Optional<Finish> finish,
        Optional<EndCause> endCause,
        Optional<Instant> extendedUntil) {
    static CurrentAttempt starting(Attempt attempt) {
        return new CurrentAttempt(
                attempt,
                AttemptPhase.STARTING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    CurrentAttempt in(AttemptPhase next) {
        return new CurrentAttempt(attempt, next, finish, endCause, extendedUntil);
    }

    CurrentAttempt ending(EndCause cause) {
        return new CurrentAttempt(
                attempt, AttemptPhase.ENDING, finish, Optional.of(cause), extendedUntil);
    }

    CurrentAttempt ended(Finish end) {
        return new CurrentAttempt(
                attempt, AttemptPhase.ENDED, Optional.of(end), endCause, extendedUntil);
    }

    CurrentAttempt extended(Instant until) {
        return new CurrentAttempt(attempt, phase, finish, endCause, Optional.of(until));
    }

    /** True while it may have processes. */
    public boolean isLive() {
        return switch (phase) {
            case STARTING, RUNNING, ENDING -> true;
            case ENDED, SETTLED -> false;
        };
    }
}
