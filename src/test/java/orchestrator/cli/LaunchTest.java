package orchestrator.cli;

import static orchestrator.wiring.CliLab.issue;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.process.Command;
import orchestrator.process.ExecRunner;
import orchestrator.store.StateFolder;
import orchestrator.store.WorkspaceMark;
import orchestrator.tmux.Terminal;
import orchestrator.tmux.Tmux;
import orchestrator.wiring.CliLab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
    @TempDir Path folder;

    private final ExecRunner runner = new ExecRunner();
    private CliLab lab;

    @BeforeEach
    void workspace() throws IOException {
        lab = new CliLab(folder);
    }

    @AfterEach
    void end_the_server_of_this_test() {
        runner.run(Command.of("tmux", "-S", lab.socket().toString(), "kill-server"));
    }

    @Test
    void a_dry_run_shows_the_whole_plan_of_a_fresh_workspace_and_changes_nothing()
            throws IOException {
        lab.project(
                "a",
                issue(1, ", \"wave\": 1")
                        + ","
                        + issue(2, ", \"wave\": 2, \"depends_on\": [1]")
                        + ","
                        + issue(3, ", \"wave\": 2"));
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run("launch", "--dry-run");
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("Workspace   " + folder)
                .contains("Session     lab  (windows orchestrator, worker-1…worker-2, dashboard)")
                .containsPattern("ok {7}tmux \\d+\\.\\d")
                .containsPattern("ok {7}git version \\d")
                .contains("ok       agent rehearsal")
                .contains("rehearsal/a (made on launch)")
                .doesNotContain("missing")
                .contains("Project a: 3 issues, agent rehearsal, implement → document")
                .contains("Wave 1: 1 issue\n", "Wave 2: 2 issues", "after a#1")
                .contains("worker-1  a#1 at implement in " + folder + "/state/rehearsal/a-trees")
                .contains("worker-2  a#3 at implement")
                .contains("Critical path: a#1 → a#2 (4 of 6 stages)");
        assertThat(lab.listing()).isEqualTo(before);
    }

    @Test
    void a_dry_run_tells_all_that_is_missing() throws IOException {
        Files.writeString(folder.resolve("scenario"), "issue=x\n");
        Files.createDirectory(folder.resolve("norepo"));
        lab.write(
                "a",
                """
                {"project": "a", "repo_path": "../norepo", "branch_prefix": "a/", "platform": "none",
                 "tmux_session": "lab", "tmux_socket": "%s",
                 "agent": {"type": "claude", "path": "/no/such/claude"},
                 "issues": [%s]}
                """
                        .formatted(lab.socket(), issue(1, "")));
        Map<String, String> before = lab.listing();
        CliLab.Said said = lab.run("launch", "--dry-run");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out())
                .containsPattern("missing  .*norepo")
                .containsPattern("missing  .*/no/such/claude");
        CliLab.Said launched = lab.run("launch");
        assertThat(launched.exit()).isEqualTo(3);
        assertThat(launched.err())
                .contains("norepo", "/no/such/claude", "code prerequisites-missing");
        assertThat(before).isNotEmpty();
    }

    // ──────────────────────────────────────────────────────────────────────── attaching

    private Tmux tmux() {
        return new Tmux(runner, Optional.of(lab.socket().toString()));
    }

    private Terminal.Session session() throws IOException {
        lab.project("a", issue(1, ""));
        StateFolder state = StateFolder.create(lab.state().root());
        Terminal.Session made =
                tmux().create(
                                "lab",
                                WorkspaceMark.of(state),
                                "orchestrator",
                                List.of("cat"),
                                Map.of());
        tmux().open(made, "worker-1", List.of("cat"), Map.of());
        return made;
    }

    private String window(Terminal.Session session) {
        return tmux().panes(session).stream()
                .filter(pane -> pane.name().equals("worker-1"))
                .findFirst()
                .orElseThrow()
                .window()
                .windowId();
    }

    @Test
    void attaching_runs_tmux_in_this_terminal_and_gives_its_exit_code() throws IOException {
        Terminal.Session session = session();
        String socket = lab.socket().toString();
        assertThat(lab.run("attach").exit()).isEqualTo(7);
        assertThat(lab.run("attach", "1").exit()).isEqualTo(7);
        assertThat(lab.foreground())
                .containsExactly(
                        List.of("tmux", "-S", socket, "attach-session", "-t", "=lab"),
                        List.of(
                                "tmux",
                                "-S",
                                socket,
                                "attach-session",
                                "-t",
                                "=lab:" + window(session)));
        CliLab.Said none = lab.run("attach", "9");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("no window of worker 9; there are workers 1 to 2");
    }

    @Test
    void inside_of_the_same_server_the_client_is_switched() throws IOException {
        Terminal.Session session = session();
        String pid = session.server().replaceFirst("\\..*", "");
        lab.with("TMUX", lab.socket() + "," + pid + ",0").run("attach", "1");
        assertThat(lab.foreground())
                .containsExactly(
                        List.of(
                                "tmux",
                                "-S",
                                lab.socket().toString(),
                                "switch-client",
                                "-t",
                                "=lab:" + window(session)));
    }

    @Test
    void inside_of_another_server_it_attaches_within() throws IOException {
        Terminal.Session session = session();
        assertThat(session.name()).isEqualTo("lab");
        lab.with("TMUX", "/tmp/other,1,0").run("attach");
        assertThat(lab.foreground())
                .containsExactly(
                        List.of(
                                "env",
                                "-u",
                                "TMUX",
                                "-u",
                                "TMUX_PANE",
                                "tmux",
                                "-S",
                                lab.socket().toString(),
                                "attach-session",
                                "-t",
                                "=lab"));
    }

    @Test
    void a_session_of_the_name_that_is_not_ours_is_left_alone() throws IOException {
        lab.project("a", issue(1, ""));
        StateFolder state = StateFolder.create(lab.state().root());
        assertThat(WorkspaceMark.of(state)).isNotEmpty();
        tmux().create("lab", "somebody", "x", List.of("cat"), Map.of());
        for (String command : List.of("attach", "cleanup")) {
            CliLab.Said said = lab.run(command);
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.err()).contains("code session-foreign");
        }
        assertThat(tmux().find("lab")).isPresent();
    }
}
