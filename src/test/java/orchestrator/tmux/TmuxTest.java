package orchestrator.tmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Fault;
import orchestrator.model.WindowRef;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import orchestrator.tmux.Terminal.Pane;
import orchestrator.tmux.Terminal.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tmux, each test on a server of its own with its sockets in its own folder. */
class TmuxTest {
    private static final List<String> STAY = List.of("sleep", "300");
    private static final List<String> HOSTILE =
            List.of(
                    "$(touch x)",
                    "#(touch x)",
                    "`touch x`",
                    ";",
                    "a;",
                    "a\\;",
                    "a\\\\;",
                    ";;",
                    "\\",
                    "; touch x",
                    "\"q' w\"",
                    "two\nlines",
                    "",
                    "#{pane_id}",
                    "-x",
                    "{}",
                    "%1",
                    "~",
                    " ");

    @TempDir Path folder;

    private final ExecRunner exec = new ExecRunner();
    private CommandRunner runner = exec;
    private Tmux tmux = new Tmux(exec, Optional.of("unused"));
    private Path sockets = Path.of("/nowhere");

    @BeforeEach
    void set_up() throws IOException {
        // A socket's path may have 100 bytes; a temp folder's is longer on some systems.
        sockets = Files.createTempDirectory(Path.of("/tmp"), "o");
        runner =
                command ->
                        exec.run(
                                // Windows start in the client's folder: there a run would show.
                                command.in(folder)
                                        .with("TMUX_TMPDIR", sockets.toString())
                                        .with("HOME", folder.toString())
                                        .with("XDG_CONFIG_HOME", folder.toString()));
        tmux = new Tmux(runner, Optional.of("t"));
    }

