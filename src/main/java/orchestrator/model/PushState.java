package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What of an issue's branch is on the remote.
 *
 * @param wanted the commit that should be there; empty: none
 * @param pushed the commit last pushed; empty: none
 * @param inFlight a push is going on
 * @param failures in a row
 * @param notBefore when the next try is due
 * @param lastError empty when the last try went well
 */
public record PushState(
        String wanted,
        String pushed,
        boolean inFlight,
        int failures,
        Optional<Instant> notBefore,
        String lastError) {
    public static final PushState NONE = new PushState("", "", false, 0, Optional.empty(), "");

    /** True when something remains to be pushed. */
    public boolean isOpen() {
        return !wanted.equals(pushed);
    }

    public PushState want(String commit) {
        return new PushState(commit, pushed, inFlight, failures, notBefore, lastError);
    }

    /** Whatever wait was set is over. */
    PushState now() {
        return new PushState(wanted, pushed, inFlight, failures, Optional.empty(), lastError);
    }

    public PushState started() {
        return new PushState(wanted, pushed, true, failures, notBefore, lastError);
    }

    public PushState done(String commit) {
        return new PushState(wanted, commit, false, 0, Optional.empty(), "");
    }

    public PushState failed(String error, Instant next) {
        return new PushState(wanted, pushed, false, failures + 1, Optional.of(next), error);
    }

    PushState setBack(Duration by) {
        return new PushState(
                wanted, pushed, inFlight, failures, notBefore.map(at -> at.minus(by)), lastError);
    }

    /** Nothing is wanted on the remote. */
    public PushState dropped() {
        return new PushState(pushed, pushed, false, 0, Optional.empty(), lastError);
    }
}
