package orchestrator.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One project's file as it stands in a rehearsal. What is not named here stays as it is. */
final class RehearsalText {
    /** Numbers come out as they went in. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final Project project;
    private final RehearsalConfig rehearsal;

    RehearsalText(Project project, RehearsalConfig rehearsal) {
        this.project = project;
        this.rehearsal = rehearsal;
    }

    /**
     * The text for a rehearsal.
     *
     * @param scenario how the agents go; empty: as the project's own says, or well
     */
    String of(String text, Optional<Path> scenario) {
        ObjectNode root = object(text);
        // Both lead to places of the user's, or would warn that they have no effect.
        root.remove("$schema");
        root.remove("state_dir");
        root.remove("open_pull_request");
        root.put("tmux_session", rehearsal.session());
        if (root.has("tmux_socket")) {
            rehearsal.settings().tmuxSocket().ifPresent(socket -> root.put("tmux_socket", socket));
        }
        agent(root, scenario);
        stages(root);
        repositories(root);
        if (!rehearsal.options().commands()) {
            root.remove("setup");
            root.remove("gate");
        }
        texts(root);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private ObjectNode object(String text) {
        try {
            String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
            if (MAPPER.readTree(json) instanceof ObjectNode root) {
                return root;
            }
        } catch (JacksonException e) {
            throw RehearsalConfig.changed(project);
        }
        throw RehearsalConfig.changed(project);
    }

    private void agent(ObjectNode root, Optional<Path> scenario) {
        ObjectNode agent = root.putObject("agent");
        agent.put("type", AgentReader.REHEARSAL);
        scenario.or(() -> project.agent().scenario().filter(_ -> isScripted()))
                .ifPresent(file -> agent.put("scenario", file.toString()));
    }

    private boolean isScripted() {
        return project.agent().type().equals(AgentReader.REHEARSAL);
    }

    /** The project's agent does all stages. */
    private void stages(ObjectNode root) {
        JsonNode pipeline = root.path("pipeline");
        for (JsonNode stage : pipeline) {
            if (stage instanceof ObjectNode described) {
                described.remove("agent");
                if (!rehearsal.options().commands()) {
                    described.remove("gate");
                }
            }
        }
    }

    private void repositories(ObjectNode root) {
        if (root.get("repos") instanceof ObjectNode repos) {
            for (Map.Entry<String, JsonNode> entry : repos.properties()) {
                if (!(entry.getValue() instanceof ObjectNode described)) {
                    throw RehearsalConfig.changed(project);
                }
                place(described, "path", named(entry.getKey()));
                if (!rehearsal.options().commands()) {
                    described.remove("setup");
                }
            }
            return;
        }
        Repo only = project.repos().values().iterator().next();
        // Without a name it would be called as the copy's folder is.
        root.put("repo", only.name());
        place(root, "repo_path", only);
    }

    private Repo named(String name) {
        Repo repo = project.repos().get(name);
        if (repo == null) {
            throw RehearsalConfig.changed(project);
        }
        return repo;
    }

    private void place(ObjectNode described, String path, Repo repo) {
        described.put(path, rehearsal.copyOf(repo).toString());
        described.put("worktree_base", rehearsal.worktreesOf(repo).toString());
        described.put("platform", Platform.NONE.word());
    }

    /** Issues whose text lies on the platform get it as far as it was fetched before. */
    private void texts(ObjectNode root) {
        for (JsonNode entry : root.path("issues")) {
            if (entry instanceof ObjectNode described && described.path("number").isInt()) {
                IssueId id = new IssueId(project.name(), described.path("number").intValue());
                project.issue(id.number())
                        .filter(this::isFetched)
                        .flatMap(_ -> rehearsal.options().texts().apply(id))
                        .ifPresent(text -> described.put("description", text));
            }
        }
    }

    private boolean isFetched(Issue issue) {
        return issue.description().isBlank() && project.repoOf(issue).platform() != Platform.NONE;
    }
}
