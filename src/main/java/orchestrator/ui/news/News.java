package orchestrator.ui.news;

import java.time.Instant;
import java.util.Optional;
import orchestrator.model.IssueId;

/**
 * Something worth being told of.
 *
 * @param issue that it is about; empty: the run
 * @param what the issue's title, or the reason; may be empty
 */
record News(Instant at, Kind kind, Optional<IssueId> issue, String what) {
    /** What happened. */
    enum Kind {
        COMPLETED,
        FAILED,
        PARKED,
        LIMIT,
        RUN_DONE
    }
}
