package orchestrator.model;

/**
 * The gate of the stage an issue is at.
 *
 * @param attemptId the attempt whose work it looks at
 * @param detail why it failed, with the end of what it printed; else empty
 */
public record GateRun(String attemptId, Phase phase, String detail) {
    /** How far it is. */
    public enum Phase {
        RUNNING,
        PASSED,
        FAILED
    }
}
