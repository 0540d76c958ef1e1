package orchestrator.model;

import java.time.Duration;

/**
 * A check that a stage must pass before it counts as done: a shell command, run in the worktree
 * after the agent has finished well. Exit code 0 passes.
 *
 * @param command for {@code sh -c}, not blank; the user's own text, never an issue's
 * @param timeout after which it is ended and counts as not passed
 */
public record Gate(String command, Duration timeout) {
    /** How long a gate may take when the config says nothing: 30 minutes, as an attempt. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1800);
}
