package orchestrator.cli;

import java.util.List;
import orchestrator.model.Fault;
import orchestrator.model.Project;
import orchestrator.model.WorkspaceConfig;
import org.jspecify.annotations.Nullable;

/** Which project {@code --project} means. */
final class ProjectWord {
    private ProjectWord() {}

    /**
     * The project of that name, or the only one.
     *
     * @param name null: none was given
     * @throws Fault {@code wrong-use} when there is none of that name, or several and no name
     */
    static Project target(@Nullable String name, WorkspaceConfig config) {
        List<String> names = config.projects().stream().map(Project::name).toList();
        if (name == null && config.projects().size() > 1) {
            throw new Fault(
                    "wrong-use",
                    "There are several projects; say which with --project: " + names + ".");
        }
        return config.projects().stream()
                .filter(candidate -> name == null || candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                "wrong-use",
                                "There is no project '" + name + "'; there are " + names + "."));
    }
}
