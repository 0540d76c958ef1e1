package orchestrator.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;

/**
 * An issue to be added to a project's file. What is empty is not written, so that the defaults
 * hold.
 *
 * @param number 1 or more, not yet in the project
 * @param title any text
 * @param description any text, may be empty
 * @param repo needed when the project has several repositories
 * @param taskType may be empty
 * @param branch the existing branch a review works on; only for the task type {@code review}
 * @param exclusive names of what only one issue may use at a time
 * @param status what it begins as: {@link IssueStatus#COMPLETED} when it was done elsewhere
 */
public record NewIssue(
        int number,
        String title,
        String description,
        OptionalInt wave,
        OptionalInt priority,
        List<IssueId> dependsOn,
        Optional<String> repo,
        String taskType,
        Optional<String> branch,
        List<String> exclusive,
        IssueStatus status) {
    public NewIssue {
        dependsOn = List.copyOf(dependsOn);
        exclusive = List.copyOf(exclusive);
    }

    /** An issue that is still to be worked on. */
    public NewIssue(
            int number,
            String title,
            String description,
            OptionalInt wave,
            OptionalInt priority,
            List<IssueId> dependsOn,
            Optional<String> repo,
            String taskType,
            Optional<String> branch,
            List<String> exclusive) {
        this(
                number,
                title,
                description,
                wave,
                priority,
                dependsOn,
                repo,
                taskType,
                branch,
                exclusive,
                IssueStatus.PENDING);
    }

    /** An issue of which only number and title are known. */
    public static NewIssue of(int number, String title) {
        return new NewIssue(
                number,
                title,
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                "",
                Optional.empty(),
                List.of());
    }
}
