package orchestrator.model;

/** What a look at a process or a pane found. A look that failed is never taken for a death. */
public enum Liveness {
    ALIVE,
    GONE,
    /** The look itself failed. */
    UNKNOWN
}
