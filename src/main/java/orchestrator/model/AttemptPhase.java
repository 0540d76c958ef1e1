package orchestrator.model;

/** How far the current attempt of an issue is. */
public enum AttemptPhase {
    /** Its start was decided; whether it runs is not yet known. */
    STARTING,
    RUNNING,
    /** It is being ended by us. */
    ENDING,
    /** It has ended, and what follows is not yet decided. */
    ENDED,
    /** What follows its end is decided. */
    SETTLED
}
