package orchestrator.monitor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import orchestrator.config.LaunchEditor;
import orchestrator.model.AgentSettings;
import orchestrator.model.Project;
import orchestrator.model.Settings;
import orchestrator.model.WorkspaceConfig;

/**
 * What a person may choose as they launch. It is kept in the project files, where everything else
 * stands: so a monitor that comes later finds it, and so does whoever reads the files.
 *
 * @param workers the size of the pool, 1 or more
 * @param budgetUsd what the run may cost, above 0; empty: no limit
 * @param projects by name, in the order of their files
 */
public record LaunchChoices(
        int workers, OptionalDouble budgetUsd, Map<String, OfProject> projects) {
    /**
     * Of one project.
     *
     * @param takesPart whether its issues are begun; what a worker holds goes on in any case
     * @param agent the agent's type
     */
    public record OfProject(boolean takesPart, String agent) {}

    public LaunchChoices {
        projects = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(projects));
    }

    /** What the files say. */
    public static LaunchChoices of(WorkspaceConfig config) {
        Map<String, OfProject> projects = new LinkedHashMap<>();
        for (Project project : config.projects()) {
            projects.put(project.name(), new OfProject(!project.onHold(), project.agent().type()));
        }
        return new LaunchChoices(
                config.settings().workers(), config.settings().maxBudgetUsd(), projects);
    }

    /** The configuration as it would be with these choices. */
    WorkspaceConfig in(WorkspaceConfig config) {
        Settings settings = config.settings().with(workers, budgetUsd);
        List<Project> chosen =
                config.projects().stream().map(project -> in(project, projects)).toList();
        return new WorkspaceConfig(
                config.root(), config.configDir(), settings, chosen, config.warnings());
    }

    private static Project in(Project project, Map<String, OfProject> projects) {
        OfProject choice = projects.get(project.name());
        if (choice == null) {
            return project;
        }
        AgentSettings agent = project.agent();
        return project.with(
                agent.type().equals(choice.agent()) ? agent : agent.ofType(choice.agent()),
                !choice.takesPart());
    }

    /**
     * Writes what differs from the files into them.
     *
     * @throws orchestrator.model.Fault as {@link LaunchEditor#setWorkers}; what was written before
     *     stays, and is what the files then say
     */
    void keep(LaunchEditor editor, WorkspaceConfig config) {
        LaunchChoices stated = of(config);
        if (workers != stated.workers()) {
            editor.setWorkers(workers);
        }
        if (!budgetUsd.equals(stated.budgetUsd())) {
            editor.setBudget(budgetUsd);
        }
        for (Project project : config.projects()) {
            OfProject now = stated.projects().get(project.name());
            OfProject wanted = projects.get(project.name());
            if (wanted == null || now == null || wanted.equals(now)) {
                continue;
            }
            if (wanted.takesPart() != now.takesPart()) {
                editor.setOnHold(project.configFile(), !wanted.takesPart());
            }
            if (!wanted.agent().equals(now.agent())) {
                editor.setAgent(project.configFile(), wanted.agent());
            }
        }
    }
}
