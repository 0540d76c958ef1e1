package orchestrator.monitor.scripted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.RunContext;
import orchestrator.store.JournalReader;
import orchestrator.store.StateFolder;

/** A workspace in a temporary folder whose world is scripted; its files are real. */
public final class Rig {
    public final World world = new World();
    public final Path root;
    public final StateFolder state;

    public Rig(Path folder) throws IOException {
        root = folder;
        Files.createDirectories(root.resolve("config"));
        Files.createDirectories(root.resolve("repo"));
        Files.createDirectories(root.resolve("links"));
        state = StateFolder.create(root.resolve("state"));
    }

    public Path configFile() {
        return root.resolve("config/demo-issues.json");
    }

    /** Writes the project's file, with these members before the usual ones. */
    public Rig config(String members) throws IOException {
        Path half = root.resolve("half");
        Files.writeString(
                half,
                """
                {
                %s
                "project": "demo", "repo_path": "../repo", "branch_prefix": "demo/issue-",
                "worktree_base": "../trees", "stagger_delay": 0, "platform": "none"
                }
                """
                        .formatted(members));
        Files.move(
                half,
                configFile(),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** Members that define issues 1…n without dependencies, and a pipeline. */
    public static String issues(int count, int workers, String... stages) {
        StringBuilder text = new StringBuilder("\"issues\": [");
        for (int number = 1; number <= count; number++) {
            text.append(number == 1 ? "" : ", ")
                    .append("{\"number\": %d, \"title\": \"Issue %d\"}".formatted(number, number));
        }
        text.append("],\n\"num_workers\": ").append(workers).append(",\n\"pipeline\": [\"");
        return text.append(String.join("\", \"", stages)).append("\"],").toString();
    }

    public Workspace workspace() {
        return Workspace.locate(
                Optional.of(root), Optional.empty(), Optional.empty(), Path.of("/"));
    }

    public WorkspaceConfig config() {
        return switch (ConfigReader.read(workspace())) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid ->
                    throw new AssertionError(String.join("\n", invalid.problems()));
        };
    }

    public RunContext context() {
        return new RunContext(
                workspace(),
                state,
                "rig",
                world.ports(),
                List.of("/bin/true"),
                List.of(),
                root.resolve("links"),
                Map.of("PATH", "/usr/bin"),
                "test");
    }

    /** All that is in the journal, as another process reads it. */
    public List<TimedEvent> journal() {
        return new JournalReader(state.journal()).poll().events();
    }

    /** The fold of the journal. */
    public RunState folded() {
        return RunState.EMPTY.applyAll(journal());
    }
}
