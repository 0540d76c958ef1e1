package orchestrator.model;

import java.time.Duration;

/**
 * How long and how often a project's attempts may go on.
 *
 * @param maxRetries restarts of one stage of one issue before it is given up, 0 or more
 * @param stallTimeout without a stream event, a change in the worktree or use of CPU
 * @param wallClockTimeout of one attempt
 * @param timings the waits that hardly anyone changes
 */
public record Limits(
        int maxRetries, Duration stallTimeout, Duration wallClockTimeout, Timings timings) {
    /** The playbook's: 3 retries, 900 s, 1800 s. */
    public static final Limits DEFAULT =
            new Limits(3, Duration.ofSeconds(900), Duration.ofSeconds(1800));

    /** With the usual timings. */
    public Limits(int maxRetries, Duration stallTimeout, Duration wallClockTimeout) {
        this(maxRetries, stallTimeout, wallClockTimeout, Timings.DEFAULT);
    }
}
