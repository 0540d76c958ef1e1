package orchestrator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.model.AgentSettings;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.Limits;
import orchestrator.model.Project;
import orchestrator.model.ProjectContext;
import orchestrator.model.Repo;
import orchestrator.model.Stage;

/**
 * One file as read, with the places that later checks need. Parts that were reported as wrong are
 * left out or stand at their default.
 *
 * @param name of the project; a made-up one when the file gives no good one
 * @param repoNames every repository the file names, the faulty ones too
 */
record ProjectDraft(
        Source source,
        At<String> name,
        boolean named,
        Set<String> repoNames,
        List<RepoDraft> repos,
        List<Stage> pipeline,
        ProjectContext context,
        Limits limits,
        AgentSettings agent,
        List<IssueDraft> issues,
        Optional<Node.Obj> assignments,
        boolean openPullRequest,
        boolean retryFailed,
        boolean onHold,
        Shared shared) {
    /** A repository, where it begins, and where its path stands. */
    record RepoDraft(Repo repo, Node.Span pathSpan) {}

    /**
     * An issue, where its number stands, and its dependencies with their places.
     *
     * @param counted false when it has no number of its own, so that nothing can refer to it
     */
    record IssueDraft(
            Issue issue, boolean counted, Node.Span span, List<At<IssueId>> dependencies) {}

    /** What holds for the whole workspace, as far as this file states it. */
    record Shared(
            Optional<At<String>> tmuxSession,
            Optional<At<Integer>> workers,
            Optional<At<Duration>> cycleInterval,
            Optional<At<Duration>> staggerDelay,
            Optional<At<String>> tmuxSocket,
            Optional<At<Path>> stateDir,
            Optional<At<Double>> maxBudgetUsd,
            Optional<At<Integer>> minFreeDiskMb,
            Optional<At<Integer>> minFreeMemoryMb,
            Optional<At<Integer>> compressLogsAfter,
            Optional<At<Integer>> compressLogsAboveMb) {}

    Project project(Map<Integer, Integer> initialAssignments) {
        return new Project(
                name.value(),
                source.file(),
                repos.stream()
                        .map(RepoDraft::repo)
                        .collect(Collectors.toMap(Repo::name, repo -> repo)),
                pipeline,
                context,
                limits,
                agent,
                issues.stream().map(IssueDraft::issue).toList(),
                initialAssignments,
                openPullRequest,
                retryFailed,
                onHold);
    }
}
