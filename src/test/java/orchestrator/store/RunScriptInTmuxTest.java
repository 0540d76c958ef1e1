package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import orchestrator.store.AttemptFolder.ExitMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as it is really used: as the process of a tmux window, on a server of its own. */
class RunScriptInTmuxTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    @TempDir Path folder;
    private StateFolder state;
    private Path worktree;
    private final List<ProcessHandle> left = new ArrayList<>();

    @BeforeEach
    void make() throws IOException {
        state = StateFolder.create(folder.resolve("state"));
        worktree = Files.createDirectory(folder.resolve("worktree"));
        Files.writeString(worktree.resolve(".git"), "gitdir: elsewhere\n");
    }

    @AfterEach
    void end() throws Exception {
        tmux("kill-server");
        left.forEach(ProcessHandle::destroyForcibly);
    }

    private String tmux(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("tmux", "-f", "/dev/null", "-L", "t"));
        argv.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().put("TMUX_TMPDIR", folder.toString());
        builder.environment().remove("TMUX");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = Child.output(process);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private AttemptFolder start(String script) throws Exception {
        AttemptFolder attempt =
                AttemptFolder.create(
                        state, Samples.ATTEMPT, Samples.call(worktree, "/bin/sh", "-c", script));
        List<String> words = new ArrayList<>(List.of("new-session", "-d", "-x", "200", "-y", "50"));
        AttemptFolder.marks(Samples.ATTEMPT, "workspace")
                .forEach((name, value) -> words.addAll(List.of("-e", name + "=" + value)));
        words.addAll(attempt.command());
        words.addAll(List.of(";", "set-option", "-g", "remain-on-exit", "on"));
        assertThat(tmux(words.toArray(String[]::new))).isEmpty();
        await().atMost(SOON).until(() -> Files.exists(attempt.stream()));
        ProcessHandle.of(attempt.process().orElseThrow().pid())
                .ifPresent(root -> {
                    left.add(root);
                    root.descendants().forEach(left::add);
                });
        return attempt;
    }

    private String pane() throws Exception {
        return tmux("capture-pane", "-p");
    }

    @Test
    void ctrl_c_reaches_the_agent_and_the_exit_says_interrupted() throws Exception {
        AttemptFolder attempt =
                start("trap 'echo caught; exit 0' INT; echo up; while :; do sleep 0.05; done");
        await().atMost(SOON).until(() -> Files.size(attempt.stream()) > 0);

        tmux("send-keys", "C-c");

        await().atMost(SOON).until(() -> attempt.exit().isPresent());
        assertThat(attempt.exit()).contains(new ExitMark(0, true));
        assertThat(attempt.stream()).content().isEqualTo("up\ncaught\n");
        await().atMost(SOON).until(() -> pane().contains("code=0 interrupted"));
        await().atMost(SOON)
                .until(() -> tmux("list-panes", "-F", "#{pane_dead}").strip().equals("1"));
    }

    @Test
    void an_agent_that_ctrl_c_kills_is_130_interrupted() throws Exception {
        AttemptFolder attempt = start("echo up; exec sleep 60");
        await().atMost(SOON).until(() -> Files.size(attempt.stream()) > 0);
        tmux("send-keys", "C-c");
        await().atMost(SOON).until(() -> attempt.exit().isPresent());
        assertThat(attempt.exit()).contains(new ExitMark(130, true));
    }

    @Test
    void the_pane_shows_the_transcript_as_it_grows_and_ctrl_c_does_not_end_that() throws Exception {
        AttemptFolder attempt = start("trap '' INT; until [ -e go ]; do sleep 0.05; done");
        Files.writeString(attempt.transcript(), "first line\n", StandardOpenOption.APPEND);
        await().atMost(SOON).until(() -> pane().contains("first line"));
        assertThat(pane()).contains("[DEADMAN] START").contains("issue proof#52");

        tmux("send-keys", "C-c");
        // A terminal throws away what is just being written when Ctrl-C comes; wait for its echo.
        await().atMost(SOON).until(() -> pane().contains("^C"));
        Files.writeString(attempt.transcript(), "second line\n", StandardOpenOption.APPEND);
        await().atMost(SOON).until(() -> pane().contains("second line"));

        Files.createFile(worktree.resolve("go"));
        await().atMost(SOON).until(() -> attempt.exit().isPresent());
        assertThat(attempt.exit()).contains(new ExitMark(0, true));
    }

    @Test
    void an_agent_whose_window_is_killed_works_on_and_its_exit_is_written() throws Exception {
        AttemptFolder attempt = start("echo up; until [ -e go ]; do sleep 0.05; done; exit 6");
        await().atMost(SOON).until(() -> Files.size(attempt.stream()) > 0);
        ProcessHandle script =
                ProcessHandle.of(attempt.process().orElseThrow().pid()).orElseThrow();
        tmux("kill-server");
        Files.createFile(worktree.resolve("go"));
        await().atMost(SOON).until(() -> attempt.exit().isPresent());
        assertThat(attempt.exit()).contains(new ExitMark(6, false));
        await().atMost(SOON).until(() -> !script.isAlive());
    }

    @Test
    void a_killed_script_leaves_no_exit() throws Exception {
        AttemptFolder attempt = start("echo $$; exec sleep 60");
        await().atMost(SOON).until(() -> Files.size(attempt.stream()) > 0);
        RunScriptTest.signal("KILL", attempt.process().orElseThrow().pid());
        await().atMost(SOON)
                .until(() -> tmux("list-panes", "-F", "#{pane_dead}").strip().equals("1"));
        assertThat(attempt.exit()).isEmpty();
    }
}
