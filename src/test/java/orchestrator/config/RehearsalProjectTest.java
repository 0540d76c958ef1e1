package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.Issue;
import orchestrator.model.Project;
import orchestrator.model.Stage;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project that comes with the program. */
class RehearsalProjectTest {
    @TempDir Path folder;

    private WorkspaceConfig config() throws IOException {
        Path file =
                Path.of(
                        System.getProperty("orchestrator.test.basedir", "."),
                        "config/rehearsal-issues.json");
        Files.createDirectories(folder.resolve("config"));
        Files.copy(file, folder.resolve("config/rehearsal-issues.json"));
        Workspace workspace =
                Workspace.locate(Optional.of(folder), Optional.empty(), Optional.empty(), folder);

        ConfigResult result = ConfigReader.read(workspace);

        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config();
    }

    @Test
    void it_is_valid_before_its_repository_exists() throws IOException {
        WorkspaceConfig config = config();
        assertThat(config.warnings()).isEmpty();
        assertThat(config.settings().tmuxSession()).isEqualTo("rehearsal-orchestrator");
        assertThat(config.settings().workers()).isEqualTo(4);
        Project project = config.projects().getFirst();
        assertThat(project.name()).isEqualTo("rehearsal");
        assertThat(project.agent().type()).isEqualTo("rehearsal");
        assertThat(project.issues()).hasSize(8);
        assertThat(project.issues().stream().map(Issue::wave).distinct()).containsExactly(1, 2, 3);
        assertThat(project.pipeline())
                .extracting(Stage::name)
                .containsExactly("optimize", "write_tests", "run_tests_fix", "document");
        assertThat(project.repoOf(project.issues().getFirst()).path())
                .isEqualTo(folder.resolve("state/rehearsal/repo"));
        assertThat(project.initialAssignments()).isEqualTo(Map.of(1, 1));
    }

    @Test
    void each_issue_waits_only_for_earlier_waves() throws IOException {
        WorkspaceConfig config = config();
        for (Issue issue : config.projects().getFirst().issues()) {
            assertThat(issue.dependsOn())
                    .allSatisfy(on ->
                            assertThat(config.issue(on).orElseThrow().wave())
                                    .isLessThan(issue.wave()));
        }
    }
}
