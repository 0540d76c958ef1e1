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
        projects = Projects.of(projects);
        warnings = List.copyOf(warnings);
    }

    /** The same with other settings. */
    public WorkspaceConfig with(Settings next) {
        return new WorkspaceConfig(root, configDir, next, projects, warnings);
    }

    /** The same with other projects. */
    public WorkspaceConfig with(List<Project> others) {
        return new WorkspaceConfig(root, configDir, settings, others, warnings);
    }

    /** The project of that name, if there is one; in constant time. */
    public Optional<Project> project(String name) {
        return Projects.of(projects).named(name);
    }

    /** All issues of all projects by {@link Issue#ORDER}; made once, so it costs nothing to ask. */
    public List<Issue> ordered() {
        return Projects.of(projects).ordered();
    }

    /** The definition of an issue, if it (still) has one; in constant time. */
    public Optional<Issue> issue(IssueId id) {
        return project(id.project()).flatMap(project -> project.issue(id.number()));
    }
}
