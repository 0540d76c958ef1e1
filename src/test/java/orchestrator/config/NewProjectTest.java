package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import orchestrator.config.NewProject.Titled;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewProjectTest {
    @TempDir Path folder;
    private Path repository = Path.of("/");
    private Path workspace = Path.of("/");

    @BeforeEach
    void makeRepository() throws IOException {
        repository = Files.createDirectories(folder.resolve("my shop"));
        workspace = folder.resolve("shop-run");
    }

    private NewProject project(String name, List<Titled> issues) {
        return new NewProject(
                workspace,
                name,
                repository,
                "main",
                name + "/issue-",
                Platform.GITHUB,
                "Go",
                "go build ./...",
                "",
                "claude",
                3,
                issues);
    }

    private WorkspaceConfig read() {
        Workspace found =
                Workspace.locate(
                        Optional.of(workspace), Optional.empty(), Optional.empty(), folder);
        return ((ConfigResult.Valid) ConfigReader.read(found)).config();
    }

    @Test
    void what_is_written_is_valid_and_says_what_was_meant() {
        Path file =
                project(
                                "shop",
                                List.of(
                                        new Titled(52, "“Prices” \"two\" \\ currencies"),
                                        new Titled(7, "Carts")))
                        .write();
        assertThat(file).isEqualTo(workspace.resolve("config/shop-issues.json"));
        WorkspaceConfig config = read();
        assertThat(config.warnings()).isEmpty();
        assertThat(config.settings().workers()).isEqualTo(3);
        assertThat(config.settings().tmuxSession()).isEqualTo("shop-orchestrator");
        Project shop = config.projects().getFirst();
        assertThat(shop.repos().values())
                .singleElement()
                .satisfies(repo -> {
                    assertThat(repo.path()).isEqualTo(repository);
                    assertThat(repo.branchPrefix()).isEqualTo("shop/issue-");
                    assertThat(repo.platform()).isEqualTo(Platform.GITHUB);
                });
        assertThat(shop.issues())
                .extracting(
                        issue -> issue.id().number() + " " + issue.priority() + " " + issue.title())
                .containsExactly("52 1 “Prices” \"two\" \\ currencies", "7 2 Carts");
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_nothing_written() {
        NewProject wrong =
                new NewProject(
                        workspace,
                        "no name!",
                        folder.resolve("absent"),
                        "main",
                        "",
                        Platform.NONE,
                        "",
                        "",
                        "",
                        "claude",
                        0,
                        List.of(new Titled(1, "a"), new Titled(1, "b")));
        Fault fault = catchThrowableOfType(Fault.class, wrong::write);
        assertThat(fault.code()).isEqualTo("project-refused");
        assertThat(fault.sentence().lines())
                .hasSizeGreaterThanOrEqualTo(4)
                .anyMatch(line -> line.contains("\"project\""))
                .anyMatch(line -> line.contains("\"branch_prefix\" is empty"))
                .anyMatch(line -> line.contains("num_workers"))
                .noneMatch(line -> line.contains("issues.json:"));
        assertThat(workspace).doesNotExist();
    }

    @Test
    void a_second_project_stands_beside_the_first_and_the_same_is_never_replaced()
            throws IOException {
        Path first = project("shop", List.of()).write();
        String text = Files.readString(first);
        assertThat(
                        catchThrowableOfType(Fault.class, () -> project("shop", List.of()).write())
                                .code())
                .isEqualTo("project-exists");
        assertThat(first).hasContent(text);
        project("site", List.of()).write();
        assertThat(read().projects()).extracting(Project::name).containsExactly("shop", "site");
        try (var files = Files.list(workspace.resolve("config"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void a_workspace_in_its_repository_names_it_from_where_it_is() throws IOException {
        workspace = repository;
        Path file = project("shop", List.of()).write();
        assertThat(Files.readString(file)).contains("\"path\" : \"..\"");
        assertThat(read().projects().getFirst().repos().values())
                .singleElement()
                .satisfies(repo -> {
                    assertThat(repo.path()).isEqualTo(repository);
                    assertThat(repo.worktreeBase())
                            .isEqualTo(repository.resolveSibling("my shop-worktrees"));
                });
    }

    @Test
    void when_what_else_has_to_be_done_fails_nothing_of_it_stays() throws IOException {
        assertThat(
                        catchThrowableOfType(
                                        Fault.class,
                                        () ->
                                                project("shop", List.of())
                                                        .write(() -> {
                                                            throw new Fault("no", "No.");
                                                        }))
                                .code())
                .isEqualTo("no");
        assertThat(workspace).doesNotExist();
        Files.createDirectories(workspace);
        Files.writeString(workspace.resolve("config"), "a file");
        assertThat(
                        catchThrowableOfType(Fault.class, () -> project("shop", List.of()).write())
                                .code())
                .isIn("project-exists", "config-not-writable");
        try (var files = Files.list(workspace)) {
            assertThat(files).containsExactly(workspace.resolve("config"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pom.xml| |Java|mvn -q -DskipTests package|mvn -q test",
                "build.gradle.kts| |Java|./gradlew assemble|./gradlew test",
                "Cargo.toml| |Rust|cargo build|cargo test",
                "go.mod| |Go|go build ./...|go test ./...",
                "pyproject.toml| |Python|''|python3 -m pytest",
                "package.json|{\"scripts\": {\"test\": \"x\"}}|JavaScript|''|npm test",
                "package.json|{\"scripts\": {\"build\": \"x\", \"test\" : \"x\"}}|JavaScript|npm run build|npm test",
                "Makefile|check: all|''|make|make check",
                "README|nothing|''|''|''"
            })
    void how_it_is_built_is_guessed_from_its_files(
            String file, String text, String language, String build, String test)
            throws IOException {
        Files.writeString(repository.resolve(file), text == null ? "" : text);
        assertThat(BuildGuess.of(repository)).isEqualTo(new BuildGuess(language, build, test));
    }
}
