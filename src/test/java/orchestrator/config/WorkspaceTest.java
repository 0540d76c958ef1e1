package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import orchestrator.model.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    private static final Optional<Path> NONE = Optional.empty();
    @TempDir Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("config/sub-issues.json"));
        Files.createDirectories(folder.resolve("other"));
        for (String name :
                new String[] {"b-issues.json", "a-issues.json", "issues.json", "x.json"}) {
            Files.writeString(folder.resolve("config").resolve(name), "{}");
            Files.writeString(folder.resolve("other").resolve(name), "{}");
        }
    }

    @Test
    void the_current_folder_is_the_default_with_all_its_project_files_by_name() {
        Workspace found = Workspace.locate(NONE, NONE, NONE, folder);
        assertThat(found.root()).isEqualTo(folder);
        assertThat(found.configDir()).isEqualTo(folder.resolve("config"));
        assertThat(found.files()).containsExactly(config("a-issues.json"), config("b-issues.json"));
    }

    @Test
    void the_workspace_option_names_the_folder() {
        assertThat(Workspace.locate(Optional.of(folder), NONE, NONE, Path.of("/")))
                .isEqualTo(Workspace.locate(NONE, NONE, NONE, folder));
        assertThat(
                        Workspace.locate(
                                        Optional.of(Path.of("..")),
                                        NONE,
                                        NONE,
                                        folder.resolve("config"))
                                .root())
                .isEqualTo(folder);
    }

    @Test
    void one_file_counts_alone_and_its_config_folder_tells_the_root() {
        Workspace found =
                Workspace.locate(NONE, Optional.of(Path.of("config/b-issues.json")), NONE, folder);
        assertThat(found)
                .isEqualTo(
                        new Workspace(
                                folder,
                                folder.resolve("config"),
                                List.of(config("b-issues.json")),
                                false));
    }

    @Test
    void one_file_elsewhere_has_its_own_folder_for_root() {
        Workspace found =
                Workspace.locate(NONE, Optional.of(Path.of("other/x.json")), NONE, folder);
        assertThat(found.root()).isEqualTo(folder.resolve("other"));
        assertThat(found.configDir()).isEqualTo(folder.resolve("other"));
        assertThat(found.files()).containsExactly(folder.resolve("other/x.json"));
    }

    @Test
    void a_folder_of_files_counts_as_a_whole() {
        Workspace elsewhere = Workspace.locate(NONE, NONE, Optional.of(Path.of("other")), folder);
        assertThat(elsewhere.root()).isEqualTo(folder.resolve("other"));
        assertThat(elsewhere.files()).hasSize(2);
        assertThat(
                        Workspace.locate(
                                NONE, NONE, Optional.of(folder.resolve("config")), Path.of("/")))
                .isEqualTo(Workspace.locate(NONE, NONE, NONE, folder));
    }

    @Test
    void no_workspace_here_can_be_told_apart() throws IOException {
        Path empty = folder.resolve("empty");
        Files.createDirectories(empty.resolve("config"));
        assertThatThrownBy(() -> Workspace.locate(NONE, NONE, NONE, empty))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(Workspace.NONE_HERE);
                            assertThat(fault.sentence())
                                    .contains(empty + "/config holds no *-issues.json")
                                    .contains("--workspace");
                        });
        assertThatThrownBy(() -> Workspace.locate(NONE, NONE, NONE, folder.resolve("nowhere")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("no-workspace"))
                .hasMessageContaining("there is no folder");
    }

    @Test
    void two_options_at_once_are_refused() {
        assertThatThrownBy(() ->
                        Workspace.locate(
                                Optional.of(folder), Optional.of(Path.of("x")), NONE, folder))
                .hasMessageContaining("only one of them");
    }

    @Test
    void home_is_understood() {
        Path home = Path.of(System.getProperty("user.home"));
        assertThat(Workspace.locate(NONE, Optional.of(Path.of("~/p/x.json")), NONE, folder).files())
                .containsExactly(home.resolve("p/x.json"));
    }

    private Path config(String name) {
        return folder.resolve("config").resolve(name);
    }
}
