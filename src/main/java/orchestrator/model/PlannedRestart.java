package orchestrator.model;

import java.time.Duration;
import java.time.Instant;

/** The next attempt of an issue's current stage, once its time has come. */
public record PlannedRestart(AttemptKind kind, RestartCause cause, String hint, Instant notBefore) {
    PlannedRestart setBack(Duration by) {
        return new PlannedRestart(kind, cause, hint, notBefore.minus(by));
    }
}
