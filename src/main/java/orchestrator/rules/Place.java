package orchestrator.rules;

import java.util.List;
import java.util.Optional;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Issue;
import orchestrator.model.IssueState;
import orchestrator.model.Project;
import orchestrator.model.Stage;

/** Where an issue stands in a pipeline that may be edited while it is worked on. */
public final class Place {
    private Place() {}

    /**
     * The index of the stage the issue is at: what runs keeps its place; otherwise what follows the
     * last stage it has completed that the pipeline still has. What was put before that is not gone
     * back to.
     */
    static int index(Project project, Optional<Issue> definition, IssueState issue) {
        if (issue.retryStep().stage().isPresent()) {
            return 0;
        }
        Optional<Integer> running =
                issue.attempt()
                        .filter(current -> isUnsettled(issue))
                        .map(CurrentAttempt::attempt)
                        .map(attempt -> project.stageIndex(attempt.stage()))
                        .filter(index -> index >= 0);
        if (running.isPresent()) {
            return running.get();
        }
        List<String> done = issue.stagesDone();
        for (int i = done.size() - 1; i >= 0; i--) {
            int index = project.stageIndex(done.get(i));
            if (index >= 0) {
                return index + 1;
            }
        }
        int first = definition.flatMap(Issue::initialStage).map(project::stageIndex).orElse(0);
        return Math.max(0, first);
    }

    private static boolean isUnsettled(IssueState issue) {
        return issue.hasLiveAttempt() || issue.isIn(orchestrator.model.AttemptPhase.ENDED);
    }

    /** The stage that is run next, or runs; empty when the pipeline is done. */
    public static Optional<Stage> stage(Project project, IssueState issue) {
        Optional<Stage> step = issue.retryStep().stage();
        if (step.isPresent()) {
            return step;
        }
        return issue.stageIndex() < project.pipeline().size()
                ? Optional.of(project.pipeline().get(issue.stageIndex()))
                : Optional.empty();
    }
}
