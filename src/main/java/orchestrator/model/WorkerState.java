package orchestrator.model;

import java.util.Optional;

/**
 * A slot of the pool.
 *
 * @param number 1…N
 * @param window the tmux window it has, if it has one
 * @param issue what it holds
 * @param stopped a person stopped it: it keeps what it holds and starts nothing
 * @param launched whether it was given an attempt in this run; until then its start is staggered
 */
public record WorkerState(
        int number,
        Optional<WindowRef> window,
        Optional<IssueId> issue,
        boolean stopped,
        boolean launched) {
    /** A slot that nothing has happened to. */
    public static WorkerState fresh(int number) {
        return new WorkerState(number, Optional.empty(), Optional.empty(), false, false);
    }

    WorkerState withWindow(Optional<WindowRef> next) {
        return new WorkerState(number, next, issue, stopped, launched);
    }

    WorkerState withIssue(Optional<IssueId> next) {
        return new WorkerState(number, window, next, stopped, launched);
    }

    WorkerState withLaunched(boolean next) {
        return new WorkerState(number, window, issue, stopped, next);
    }

    WorkerState withStopped(boolean next) {
        return new WorkerState(number, window, issue, next, launched);
    }
}
