package orchestrator.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code *-issues.json}.
 *
 * @param configFile absolute path of the file it was read from
 * @param repos by name, at least one
 * @param pipeline at least one stage
 * @param initialAssignments worker number → issue number
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
        Map<Integer, Integer> initialAssignments) {
    public Project {
        repos = Map.copyOf(repos);
        pipeline = List.copyOf(pipeline);
        issues = List.copyOf(issues);
        initialAssignments = Map.copyOf(initialAssignments);
    }

    /** The issue with that number, if the project has it. */
    public Optional<Issue> issue(int number) {
        return issues.stream().filter(issue -> issue.id().number() == number).findFirst();
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
