package orchestrator.ui.logview;

import orchestrator.model.IssueId;

/** Whose log a pane shows. */
sealed interface LogTarget {
    /** Of the worker that is chosen in the window, whichever that is. */
    record Chosen() implements LogTarget {}

    /** Of a worker, whatever it holds. */
    record OfWorker(int number) implements LogTarget {}

    /** Of an issue, whoever works on it. */
    record OfIssue(IssueId id) implements LogTarget {}
}
