package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import orchestrator.model.WorkspaceConfig;

/** A workspace in a temporary folder, with a repository's folder beside it. */
record Lab(Path root) {
    static Lab in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("config/prompts"));
        Files.createDirectories(folder.resolve("repo"));
        return new Lab(folder);
    }

    Path configDir() {
        return root.resolve("config");
    }

    Path file(String project) {
        return configDir().resolve(project + "-issues.json");
    }

    /** A file whose text is exactly this. */
    Path write(String project, String text) throws IOException {
        return Files.writeString(file(project), text);
    }

    /** A project {@code a} in {@code repo/} with more members, each with a comma behind it. */
    Path project(String members) throws IOException {
        return project("a", members);
    }

    Path project(String name, String members) throws IOException {
        return write(
                name,
                """
                {
                %s
                "project": "%s", "repo_path": "../repo", "branch_prefix": "%s/issue-", "worktree_base": "../%s-trees"
                }
                """
                        .formatted(members, name, name, name));
    }

    Workspace workspace() {
        return Workspace.locate(
                Optional.of(root), Optional.empty(), Optional.empty(), Path.of("/"));
    }

    ConfigResult read() {
        return ConfigReader.read(workspace());
    }

    WorkspaceConfig valid() {
        ConfigResult result = read();
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config();
    }

    /** The problems, each without the folder's path. */
    List<String> problems() {
        ConfigResult result = read();
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        return ((ConfigResult.Invalid) result).problems().stream().map(this::relative).toList();
    }

    List<String> warnings() {
        return valid().warnings().stream().map(this::relative).toList();
    }

    String relative(String problem) {
        return problem.replace(configDir() + "/", "");
    }
}