    @AfterEach
    void end_the_private_server() throws IOException {
        raw("kill-server");
        try (var all = Files.walk(sockets)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** tmux on the private socket, not through what is tested. */
    private Outcome raw(String... words) {
        List<String> argv = new ArrayList<>(List.of("tmux", "-u", "-L", "t"));
        argv.addAll(List.of(words));
        return runner.run(Command.of(argv).without("TMUX").without("TMUX_PANE"));
    }

    private String shown(String... words) {
        Outcome outcome = raw(words);
        assertThat(outcome).isInstanceOf(Outcome.Exited.class);
        assertThat(((Outcome.Exited) outcome).code()).as(outcome.toString()).isZero();
        return ((Outcome.Exited) outcome).stdout().strip();
    }

    private Session farm() {
        return tmux.create("farm-1", "ws-42", "orchestrator", STAY, Map.of());
    }

    private Pane pane(Session session, WindowRef window) {
        return tmux.panes(session).stream()
                .filter(pane -> pane.window().equals(window))
                .findFirst()
                .orElseThrow();
    }

    private void awaitDead(Session session, WindowRef window) {
        await().until(() -> pane(session, window).dead());
    }

    private static String code(Runnable act) {
        String[] code = new String[1];
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(act::run)
                .satisfies(fault -> code[0] = fault.code());
        return code[0];
    }

    @Test
    void without_a_server_there_is_no_session() {
        assertThat(tmux.find("farm-1")).isEmpty();
    }

    @Test
    void after_the_server_died_there_is_no_session() {
        Session session = farm();
        long server = Long.parseLong(session.server().split("\\.", -1)[0]);
        ProcessHandle.of(server).orElseThrow().destroyForcibly();

        await().until(() -> tmux.find("farm-1").isEmpty());
        assertThat(code(() -> tmux.panes(session))).isEqualTo("tmux-gone");
        tmux.kill(session);
    }

    @Test
    void a_tmux_that_cannot_be_asked_is_a_fault_and_not_an_absence() throws IOException {
        for (Outcome outcome :
                List.of(
                        new Outcome.CouldNotStart("tmux was not found on the PATH"),
                        new Outcome.TimedOut(Tmux.TIMEOUT, "", ""),
                        new Outcome.Exited(1, "", "error connecting to /x (Permission denied)\n"),
                        new Outcome.Exited(1, "", "server exited unexpectedly\n"),
                        new Outcome.Exited(1, "", ""))) {
            Tmux failing = new Tmux(command -> outcome, Optional.empty());
            assertThat(code(() -> failing.find("farm-1"))).isEqualTo("tmux-failed");
        }
    }

    @Test
    void a_session_is_found_by_its_exact_name_with_owner_and_server() {
        Session ten = tmux.create("farm-10", "other", "orchestrator", STAY, Map.of());

        assertThat(tmux.find("farm-1")).isEmpty();
        Session one = farm();

        assertThat(tmux.find("farm-1")).contains(one);
        assertThat(tmux.find("farm-10")).contains(ten);
        assertThat(one.owner()).isEqualTo("ws-42");
        assertThat(one.server()).isEqualTo(shown("display-message", "-p", "#{pid}.#{start_time}"));
    }

    @Test
    void killing_a_session_spares_the_one_whose_name_begins_alike() {
        Session ten = tmux.create("farm-10", "o", "orchestrator", STAY, Map.of());
        Session one = farm();

        tmux.kill(one);
        tmux.kill(one);

        assertThat(tmux.find("farm-1")).isEmpty();
        assertThat(tmux.find("farm-10")).contains(ten);
    }

    @Test
    void killing_the_last_session_is_fine_too() {
        // Several times: the server ends while it is asked.
        for (int round = 0; round < 10; round++) {
            tmux.kill(farm());
            assertThat(tmux.find("farm-1")).isEmpty();
        }
    }

    @Test
    void an_id_from_another_server_touches_nothing() {
        Session now = farm();
        Session before = new Session(now.id(), now.name(), "1.1000", now.owner());
        WindowRef window = tmux.open(now, "worker-1", STAY, Map.of());
        WindowRef old = new WindowRef("1.1000", window.windowId(), window.paneId());

        tmux.kill(before);
        assertThat(code(() -> tmux.replace(old, STAY, Map.of()))).isEqualTo("tmux-gone");
        assertThat(code(() -> tmux.run(old, STAY, Map.of()))).isEqualTo("tmux-gone");
        assertThat(code(() -> tmux.open(before, "worker-2", STAY, Map.of())))
                .isEqualTo("tmux-gone");
        assertThat(code(() -> tmux.panes(before))).isEqualTo("tmux-gone");

        assertThat(tmux.panes(now)).hasSize(2).noneMatch(Pane::dead);
    }

    @Test
    void a_session_of_someone_else_has_no_owner() {
        raw("new-session", "-d", "-s", "farm-1", "cat", "-");

        assertThat(tmux.find("farm-1").orElseThrow().owner()).isEmpty();
        assertThat(code(this::farm)).isEqualTo("tmux-failed");
        assertThat(shown("list-windows", "-a", "-F", "#{window_panes}")).isEqualTo("1");
    }

    @Test
    void windows_stand_in_order_with_the_size_and_the_names_given() {
        Session session = farm();
        tmux.open(session, "worker-1", STAY, Map.of());
        WindowRef second = tmux.open(session, "worker-2", STAY, Map.of());
        raw("kill-window", "-t", tmux.panes(session).get(1).window().windowId());
        WindowRef last = tmux.open(session, "dashboard", STAY, Map.of());

        assertThat(tmux.panes(session))
                .extracting(Pane::index, Pane::name)
                .containsExactly(
                        tuple(0, "orchestrator"), tuple(2, "worker-2"), tuple(3, "dashboard"));
        assertThat(tmux.panes(session)).extracting(Pane::window).contains(second, last);
        assertThat(shown("list-windows", "-t", session.id(), "-F", "#{window_width}").lines())
                .containsOnly("200");
        assertThat(shown("list-windows", "-t", session.id(), "-F", "#{window_height}").lines())
                .containsOnly("50");
        assertThat(shown("display-message", "-p", "-t", last.paneId(), "#{history_limit}"))
                .isEqualTo("5000");
    }

    @Test
    void a_persons_own_settings_do_not_get_in_the_way() throws IOException {
        Files.writeString(
                folder.resolve(".tmux.conf"),
                """
                set -g base-index 1
                set -g destroy-unattached on
                set -g renumber-windows on
                set -g remain-on-exit off
                set -g automatic-rename on
                set -g default-shell /bin/false
                set -g default-command 'exit 1'
                """);
        Session session = farm();
        WindowRef window = tmux.open(session, "worker-1", List.of("true"), Map.of());

        awaitDead(session, window);
        assertThat(tmux.panes(session)).extracting(Pane::index).containsExactly(0, 1);
        assertThat(tmux.panes(session))
                .extracting(Pane::name)
                .containsExactly("orchestrator", "worker-1");
    }

    @Test
    void a_window_whose_command_ends_at_once_remains() {
        Session session = tmux.create("farm-1", "o", "orchestrator", List.of("true"), Map.of());
        WindowRef window = tmux.open(session, "worker-1", List.of("sh", "-c", "exit 3"), Map.of());

        await().until(() -> tmux.panes(session).stream().allMatch(Pane::dead));
        assertThat(tmux.panes(session)).hasSize(2);
        assertThat(shown("capture-pane", "-p", "-t", window.paneId())).isEmpty();
    }

    @Test
    void a_command_runs_in_place_of_an_ended_one_but_not_of_a_running_one() {
        Session session = farm();
        WindowRef window = tmux.open(session, "worker-1", List.of("true"), Map.of());
        awaitDead(session, window);

        tmux.run(window, STAY, Map.of());
        long pid = pane(session, window).pid();

        assertThat(pane(session, window).dead()).isFalse();
        assertThat(code(() -> tmux.run(window, STAY, Map.of()))).isEqualTo("tmux-failed");
        assertThat(pane(session, window).pid()).isEqualTo(pid);

        tmux.replace(window, STAY, Map.of());
        assertThat(pane(session, window).pid()).isNotEqualTo(pid);
        assertThat(pane(session, window).dead()).isFalse();
        await().until(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void hostile_words_arrive_as_they_are_and_run_nothing() throws IOException {
        Session session = farm();
        Path told = folder.resolve("told");
        String script = "cd \"$0\" && { printf '%s\\0' \"$@\" \"$VALUE\" >part; mv part told; }";
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, folder.toString()));
        argv.addAll(HOSTILE);

        WindowRef window =
                tmux.open(session, "worker-1", argv, Map.of("VALUE", "$(touch x) `x`=;\n#(y);"));
        await().until(() -> Files.exists(told));
        assertThat(read(told)).isEqualTo(with(HOSTILE, "$(touch x) `x`=;\n#(y);"));
        awaitDead(session, window);
        Files.delete(told);

        tmux.run(window, argv, Map.of("VALUE", "again\\;"));
        await().until(() -> Files.exists(told));
        assertThat(read(told)).isEqualTo(with(HOSTILE, "again\\;"));
        assertThat(folder).isDirectoryNotContaining("glob:**/x");
    }

    private static List<String> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return List.of(text.substring(0, text.length() - 1).split("\0", -1));
    }

    private static List<String> with(List<String> words, String last) {
        List<String> all = new ArrayList<>(words);
        all.add(last);
        return all;
    }

    @Test
    void a_single_word_is_a_file_to_run_and_not_a_shell_line() throws IOException {
        Path script = folder.resolve("a=b $(touch x); touch x;");
        Files.writeString(script, "#!/bin/sh\necho ran >\"${0%/*}/told\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        tmux.create("farm-1", "o", "orchestrator", List.of(script.toString()), Map.of());

        await().until(() -> Files.exists(folder.resolve("told")));
        assertThat(folder).isDirectoryNotContaining("glob:**/x");
    }

    @Test
    void names_that_tmux_would_read_something_into_never_reach_it() {
        Session session = farm();
        for (String name : List.of("#(touch x)", "a.b", "a:b", "", "a b", "é", "a;", "a\n")) {
            assertThat(code(() -> tmux.find(name))).isEqualTo("tmux-bad-name");
            assertThat(code(() -> tmux.create(name, "o", "w", STAY, Map.of())))
                    .isEqualTo("tmux-bad-name");
            assertThat(code(() -> tmux.create("n", "o", name, STAY, Map.of())))
                    .isEqualTo("tmux-bad-name");
            assertThat(code(() -> tmux.open(session, name, STAY, Map.of())))
                    .isEqualTo("tmux-bad-name");
        }
        assertThat(code(() -> tmux.create("n", "a b", "w", STAY, Map.of())))
                .isEqualTo("tmux-bad-name");
        assertThat(code(() -> tmux.open(session, "w", STAY, Map.of("A B", "c"))))
                .isEqualTo("tmux-bad-name");
        assertThat(tmux.panes(session)).hasSize(1);
    }

    @Test
    void a_command_tmux_cannot_take_leaves_no_half_made_window_or_session() {
        List<String> endless = List.of("echo", "x".repeat(20_000));

        assertThat(code(() -> tmux.create("farm-2", "o", "orchestrator", endless, Map.of())))
                .isEqualTo("tmux-failed");
        assertThat(tmux.find("farm-2")).isEmpty();

        Session session = farm();
        assertThat(code(() -> tmux.open(session, "worker-1", endless, Map.of())))
                .isEqualTo("tmux-failed");
        assertThat(tmux.panes(session)).hasSize(1);
    }

    @Test
    void windows_that_people_named_oddly_are_listed_with_the_rest() {
        Session session = farm();
        // By way of printf, so that it does not depend on the locale the tests run in.
        String rename =
                "exec tmux -u -L t rename-window -t \"$0\""
                        + " \"$(printf '[1] [2] 3.4 \\303\\251\\tx')\"";
        runner.run(Command.of("sh", "-c", rename, session.id() + ":0"));
        tmux.open(session, "worker-1", STAY, Map.of());

        List<Pane> panes = tmux.panes(session);
        assertThat(panes).hasSize(2);
        assertThat(panes.getFirst().name()).startsWith("[1] [2] 3.4 é");
        assertThat(panes.get(1).name()).isEqualTo("worker-1");
    }

    @Test
    void a_command_in_a_window_does_not_bring_it_before_the_eyes_of_who_is_attached() {
        Session session = farm();
        WindowRef window = tmux.open(session, "worker-1", List.of("true"), Map.of());
        awaitDead(session, window);
        String before = shown("display-message", "-p", "-t", session.id(), "#{window_index}");
        tmux.run(window, STAY, Map.of());
        tmux.replace(window, STAY, Map.of());
        assertThat(shown("display-message", "-p", "-t", session.id(), "#{window_index}"))
                .isEqualTo(before);
        assertThat(pane(session, window).dead()).isFalse();
    }

    @Test
    void sixty_windows_are_respawned_in_sequence() {
        Session session = farm();
        List<WindowRef> windows = new ArrayList<>();
        for (int number = 1; number <= 60; number++) {
            windows.add(tmux.open(session, "worker-" + number, List.of("true"), Map.of()));
        }
        await().until(() ->
                tmux.panes(session).stream().filter(pane -> pane.index() > 0).allMatch(Pane::dead));
        windows.forEach(window -> tmux.run(window, STAY, Map.of()));

        List<Pane> panes = tmux.panes(session);
        assertThat(panes).hasSize(61).noneMatch(Pane::dead);
        Set<Long> pids = new HashSet<>();
        panes.forEach(pane -> pids.add(pane.pid()));
        assertThat(pids).hasSize(61);
    }

    @Test
    void windows_opened_at_once_from_many_threads_are_all_there() throws Exception {
        Session session = farm();
        List<Thread> threads = new ArrayList<>();
        for (int number = 1; number <= 10; number++) {
            String name = "worker-" + number;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> tmux.open(session, name, List.of("true"), Map.of())));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        await().until(() -> tmux.panes(session).stream().filter(Pane::dead).count() == 10);
    }

    @Test
    void every_call_leaves_the_tmux_we_may_be_in_ourselves() {
        List<Command> calls = new ArrayList<>();
        Tmux watched =
                new Tmux(
                        command -> {
                            calls.add(command);
                            return runner.run(command);
                        },
                        Optional.of("t"));
        Session session = watched.create("farm-1", "o", "orchestrator", STAY, Map.of());
        watched.replace(watched.open(session, "w", STAY, Map.of()), STAY, Map.of());
        watched.kill(session);

        assertThat(calls)
                .hasSizeGreaterThan(5)
                .allSatisfy(call -> assertThat(call.unset()).contains("TMUX", "TMUX_PANE"))
                .allSatisfy(call -> assertThat(call.timeout()).isEqualTo(Tmux.TIMEOUT));
    }

    @Test
    void a_person_can_attach_and_lands_in_the_window() throws IOException {
        Session session = farm();
        WindowRef window = tmux.open(session, "worker-1", STAY, Map.of());
        tmux.open(session, "worker-2", STAY, Map.of());
        List<String> argv = tmux.attachCommand(session, Optional.of(window));
        assertThat(argv)
                .containsExactly(
                        "tmux", "-L", "t", "attach-session", "-t", "=farm-1:" + window.windowId());
        assertThat(tmux.attachCommand(session, Optional.empty()))
                .containsExactly("tmux", "-L", "t", "attach-session", "-t", "=farm-1");

        // A terminal for it: a window of a session apart, as a person's would be.
        List<String> person = new ArrayList<>(List.of("env", "-u", "TMUX"));
        person.addAll(argv);
        tmux.create("person", "o", "terminal", person, Map.of());

        await().untilAsserted(() ->
                assertThat(
                                shown(
                                        "list-clients",
                                        "-t",
                                        session.id(),
                                        "-F",
                                        "#{client_session} #{window_name}"))
                        .isEqualTo("farm-1 worker-1"));
    }

    @Test
    void a_socket_is_given_by_name_by_path_or_not_at_all() {
        Session session = farm();

        assertThat(new Tmux(runner, Optional.of("/a/b")).attachCommand(session, Optional.empty()))
                .startsWith("tmux", "-S", "/a/b", "attach-session");
        assertThat(new Tmux(runner, Optional.empty()).attachCommand(session, Optional.empty()))
                .startsWith("tmux", "attach-session");
        String path = shown("display-message", "-p", "#{socket_path}");
        assertThat(new Tmux(runner, Optional.of(path)).find("farm-1")).contains(session);
        assertThat(new Tmux(runner, Optional.empty()).find("farm-1")).isEmpty();
    }

    @Test
    void a_deleted_socket_is_put_back_by_its_server() throws IOException {
        Session session = farm();
        Path socket = Path.of(shown("display-message", "-p", "#{socket_path}"));
        Files.delete(socket);
        assertThat(tmux.find("farm-1")).isEmpty();

        assertThat(tmux.revive(session.server())).isTrue();

        assertThat(tmux.find("farm-1")).isEqualTo(Optional.of(session));
        assertThat(tmux.revive(session.server())).as("nothing to do").isFalse();
    }

    @Test
    void nothing_but_that_server_gets_the_signal() throws IOException {
        Process bystander = new ProcessBuilder("sleep", "300").start();
        try {
            String server = bystander.pid() + "." + Instant.now().getEpochSecond();
            assertThat(tmux.recreateSocket(server)).isFalse();
            assertThat(tmux.recreateSocket("nonsense")).isFalse();
            Session session = farm();
            assertThat(tmux.recreateSocket(session.server().split("\\.", -1)[0] + ".1000"))
                    .isFalse();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void the_version_is_told_or_that_there_is_none() {
        assertThat(tmux.version().orElseThrow()).matches("tmux (next-)?\\d+\\.\\d+\\w*");
        assertThat(
                        new Tmux(command -> new Outcome.CouldNotStart("none"), Optional.empty())
                                .version())
                .isEmpty();
    }
}
