package orchestrator.model;

import java.util.Optional;

/**
 * A slot of the pool.
 *
 * @param number 1…N
 * @param window the tmux window it has, if it has one
 * @param issue what it holds
 * @param launched whether it was given an attempt in this run; until then its start is staggered
 */
public record WorkerState(
        int number, Optional<WindowRef> window, Optional<IssueId> issue, boolean launched) {
    /** A slot that nothing has happened to. */
    public static WorkerState fresh(int number) {
        return new WorkerState(number, Optional.empty(), Optional.empty(), false);
    }

    WorkerState withWindow(Optional<WindowRef> next) {
        return new WorkerState(number, next, issue, launched);
    }

    WorkerState withIssue(Optional<IssueId> next) {
        return new WorkerState(number, window, next, launched);
    }

    WorkerState withLaunched(boolean next) {
        return new WorkerState(number, window, issue, next);
    }
}
