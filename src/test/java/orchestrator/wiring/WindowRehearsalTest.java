package orchestrator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.model.RunSnapshot;
import orchestrator.process.Command;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import orchestrator.ui.WindowHands;
import orchestrator.ui.shell.WindowProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a workspace's window to its rehearsal's, which is launched there: real tmux and git. */
class WindowRehearsalTest {
    @TempDir Path folder;

    private final ExecRunner runner = new ExecRunner();

    private String run(Path where, String... words) {
        return switch (runner.run(Command.of(List.of(words)).in(where))) {
            case Outcome.Exited exited when exited.ok() -> exited.stdout().strip();
            case Outcome other -> throw new AssertionError(List.of(words) + ": " + other);
        };
    }

    private Path socket() {
        return folder.resolve("tmux");
    }

    private Path workspace() throws Exception {
        Path repo = Files.createDirectory(folder.resolve("repo"));
        run(repo, "git", "init", "-q", "-b", "main");
        run(
                repo,
                "git",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "first");
        Path config = Files.createDirectories(folder.resolve("shop/config"));
        Files.writeString(
                config.resolve("shop-issues.json"),
                """
                {"project": "shop", "repo_path": "../../repo", "branch_prefix": "shop/",
                 "tmux_socket": "%s", "num_workers": 2, "stagger_delay": 0,
                 "agent": {"type": "claude", "path": "/no/such/claude"},
                 "issues": [{"number": 1, "title": "Prices"}, {"number": 2, "title": "Show", "depends_on": [1]}]}
                """
                        .formatted(socket()));
        return folder.resolve("shop");
    }

    @AfterEach
    void end_the_server_of_this_test() {
        runner.run(Command.of("tmux", "-S", socket().toString(), "kill-server"));
    }

    @Test
    void a_rehearsal_is_opened_launched_and_found_again_and_the_repository_stays()
            throws Exception {
        Path root = workspace();
        String before = run(folder.resolve("repo"), "git", "for-each-ref");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("XDG_CONFIG_HOME", folder.resolve("home").toString());
        WindowProgram.Workspaces places =
                new WindowStart(
                                new Assembly(Assembly.selfCommand(), environment, "test"),
                                environment)
                        .places();
        try (WindowProgram.Opened real = places.open(root);
                WindowProgram.Opened rehearsal = real.rehearsal().orElseThrow().get()) {
            assertThat(rehearsal.rehearsal()).as("a rehearsal is not rehearsed").isEmpty();
            WindowHands window =
                    new WindowHands(rehearsal.control(), rehearsal.settings(), 1440, 900);
            try {
                window.until(() -> !window.disabled("#action-launch"));
                window.click("#action-launch");
                window.untilSeen("#launch-plan", "Session     shop-orchestrator-rehearsal");
                window.until(() -> !window.disabled("#launch-go"));
                window.click("#launch-go");
                window.untilGone("#launch-dialog");
                window.untilSeen("#workers-table", "Running");
                try (WindowProgram.Opened again = real.rehearsal().orElseThrow().get()) {
                    await().atMost(Duration.ofSeconds(60))
                            .until(() ->
                                    again.control()
                                            .latest()
                                            .filter(run -> run.totals().inProgress() > 0)
                                            .isPresent());
                }
                await().atMost(Duration.ofMinutes(2))
                        .until(() ->
                                rehearsal
                                        .control()
                                        .latest()
                                        .filter(RunSnapshot::isAllWell)
                                        .isPresent());
                window.untilSeen("#top-bar", "Rehearsal of shop");
                window.untilSeen("#top-bar", "made up");
                window.pictures("rehearsal-of-a-workspace");
                assertThat(real.control().latest().orElseThrow().totals().pending()).isEqualTo(2);
            } finally {
                rehearsal.control().stop();
                window.close();
            }
        }
        assertThat(run(folder.resolve("repo"), "git", "for-each-ref")).isEqualTo(before);
        assertThat(Files.readString(folder.resolve("home/orchestrator/recent.json")))
                .contains(root.toString())
                .doesNotContain("rehearsal-run");
    }
}
