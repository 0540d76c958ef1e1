package orchestrator.model;

/** What an attempt begins with. */
public enum AttemptKind {
    /** The stage's prompt alone. */
    FIRST,
    /** The stage's prompt and a summary of the progress so far. */
    CONTINUE,
    /** The agent's last session goes on, if the agent can; otherwise as {@link #CONTINUE}. */
    RESUME,
    /** The stage's prompt alone again, after a crash that continuing might repeat. */
    FRESH
}
