package orchestrator.model;

import java.util.Optional;

/** How far the second try of a failed issue is, before its pipeline begins again. */
public enum RetryStep {
    /** No second try is being prepared. */
    NONE,
    /** The agent finds out why it failed. */
    ANALYZE,
    /** The agent looks for a way that will work. */
    EXPLORE;

    /** The stage that is run for it; empty for {@link #NONE}. */
    public Optional<Stage> stage() {
        return switch (this) {
            case NONE -> Optional.empty();
            case ANALYZE -> Optional.of(Stage.RETRY_ANALYZE);
            case EXPLORE -> Optional.of(Stage.RETRY_EXPLORE);
        };
    }

    RetryStep next() {
        return switch (this) {
            case ANALYZE -> EXPLORE;
            case EXPLORE, NONE -> NONE;
        };
    }
}
