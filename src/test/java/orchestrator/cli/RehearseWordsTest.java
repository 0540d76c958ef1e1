package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import orchestrator.process.Command;
import orchestrator.process.ExecRunner;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code launch --rehearse} refuses and says before it makes anything. */
class RehearseWordsTest {
    @TempDir Path folder;

    private CliLab lab;
    private Path repo;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder.resolve("ws"));
        repo = Files.createDirectory(folder.resolve("repo"));
        git("init", "-q", "-b", "main");
        lab.write(
                "a",
                """
                {"project": "a", "repo_path": "../../repo", "branch_prefix": "a/", "platform": "gitlab",
                 "tmux_session": "lab", "tmux_socket": "%s", "unknown": 1,
                 "agent": {"type": "claude", "path": "/no/such/claude"},
                 "issues": [{"number": 1, "title": "One"}]}
                """
                        .formatted(lab.socket()));
    }

    private void git(String... words) {
        List<String> argv =
                new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b"));
        argv.addAll(Arrays.asList(words));
        assertThat(new ExecRunner().run(Command.of(argv).in(repo)).toString()).contains("code=0");
    }

    private void first() {
        git("commit", "-q", "--allow-empty", "-m", "first");
    }

    @Test
    void a_dry_run_shows_the_plan_in_its_own_place_and_changes_nothing() throws IOException {
        first();
        Path scenario = Files.writeString(folder.resolve("s"), "stage=implemnt outcome=crash\n");
        Map<String, String> before = lab.listing();
        CliLab.Said said =
                lab.run("launch", "--rehearse", "--dry-run", "--scenario", scenario.toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        Path place = lab.root().resolve("state/rehearsal-run");
        assertThat(said.out())
                .contains("Rehearsal   of " + lab.root() + ": nothing is pushed or paid")
                .contains("Copy        of " + repo + " (main) as " + place)
                .contains("Session     lab-rehearsal")
                .contains("agent rehearsal", "Wave 1: 1 issue\n")
                .contains("note     " + scenario + ":1: fits no run")
                .contains("note     " + lab.file("a") + ":2:")
                .contains("no description (issues: 1)")
                .doesNotContain("missing");
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void all_that_is_wrong_with_a_scenario_is_told_before_anything_is_made() throws IOException {
        first();
        Path scenario = Files.writeString(folder.resolve("s"), "issue=x\n\noutcome=crush\n");
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run("launch", "--rehearse", "--scenario", scenario.toString());
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains(scenario + ":1: ", scenario + ":3: ", "code scenario-invalid");
        CliLab.Said none = lab.run("launch", "--rehearse", "--scenario", "/no/such/file");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("/no/such/file", "cannot be read");
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void a_repository_without_a_commit_is_a_prerequisite_that_is_missing() throws IOException {
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run("launch", "--rehearse");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err())
                .contains(repo.toString(), "no commit yet", "code prerequisites-missing");
        assertThat(lab.run("launch", "--rehearse", "--dry-run").exit()).isEqualTo(3);
        assertThat(lab.listing()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "launch --scenario x",
                "launch --without-commands",
                "launch --rehearse --rehearsal",
                "cleanup --force",
                "cleanup --rehearsal --force --logs",
                "cleanup --rehearsal --force --keep-worktrees",
            })
    void options_without_what_they_belong_to_are_wrong_use(String words) {
        CliLab.Said said = lab.run(words.split(" "));
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--rehears", "--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status", "status --json", "logs 1", "attach", "pause", "launch", "doctor"})
    void without_a_rehearsal_every_command_says_so(String words) throws IOException {
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run((words + " --rehearsal").split(" "));
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("There is no rehearsal of " + lab.root(), "code no-rehearsal");
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void nothing_is_cleaned_up_where_nothing_was_rehearsed() throws IOException {
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run("cleanup", "--rehearsal");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("there is no rehearsal of " + lab.root());
        assertThat(lab.listing()).isEqualTo(before);
    }
}
