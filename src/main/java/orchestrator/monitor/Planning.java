package orchestrator.monitor;

import java.util.List;
import java.util.Optional;
import orchestrator.config.IssueChange;
import orchestrator.config.IssueEntry;
import orchestrator.config.NewIssue;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.Move;
import orchestrator.rules.Outlook;
import orchestrator.rules.Preview;

/**
 * The plan of a workspace: what is to come, what a move would change of it, and the edits of the
 * projects' files. It works the same whoever holds the monitor, and when nobody does: the files are
 * edited, and whoever runs them reads them again. All methods block (on the disk; milliseconds),
 * are safe on any thread, and throw a {@link orchestrator.model.Fault}, {@code config-invalid}
 * first of all.
 */
public interface Planning {
    /** The planning of a workspace, whichever process holds its monitor. */
    static Planning of(RunContext context) {
        return new WorkspacePlanning(context);
    }

    /**
     * An edit that was made, as {@link #revert} needs it.
     *
     * @param issues what it was about
     * @param values what it changed
     * @param entry an issue that it put into a file or took out
     */
    record Change(List<IssueId> issues, List<IssueChange> values, Optional<IssueEntry> entry) {
        public Change {
            issues = List.copyOf(issues);
            values = List.copyOf(values);
        }

        /** One of values alone. */
        public Change(List<IssueId> issues, List<IssueChange> values) {
            this(issues, values, Optional.empty());
        }

        /** An issue that was put into a file, or taken out. */
        public static Change of(IssueEntry entry) {
            return new Change(List.of(entry.issue()), List.of(), Optional.of(entry));
        }

        /** Whether everything was as wanted already. */
        public boolean isEmpty() {
            return values.isEmpty() && entry.isEmpty();
        }
    }

    /** What the files say now. */
    WorkspaceConfig config();

    /** What is to come, by the newest files and the newest events. */
    Outlook outlook();

    /** What that move would change of it; nothing is written. */
    Preview preview(Move move);

    /**
     * Moves issues: one change of a file for all of them.
     *
     * @throws orchestrator.model.Fault {@code move-refused} when a dependency forbids it, and as
     *     {@link orchestrator.config.IssueEditor#set}; nothing was written then, unless it is
     *     {@code edit-half-done}
     */
    Change move(Move move);

    /**
     * Sets those values of an issue that differ.
     *
     * @param before the issue as it was when somebody began to edit it
     * @throws orchestrator.model.Fault {@code edit-overtaken} when one of them has become another
     *     one since, and as {@link #move}
     */
    Change edit(Issue before, Issue after);

    /**
     * Adds an issue at the end of a project's file.
     *
     * @throws orchestrator.model.Fault {@code project-unknown}, and as {@link
     *     orchestrator.config.ConfigEditor#addIssue}
     */
    Change add(String project, NewIssue issue);

    /**
     * Takes an edit back, or takes back that it was taken back.
     *
     * @return what takes it back in turn
     * @throws orchestrator.model.Fault {@code edit-overtaken} when somebody has edited the same
     *     values since, {@code issue-begun} when an issue that was added has been begun since;
     *     nothing was written then
     */
    Change revert(Change change);
}
