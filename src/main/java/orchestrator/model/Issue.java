package orchestrator.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

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
 * @param exclusive names of what only one issue may use at a time, such as {@code staking.db}: two
 *     issues that share a name never run at once; iterates by name
 * @param branch the existing branch a review looks at; its own branch, with what it writes, starts
 *     from that. Present exactly when {@link #isReview()}
 * @param maxBudgetUsd what all attempts at it may cost together, in US dollars, above 0; empty: no
 *     limit
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
        Optional<String> initialStage,
        Set<String> exclusive,
        Optional<String> branch,
        OptionalDouble maxBudgetUsd) {
    /** The kind of work that looks at an existing branch instead of making one. */
    public static final String REVIEW = "review";

    /** The order in which issues are handed out: wave, priority, project, number. */
    public static final Comparator<Issue> ORDER =
            Comparator.comparingInt(Issue::wave)
                    .thenComparingInt(Issue::priority)
                    .thenComparing(Issue::id);

    public Issue {
        dependsOn = List.copyOf(dependsOn);
        exclusive = Collections.unmodifiableSet(new TreeSet<>(exclusive));
    }

    /** An issue that shares nothing, has a branch of its own and no budget. */
    public Issue(
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
        this(
                id,
                title,
                description,
                priority,
                dependsOn,
                wave,
                initialStatus,
                repo,
                taskType,
                initialStage,
                Set.of(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    /** Whether an existing branch is to be reviewed. */
    public boolean isReview() {
        return taskType.equals(REVIEW);
    }

    /** The same at another place of the plan. */
    public Issue placed(int otherWave, int otherPriority) {
        return new Issue(
                id,
                title,
                description,
                otherPriority,
                dependsOn,
                otherWave,
                initialStatus,
                repo,
                taskType,
                initialStage,
                exclusive,
                branch,
                maxBudgetUsd);
    }
}
