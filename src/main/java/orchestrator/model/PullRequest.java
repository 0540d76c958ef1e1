package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The pull request of an issue's branch.
 *
 * @param wanted it is to be opened
 * @param url where it is; empty: not open yet
 * @param inFlight it is being opened
 * @param failures in a row
 * @param notBefore when the next try is due
 * @param lastError empty when the last try went well
 */
public record PullRequest(
        boolean wanted,
        String url,
        boolean inFlight,
        int failures,
        Optional<Instant> notBefore,
        String lastError) {
    public static final PullRequest NONE =
            new PullRequest(false, "", false, 0, Optional.empty(), "");

    /** It is wanted and not open yet. */
    public boolean isOwed() {
        return wanted && url.isEmpty();
    }

    PullRequest want() {
        return new PullRequest(true, url, inFlight, 0, Optional.empty(), "");
    }

    PullRequest started() {
        return new PullRequest(wanted, url, true, failures, notBefore, lastError);
    }

    PullRequest opened(String where) {
        return new PullRequest(wanted, where, false, 0, Optional.empty(), "");
    }

    PullRequest failed(String error, Instant next) {
        return new PullRequest(wanted, url, false, failures + 1, Optional.of(next), error);
    }

    PullRequest setBack(Duration by) {
        return new PullRequest(
                wanted, url, inFlight, failures, notBefore.map(at -> at.minus(by)), lastError);
    }

    /** Nothing is in flight any more: the monitor that opened it has ended. */
    PullRequest settled() {
        return new PullRequest(wanted, url, false, failures, Optional.empty(), lastError);
    }
}
