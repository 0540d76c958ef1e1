package orchestrator.tmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.WindowRef;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import orchestrator.process.TerminalReader;
import orchestrator.tmux.Terminal.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real tmux, with a person's own client and a view beside it. */
class TmuxViewsTest {
    private static final List<String> CAT = List.of("cat", "-");
    private Path sockets = Path.of("/nowhere");
    private Tmux tmux = new Tmux(new ExecRunner(), Optional.of("unused"));
    private Session session = new Session("", "", "", "");
    private WindowRef second = new WindowRef("", "", "");

    @BeforeEach
    void set_up() throws IOException {
        sockets = Files.createTempDirectory(Path.of("/tmp"), "o");
        ExecRunner exec = new ExecRunner();
        CommandRunner runner = command -> exec.run(atHome(command));
        tmux = new Tmux(runner, Optional.of(sockets.resolve("s").toString()));
        session = tmux.create("run", "owner", "worker-1", CAT, Map.of());
        second = tmux.open(session, "worker-2", CAT, Map.of());
    }

    private Command atHome(Command command) {
        return command.without("TMUX")
                .without("TMUX_PANE")
                .with("HOME", sockets.toString())
                .with("XDG_CONFIG_HOME", sockets.toString());
    }

    @AfterEach
    void end_the_private_server() throws IOException {
        asked("kill-server");
        try (var all = Files.walk(sockets)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private TerminalReader client(int columns, int rows, List<String> words) {
        return TerminalReader.start(atHome(Command.of(words)), columns, rows);
    }

    private TerminalReader own(int columns, int rows) {
        return client(columns, rows, tmux.attachCommand(session, Optional.empty()));
    }

    private TerminalReader view(int columns, int rows) {
        return client(columns, rows, tmux.viewCommand(session, second, "run-view-2"));
    }

    private String asked(String... words) {
        List<String> argv = new java.util.ArrayList<>();
        argv.addAll(List.of("tmux", "-S", sockets.resolve("s").toString()));
        argv.addAll(List.of(words));
        return new ExecRunner().run(atHome(Command.of(argv))) instanceof Outcome.Exited it
                ? it.stdout().strip()
                : "";
    }

    private String of(String target, String format) {
        return asked("display-message", "-p", "-t", target, format);
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    @Test
    void a_persons_own_client_keeps_its_size_and_its_window() throws Exception {
        try (TerminalReader own = own(120, 40)) {
            until(() -> of("run:worker-1", "#{window_width}").equals("120"));
            try (TerminalReader view = view(80, 20)) {
                until(() -> of("run-view-2:", "#{window_name}").equals("worker-2"));
                tmux.fitView(session, "run-view-2");
                view.type("typed in the view\r");
                view.untilSeen("typed in the view");
                own.type("typed by hand\r");
                own.untilSeen("typed by hand");

                assertThat(of("=run:", "#{window_name} #{window_width}x#{window_height}"))
                        .isEqualTo("worker-1 120x39");
                asked("select-window", "-t", "=run:worker-2");
                view.type("again\r");
                view.untilSeen("again");
                assertThat(of("=run:", "#{window_name} #{window_width}x#{window_height}"))
                        .as("both look at the same window")
                        .isEqualTo("worker-2 120x39");
            }
        }
    }

    @Test
    void alone_its_own_size_counts_whoever_is_attached_elsewhere() {
        asked("new-session", "-d", "-s", "other", "cat", "-");
        try (TerminalReader elsewhere =
                        client(
                                150,
                                45,
                                List.of(
                                        "tmux",
                                        "-S",
                                        sockets.resolve("s").toString(),
                                        "attach",
                                        "-t",
                                        "other"));
                TerminalReader view = view(91, 21)) {
            until(() -> asked("list-clients", "-F", "#{session_name}").lines().count() == 2);
            tmux.fitView(session, "run-view-2");
            until(() -> of("run-view-2:", "#{window_width}x#{window_height}").equals("91x21"));
            view.terminal().resize(70, 18);
            until(() -> of("run-view-2:", "#{window_width}x#{window_height}").equals("70x18"));
            assertThat(elsewhere.terminal().isAlive()).isTrue();
        }
    }

    @Test
    void one_who_comes_later_is_given_way_to_and_then_it_counts_again() throws Exception {
        try (TerminalReader view = view(91, 21)) {
            until(() -> of("run-view-2:", "#{window_name}").equals("worker-2"));
            tmux.fitView(session, "run-view-2");
            try (TerminalReader own = own(120, 40)) {
                until(() -> !of("=run:", "#{session_attached}").equals("0"));
                tmux.fitView(session, "run-view-2");
                view.type("x\r");
                until(() -> of("run:worker-2", "#{window_width}").equals("120"));
                assertThat(own.terminal().isAlive()).isTrue();
            }
            until(() -> of("=run:", "#{session_attached}").equals("0"));
            tmux.fitView(session, "run-view-2");
            until(() -> of("run:worker-2", "#{window_width}").equals("91"));
        }
    }

    @Test
    void closing_the_view_leaves_the_worker_and_no_session_behind() throws Exception {
        TerminalReader view = view(80, 24);
        until(() -> of("run-view-2:", "#{window_name}").equals("worker-2"));
        view.type("hello\r");
        view.untilSeen("hello");

        view.close();

        until(() -> asked("list-sessions", "-F", "#{session_name}").equals("run"));
        assertThat(tmux.panes(session)).hasSize(2).noneMatch(Terminal.Pane::dead);
    }

    @Test
    void a_session_that_is_killed_takes_its_views_and_windows_with_it() {
        asked("new-session", "-d", "-s", "other", "cat", "-");
        try (TerminalReader view = view(80, 24)) {
            until(() -> of("run-view-2:", "#{window_name}").equals("worker-2"));

            tmux.kill(session);

            until(() -> !view.terminal().isAlive());
            assertThat(asked("list-sessions", "-F", "#{session_name}")).isEqualTo("other");
            assertThat(asked("list-windows", "-a", "-F", "#{window_name}"))
                    .doesNotContain("worker");
        }
    }

    @Test
    void fitting_a_view_that_is_gone_is_nothing() {
        tmux.fitView(session, "run-view-9");
        asked("kill-server");
        tmux.fitView(session, "run-view-9");
    }
}
