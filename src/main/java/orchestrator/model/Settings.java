package orchestrator.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What holds for the whole workspace, whatever the number of projects.
 *
 * @param tmuxSession the session's name, {@code [A-Za-z0-9_-]+}
 * @param workers the size of the pool, 1 or more
 * @param cycleInterval between two sweeps that look at everything
 * @param staggerDelay between the first launches of a run
 * @param tmuxSocket name for {@code tmux -L}, or a path (with a slash) for {@code tmux -S}; empty:
 *     the user's own server
 * @param stateDir absolute
 * @param maxBudgetUsd what all attempts of the run may cost together, in US dollars, above 0;
 *     empty: no limit
 * @param floors what must be left of disk and memory
 * @param logs when logs are compressed
 */
public record Settings(
        String tmuxSession,
        int workers,
        Duration cycleInterval,
        Duration staggerDelay,
        Optional<String> tmuxSocket,
        Path stateDir,
        OptionalDouble maxBudgetUsd,
        Floors floors,
        LogKeeping logs) {
    /** Settings without a budget, with the usual floors. */
    public Settings(
            String tmuxSession,
            int workers,
            Duration cycleInterval,
            Duration staggerDelay,
            Optional<String> tmuxSocket,
            Path stateDir) {
        this(
                tmuxSession,
                workers,
                cycleInterval,
                staggerDelay,
                tmuxSocket,
                stateDir,
                OptionalDouble.empty(),
                Floors.DEFAULT,
                LogKeeping.DEFAULT);
    }

    /** The same with another pool and another budget. */
    public Settings with(int otherWorkers, OptionalDouble otherBudgetUsd) {
        return new Settings(
                tmuxSession,
                otherWorkers,
                cycleInterval,
                staggerDelay,
                tmuxSocket,
                stateDir,
                otherBudgetUsd,
                floors,
                logs);
    }

    /** Another's, as far as a run that goes on can take them: session and places stay. */
    public Settings sameRun(Settings next) {
        return new Settings(
                tmuxSession,
                next.workers,
                next.cycleInterval,
                next.staggerDelay,
                tmuxSocket,
                stateDir,
                next.maxBudgetUsd,
                next.floors,
                next.logs);
    }
}
