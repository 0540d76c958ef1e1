package orchestrator.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One {@code *-issues.json}.
 *
 * @param configFile absolute path of the file it was read from
 * @param repos by name, at least one
 * @param pipeline at least one stage
 * @param initialAssignments worker number → issue number
 * @param openPullRequest whether a pull or merge request is opened after an issue's last stage
 * @param retryFailed whether a failed issue is tried once more by itself
 * @param onHold whether none of its issues is begun; what a worker holds goes on
 */
public record Project(
        String name,
        Path configFile,
        Map<String, Repo> repos,
        List<Stage> pipeline,
        ProjectContext context,
        Limits limits,
        AgentSettings agent,
        List<Issue> issues,
        Map<Integer, Integer> initialAssignments,
        boolean openPullRequest,
        boolean retryFailed,
        boolean onHold) {
    public Project {
        repos = Map.copyOf(repos);
        pipeline = List.copyOf(pipeline);
        issues = Issues.of(issues);
        initialAssignments = Map.copyOf(initialAssignments);
    }

    /** A project that opens no pull requests and tries failed issues once more: the default. */
    public Project(
            String name,
            Path configFile,
            Map<String, Repo> repos,
            List<Stage> pipeline,
            ProjectContext context,
            Limits limits,
            AgentSettings agent,
            List<Issue> issues,
            Map<Integer, Integer> initialAssignments) {
        this(
                name,
                configFile,
                repos,
                pipeline,
                context,
                limits,
                agent,
                issues,
                initialAssignments,
                false,
                true,
                false);
    }

    /** Who does a stage: its own agent, or else the project's. */
    public AgentSettings agentOf(String stage) {
        return pipeline.stream()
                .filter(it -> it.name().equals(stage))
                .findFirst()
                .flatMap(Stage::agent)
                .orElse(agent);
    }

    /** All agents that it may need, each once, its own first. */
    public List<AgentSettings> agents() {
        return Stream.concat(Stream.of(agent), pipeline.stream().flatMap(it -> it.agent().stream()))
                .distinct()
                .toList();
    }

    /** The same with another agent, and on hold or not. */
    public Project with(AgentSettings otherAgent, boolean held) {
        return new Project(
                name,
                configFile,
                repos,
                pipeline,
                context,
                limits,
                otherAgent,
                issues,
                initialAssignments,
                openPullRequest,
                retryFailed,
                held);
    }

    /** The same with other issues. */
    public Project with(List<Issue> others) {
        return new Project(
                name,
                configFile,
                repos,
                pipeline,
                context,
                limits,
                agent,
                others,
                initialAssignments,
                openPullRequest,
                retryFailed,
                onHold);
    }

    /** The issue with that number, if the project has it; in constant time. */
    public Optional<Issue> issue(int number) {
        return Issues.of(issues).numbered(number);
    }

    /** The repository an issue of this project is worked on in. */
    public Repo repoOf(Issue issue) {
        Repo repo = repos.get(issue.repo());
        if (repo == null) {
            throw new IllegalArgumentException(
                    issue.id() + " names the unknown repository " + issue.repo());
        }
        return repo;
    }

    /** The index of a stage in the pipeline, or -1. */
    public int stageIndex(String stage) {
        for (int i = 0; i < pipeline.size(); i++) {
            if (pipeline.get(i).name().equals(stage)) {
                return i;
            }
        }
        return -1;
    }
}
