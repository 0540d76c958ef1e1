package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a look at a live attempt found.
 *
 * @param process the script's process
 * @param lastOutput when the stream last grew
 * @param lastWorktreeChange when a file in the worktree last changed
 * @param lastCpu when the process tree was last seen to have used CPU
 * @param cpu the tree's CPU time so far
 * @param worked the agent has said or done something itself
 * @param resultSeen when the agent's result was read; empty: none yet
 */
public record AttemptSight(
        Liveness process,
        Optional<Instant> lastOutput,
        Optional<Instant> lastWorktreeChange,
        Optional<Instant> lastCpu,
        Duration cpu,
        boolean worked,
        Optional<Instant> resultSeen) {}
