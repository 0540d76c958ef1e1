package orchestrator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import orchestrator.model.Fault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes what is chosen at a launch into the project files. Blocks; safe on any thread; each change
 * is made as {@link ConfigEditor} makes it.
 */
public final class LaunchEditor {
    private static final String BUDGET = "max_budget_usd";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Workspace workspace;
    private final FileEdit files;

    /** An editor of a workspace's files. */
    public LaunchEditor(Workspace workspace) {
        this.workspace = workspace;
        files = new FileEdit(workspace);
    }

    /**
     * Sets the size of the pool: where it is stated, else in the first file.
     *
     * @throws Fault as {@link ConfigEditor#addIssue}
     */
    public void setWorkers(int workers) {
        setShared("num_workers", JSON.numberNode(workers));
    }

    /**
     * Sets what the run may cost, in US dollars; empty: no limit.
     *
     * @throws Fault as {@link ConfigEditor#addIssue}
     */
    public void setBudget(OptionalDouble dollars) {
        if (dollars.isPresent()) {
            setShared(BUDGET, JSON.numberNode(dollars.getAsDouble()));
        } else {
            // The first file that states it holds for all: each must leave it out.
            for (Path file : workspace.files()) {
                files.edit(file, (text, root) -> new IssueText(text, root).remove(root, BUDGET));
            }
        }
    }

    /**
     * Lays a project aside, or takes it up again.
     *
     * @throws Fault as {@link ConfigEditor#addIssue}
     */
    public void setOnHold(Path file, boolean held) {
        files.edit(
                file,
                (text, root) ->
                        new IssueText(text, root).set(root, "on_hold", JSON.booleanNode(held)));
    }

    /**
     * Has a project use an agent of another type.
     *
     * @throws Fault as {@link ConfigEditor#addIssue}
     */
    public void setAgent(Path file, String type) {
        files.edit(
                file,
                (text, root) -> {
                    Optional<Node.Obj> detailed =
                            root.member("agent")
                                    .map(Node.Member::value)
                                    .filter(Node.Obj.class::isInstance)
                                    .map(Node.Obj.class::cast);
                    return new IssueText(text, root)
                            .set(
                                    detailed.orElse(root),
                                    detailed.isPresent() ? "type" : "agent",
                                    JSON.stringNode(type));
                });
    }

    /** Of several files that state what holds for all, the first counts. */
    private void setShared(String key, JsonNode value) {
        Path place =
                workspace.files().stream()
                        .filter(file -> states(file, key))
                        .findFirst()
                        .orElse(workspace.files().getFirst());
        files.edit(place, (text, root) -> new IssueText(text, root).set(root, key, value));
    }

    private static boolean states(Path file, String key) {
        try {
            return JsonTree.parse(FileText.decode(Files.readAllBytes(file)))
                            instanceof Node.Obj root
                    && root.member(key).isPresent();
        } catch (IOException | BadJson e) {
            // What is wrong with the file is told by the edit, which reads it again.
            return false;
        }
    }
}
