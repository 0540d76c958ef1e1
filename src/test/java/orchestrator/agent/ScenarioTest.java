package orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.AgentSettings;
import orchestrator.model.Limits;
import orchestrator.model.Project;
import orchestrator.model.ProjectContext;
import orchestrator.model.Settings;
import orchestrator.model.Stage;
import orchestrator.model.WorkspaceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTest {
    @TempDir Path folder;

    @Test
    void without_a_rule_all_goes_well_in_two_seconds() {
        assertThat(Scenario.GOOD.of(new Scenario.Run("p", 1, "implement", 1, 1)))
                .isEqualTo(new Scenario.Course("good", 2, 12, 60, 0.0123, 5));
    }

    @Test
    void the_first_rule_that_fits_decides_and_the_default_fills_up() throws IOException {
        Scenario scenario =
                good(
                        """
                        # a comment

                        issue=3 stage=write_tests attempt=1 outcome=crash
                        issue=3   stage=* outcome=usage-limit reset=5
                        project=other number=7 outcome=hang-mid
                        default seconds=0.5 lines=3
                        """);
        assertThat(scenario.of(new Scenario.Run("p", 3, "write_tests", 1, 4)))
                .isEqualTo(new Scenario.Course("crash", 0.5, 3, 60, 0.0123, 5));
        assertThat(scenario.of(new Scenario.Run("p", 3, "write_tests", 2, 5)))
                .isEqualTo(new Scenario.Course("usage-limit", 0.5, 3, 5, 0.0123, 5));
        assertThat(scenario.of(new Scenario.Run("other", 4, "draft", 1, 7)).outcome())
                .isEqualTo("hang-mid");
        assertThat(scenario.of(new Scenario.Run("p", 4, "draft", 1, 7)).outcome())
                .isEqualTo("good");
    }

    @Test
    void everything_wrong_is_told_at_once_with_its_line() throws IOException {
        Path file =
                write(
                        """
                        issue=0 outcome=good
                        outcome=bad

                        colour=red
                        issue=1 issue=2
                        lines=0 seconds=-1 reset=x cost=1e9
                        nonsense
                        default issue=3
                        default lines=3
                        default lines=4
                        """);
        assertThat(Scenario.read(file).problems())
                .extracting(p -> p.substring(file.toString().length()))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith(":1: issue=0"),
                        p ->
                                assertThat(p)
                                        .startsWith(":2: unknown outcome \"bad\"")
                                        .contains("hang-mid"),
                        p -> assertThat(p).startsWith(":4: unknown key \"colour\""),
                        p -> assertThat(p).startsWith(":5: \"issue\" stands here twice"),
                        p -> assertThat(p).startsWith(":6: lines=0"),
                        p -> assertThat(p).startsWith(":6: seconds=-1"),
                        p -> assertThat(p).startsWith(":6: reset=x"),
                        p -> assertThat(p).startsWith(":6: cost=1e9"),
                        p -> assertThat(p).startsWith(":7: \"nonsense\""),
                        p -> assertThat(p).startsWith(":8: \"default\" fits every run"),
                        p -> assertThat(p).startsWith(":10: a second \"default\"; line 9"));
    }

    @Test
    void a_file_that_cannot_be_read_is_a_problem() throws IOException {
        Path absent = folder.resolve("absent");
        assertThat(Scenario.read(absent).problems())
                .singleElement()
                .asString()
                .startsWith(absent + ":1:");
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff});
        assertThat(Scenario.read(bytes).problems()).singleElement().asString().contains("UTF-8");
    }

    @Test
    void every_outcome_stands_in_the_manual_and_in_the_script() throws IOException {
        for (String resource : new String[] {"SCENARIO.md", "agent.sh"}) {
            try (var in =
                    Scenario.class.getResourceAsStream("/orchestrator/rehearsal/" + resource)) {
                assertThat(in).isNotNull();
                String text =
                        new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                assertThat(text).contains(Scenario.OUTCOMES);
            }
        }
    }

    private Scenario good(String text) throws IOException {
        Scenario.Reading reading = Scenario.read(write(text));
        assertThat(reading.problems()).isEmpty();
        return reading.scenario();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("demo.scenario"), text);
    }

    @Test
    void rules_that_no_run_of_a_workspace_can_fit_are_named_with_their_lines() throws IOException {
        Project project =
                new Project(
                        "p",
                        Path.of("/ws/config/p-issues.json"),
                        Map.of(),
                        List.of(new Stage("implement", true)),
                        ProjectContext.EMPTY,
                        Limits.DEFAULT,
                        AgentSettings.CLAUDE,
                        List.of(),
                        Map.of());
        WorkspaceConfig config =
                new WorkspaceConfig(
                        Path.of("/ws"),
                        Path.of("/ws/config"),
                        new Settings(
                                "s",
                                1,
                                Duration.ofSeconds(60),
                                Duration.ZERO,
                                Optional.empty(),
                                Path.of("/ws/state")),
                        List.of(project),
                        List.of());
        Path file = Path.of("faults.txt");
        assertThat(
                        good("""
                        stage=implement attempt=9 outcome=crash
                        stage=retry_analyze outcome=crash
                        project=p outcome=crash

                        stage=implemnt outcome=crash
                        issue=4 stage=* outcome=crash
                        project=q stage=implement
                        """)
                                .idle(file, config))
                .containsExactly(
                        "faults.txt:5: fits no run: no project of the workspace has all of stage=implemnt",
                        "faults.txt:6: fits no run: no project of the workspace has all of issue=4",
                        "faults.txt:7: fits no run: no project of the workspace has all of project=q stage=implement");
    }
}
