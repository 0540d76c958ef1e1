package orchestrator.ui.fx;

import orchestrator.model.IssueId;

/** Ways from anywhere in the window to what something is about. FX thread only. */
public interface Navigator {
    /** Shows the table with that worker chosen; nothing is chosen when there is none of it. */
    void showWorker(int worker);

    /** Shows the board with that issue's card chosen. */
    void showIssue(IssueId issue);

    /** Opens the log of an issue's attempt. */
    void showLog(IssueId issue, int attempt);

    /** Shows what an issue's branch holds beyond its base. */
    void showChanges(IssueId issue);

    /** Attaches to a worker: in a tab, or in the terminal program that the user prefers. */
    void attach(int worker);
}
