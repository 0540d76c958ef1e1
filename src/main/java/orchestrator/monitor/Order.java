package orchestrator.monitor;

import java.util.List;
import java.util.Optional;
import orchestrator.model.IssueId;

/**
 * Something people ask of the monitor, as it lies in the inbox. What it comes to, the monitor says:
 * it may refuse.
 *
 * @param name as the monitor knows it
 * @param arguments in the monitor's order
 * @param needsMonitor whether it means nothing to a monitor that begins later, because it is about
 *     what runs now
 */
public record Order(String name, List<String> arguments, boolean needsMonitor) {
    public Order {
        arguments = List.copyOf(arguments);
    }

    /** Launch nothing more until {@link #resume()}; what runs goes on. */
    public static Order pause(Optional<String> reason) {
        return new Order("pause", reason.stream().toList(), false);
    }

    /** Launch again. */
    public static Order resume() {
        return new Order("resume", List.of(), false);
    }

    /** End a worker's attempt and start the stage again. */
    public static Order restart(int worker) {
        return new Order("restart", List.of(Integer.toString(worker)), true);
    }

    /** End a worker's attempt; it keeps its issue and starts nothing until {@link #restart}. */
    public static Order stopWorker(int worker) {
        return new Order("stop-worker", List.of(Integer.toString(worker)), true);
    }

    /** Let a worker finish its stage and then start nothing until {@link #continueWorker}. */
    public static Order pauseWorker(int worker) {
        return new Order("pause-worker", List.of(Integer.toString(worker)), true);
    }

    /** Let a paused or stopped worker go on; what it runs is left alone. */
    public static Order continueWorker(int worker) {
        return new Order("continue-worker", List.of(Integer.toString(worker)), true);
    }

    /** Try a failed or parked issue once more; without one, every failed issue. */
    public static Order retry(Optional<IssueId> issue) {
        return new Order("retry", issue.map(IssueId::toString).stream().toList(), false);
    }

    /** Push an issue's branch now; without one, every branch with something to push. */
    public static Order push(Optional<IssueId> issue) {
        return new Order("push", issue.map(IssueId::toString).stream().toList(), false);
    }

    /** Take an issue for completed. */
    public static Order complete(IssueId issue) {
        return new Order("complete", List.of(issue.toString()), false);
    }

    /** Take an issue for failed. */
    public static Order fail(IssueId issue, String reason) {
        return new Order("fail", List.of(issue.toString(), reason), false);
    }

    /** Lay an issue aside until a person takes it up again. */
    public static Order park(IssueId issue, String reason) {
        return new Order("park", List.of(issue.toString(), reason), false);
    }
}
