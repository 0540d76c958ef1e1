package orchestrator.monitor;

import java.util.List;
import orchestrator.config.IssueFields;
import orchestrator.config.NewIssue;
import orchestrator.model.Issue;
import orchestrator.model.Project;

/**
 * What an import would write, or has written.
 *
 * @param source the repository they come from, as {@code github.com/acme/shop}, or its folder
 * @param added in the order of their list
 * @param updated defined already, and worded otherwise by now
 * @param unchanged defined already, and left as they are
 * @param leftOut what was named and cannot be imported
 * @param notes what a person should know, a sentence each
 */
public record ImportPlan(
        Project project,
        String source,
        List<NewIssue> added,
        List<Updated> updated,
        List<Issue> unchanged,
        List<LeftOut> leftOut,
        List<String> notes) {
    public ImportPlan {
        added = List.copyOf(added);
        updated = List.copyOf(updated);
        unchanged = List.copyOf(unchanged);
        leftOut = List.copyOf(leftOut);
        notes = List.copyOf(notes);
    }

    /**
     * An issue that gets other words.
     *
     * @param title the one it has then
     */
    public record Updated(Issue issue, String title, IssueFields fields) {}

    /**
     * What is not imported.
     *
     * @param what as {@code acme/site#5}, or the words of a list's line
     * @param reason such as "of another repository"
     */
    public record LeftOut(String what, String reason) {}

    /** Whether nothing would be written. */
    public boolean isEmpty() {
        return added.isEmpty() && updated.isEmpty();
    }
}
