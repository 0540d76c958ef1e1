package orchestrator.model;

/** Why an attempt is ended by us. */
public enum EndCause {
    /** No sign of life for the stall timeout. */
    STALLED,
    /** Longer than the wall-clock timeout and not active. */
    OVERDUE,
    /** No output at all after the start. */
    SILENT_START,
    /** It gave its result and did not exit. The result counts. */
    LINGERING,
    /** The user restarts it. */
    USER_RESTART,
    /** The user stops the worker; the stage goes on when they say so. */
    USER_STOP,
    /** The user ended the issue while it ran. */
    ISSUE_CLOSED,
    /** The run is being stopped. */
    RUN_STOPPING
}
