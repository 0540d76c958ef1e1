package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest attempt of an issue and how far it is.
 *
 * @param finish its end, from {@link AttemptPhase#ENDED} on
 * @param endCause why we ended it, if we did
 * @param evidence what was seen that made us end it; or empty
 * @param extendedUntil its extended wall-clock limit, if it was extended
 */
public record CurrentAttempt(
        Attempt attempt,
        AttemptPhase phase,
        Optional<Finish> finish,
        Optional<EndCause> endCause,
        String evidence,
        Optional<Instant> extendedUntil) {
    static CurrentAttempt starting(Attempt attempt) {
        return new CurrentAttempt(
                attempt,
                AttemptPhase.STARTING,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    CurrentAttempt in(AttemptPhase next) {
        return new CurrentAttempt(attempt, next, finish, endCause, evidence, extendedUntil);
    }

    CurrentAttempt ending(EndCause cause, String seen) {
        return new CurrentAttempt(
                attempt, AttemptPhase.ENDING, finish, Optional.of(cause), seen, extendedUntil);
    }

    CurrentAttempt ended(Finish end) {
        return new CurrentAttempt(
                attempt, AttemptPhase.ENDED, Optional.of(end), endCause, evidence, extendedUntil);
    }

    CurrentAttempt extended(Instant until) {
        return new CurrentAttempt(attempt, phase, finish, endCause, evidence, Optional.of(until));
    }

    CurrentAttempt setBack(Duration by) {
        return new CurrentAttempt(
                attempt.setBack(by),
                phase,
                finish,
                endCause,
                evidence,
                extendedUntil.map(at -> at.minus(by)));
    }

    /** True while it may have processes. */
    public boolean isLive() {
        return switch (phase) {
            case STARTING, RUNNING, ENDING -> true;
            case ENDED, SETTLED -> false;
        };
    }
}
