package orchestrator.model;

/** Why a stage is run again; each is counted by itself. */
public enum RestartCause {
    /** Ended in error, was killed, interrupted or vanished. */
    FAILED,
    /** Ended without having worked. */
    NO_WORK,
    /** Crashed before anything was done. */
    CRASHED_EMPTY,
    /** Finished well but left no commit where the stage must. */
    NO_COMMIT,
    /** The stage's gate did not pass. */
    GATE_FAILED,
    STALLED,
    SILENT_START,
    /** The account's limit. */
    USAGE_LIMIT,
    /** Overload or network. */
    ENVIRONMENT,
    /** Login, credit or agent configuration. */
    ACCOUNT,
    /** The agent's session could not be taken up again; a new one begins. */
    SESSION_LOST,
    /** The run or the worker was stopped and goes on. */
    RESUMED,
    /** The user asked. */
    USER;

    /** True when the restart speaks of something wrong with the issue's own work. */
    public boolean isFault() {
        return switch (this) {
            case FAILED, GATE_FAILED, NO_WORK, CRASHED_EMPTY, STALLED, SILENT_START -> true;
            case NO_COMMIT, USAGE_LIMIT, ENVIRONMENT, ACCOUNT, SESSION_LOST, RESUMED, USER -> false;
        };
    }
}
