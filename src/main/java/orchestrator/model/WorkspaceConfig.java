package orchestrator.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything the user defined, read and valid.
 *
 * @param root the workspace folder, absolute
 * @param configDir the folder the projects' files are in, absolute; holds {@code prompts/}
 * @param projects at least one, in the order of their files' names
 * @param warnings one sentence each, {@code file:line:column: …}
 */
public record WorkspaceConfig(
        Path root,
        Path configDir,
        Settings settings,
        List<Project> projects,
        List<String> warnings) {
    public WorkspaceConfig {
        projects = List.copyOf(projects);
        warnings = List.copyOf(warnings);
    }

    /** The same with other settings. */
    public WorkspaceConfig with(Settings next) {
        return new WorkspaceConfig(root, configDir, next, projects, warnings);
    }

    /** The project of that name, if there is one. */
    public Optional<Project> project(String name) {
        return projects.stream().filter(project -> project.name().equals(name)).findFirst();
    }

    /** The definition of an issue, if it (still) has one. */
    public Optional<Issue> issue(IssueId id) {
        return project(id.project()).flatMap(project -> project.issue(id.number()));
    }
}
