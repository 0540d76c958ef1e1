package orchestrator.model;

import java.util.List;
import java.util.Optional;

/**
 * An issue as the user defined it. What has become of it stands in {@link IssueState}.
 *
 * @param title one line, any text: data, never code
 * @param description the body, any text, may be empty
 * @param priority lower is sooner
 * @param dependsOn issues that must be completed first
 * @param wave an ordering number, lower first
 * @param initialStatus the status the file gives, used while the journal knows nothing of the issue
 * @param repo the name of the {@link Repo} it is worked on in
 * @param taskType a word that tells the kind of work, such as {@code review}; empty when not given
 * @param initialStage the stage the file starts it at, used while the journal knows nothing of it
 */
public record Issue(
        IssueId id,
        String title,
        String description,
        int priority,
        List<IssueId> dependsOn,
        int wave,
        IssueStatus initialStatus,
        String repo,
        String taskType,
        Optional<String> initialStage) {
    public Issue {
        dependsOn = List.copyOf(dependsOn);
    }
}
