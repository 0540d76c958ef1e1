package orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.model.Usage;
import orchestrator.model.WindowRef;
import orchestrator.monitor.RunContext;
import orchestrator.process.Command;
import orchestrator.process.ExecRunner;
import orchestrator.process.Outcome;
import orchestrator.store.AttemptFolder;
import orchestrator.store.Inbox;
import orchestrator.store.Journal;
import orchestrator.store.StateFolder;
import orchestrator.store.WorkerFiles;
import orchestrator.tmux.Terminal;
import orchestrator.wiring.CliLab;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The dashboard as people see it: in terminals of a tmux server of the test's own, each test with
 * one that shows the same run, which a stand-in for a monitor holds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOSTILE = "\\u001b]0;owned\\u0007\\u001b[2Jhostile 漢字 \\u202egnp";
    private static final String LEFT = "left with";

    private final ExecRunner exec = new ExecRunner();
    private final Path folder;
    private final CliLab lab;
    private final StateFolder state;
    private final Attempt attempt =
            new Attempt(
                    "attempt-1",
                    new IssueId("shop", 1),
                    "document",
                    1,
                    1,
                    2,
                    "session",
                    AttemptKind.FIRST,
                    "c0",
                    Instant.now().minusSeconds(727));

    DashboardTest() throws IOException {
        // A socket's path must be short.
        folder = Files.createTempDirectory("od").toRealPath();
        lab = new CliLab(folder.resolve("ws"));
        state = lab.state();
    }

    @BeforeAll
    void begin() throws IOException {
        lab.project(
                "shop",
                CliLab.issue(1, "").replace("Issue 1", HOSTILE)
                        + ", "
                        + CliLab.issue(2, ", \"wave\": 2, \"depends_on\": [1]"));
        IssueId issue = attempt.issue();
        StateFolder.create(state.root());
        happens(
                new Event.WorkspaceOpened("w"),
                new Event.IssueAssigned(issue, 1, 1, "document"),
                new Event.WorktreeReady(issue, "r", "/trees/1", "shop/issue-1", "c0", "c0", true),
                new Event.AttemptStarting(attempt),
                new Event.AttemptStarted(issue, attempt.id()));
        new WorkerFiles(state).write(List.of(says("Reading the README")));
        AttemptFolder of = AttemptFolder.of(state, attempt);
        Files.createDirectories(of.path());
        said(IntStream.rangeClosed(1, 100).mapToObj(i -> "● Step " + i).toList());
        makeSession();
        Path start = folder.resolve("start");
        Files.writeString(
                start,
                Stream.concat(Stream.of("exec"), program().stream())
                                .map(word -> "'" + word + "'")
                                .collect(Collectors.joining(" "))
                        + " \"$@\"\n");
        Files.writeString(folder.resolve("rc"), "PS1='ready> '\nstty sane\n");
        for (String name : List.of("looks", "plain")) {
            tmux("new-session", "-d", "-s", name, "-x", "80", "-y", "24", shell());
        }
        tmux("set-option", "-g", "status", "off");
        type("looks", "env -u TMUX sh " + start + " dashboard; echo " + LEFT + " $?");
        type("plain", "NO_COLOR=1 sh " + start + " dashboard; echo " + LEFT + " $?");
    }

    private String shell() {
        return "cd '%s' && exec bash --rcfile '%s' -i".formatted(lab.root(), folder.resolve("rc"));
    }

    private static List<String> program() {
        String path =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.matches(".*(javafx|testfx|monocle|test-classes).*"))
                        .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                path,
                "orchestrator.Launcher");
    }

    /** The session that a launch would have made, with the dashboard as the last window. */
    private void makeSession() {
        Workspace workspace =
                Workspace.locate(
                        Optional.of(lab.root()), Optional.empty(), Optional.empty(), lab.root());
        ConfigResult.Valid valid = (ConfigResult.Valid) ConfigReader.readSettled(workspace);
        RunContext context = lab.assembly().open(workspace, valid.config());
        Terminal terminal = context.ports().terminal();
        Terminal.Session session =
                terminal.create(
                        "lab",
                        context.workspaceId(),
                        "orchestrator",
                        List.of("cat", "-"),
                        Map.of("TERM", "screen-256color"));
        WindowRef _ =
                terminal.open(session, "worker-1", List.of("sh", "-c", "echo one; cat"), Map.of());
        List<String> words = new ArrayList<>(program());
        words.addAll(List.of("dashboard", "--workspace", lab.root().toString()));
        WindowRef _ = terminal.open(session, "dashboard", words, Map.of());
    }

    @AfterAll
    void end() throws IOException {
        for (Path socket : List.of(folder.resolve("sock"), lab.socket())) {
            Outcome _ =
                    exec.run(Command.of(List.of("tmux", "-S", socket.toString(), "kill-server")));
        }
        await("nothing of it runs")
                .atMost(PATIENCE)
                .until(() ->
                        ProcessHandle.allProcesses()
                                .noneMatch(it ->
                                        it.info()
                                                .commandLine()
                                                .filter(line -> line.contains(folder.toString()))
                                                .isPresent()));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    // -------------------------------------------------------------------------------- hands

    private String tmux(String... words) {
        return tmux(folder.resolve("sock"), words);
    }

    private String tmux(Path socket, String... words) {
        List<String> argv =
                new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-S", socket.toString()));
        argv.addAll(List.of(words));
        Outcome outcome = exec.run(Command.of(argv).with("TMUX", ""));
        assertThat(outcome).as("%s", argv).isInstanceOf(Outcome.Exited.class);
        Outcome.Exited exited = (Outcome.Exited) outcome;
        assertThat(exited.code()).as("%s: %s", argv, exited).isZero();
        return exited.stdout();
    }

    private void type(String pane, String line) {
        tmux("send-keys", "-t", pane, "-l", line);
        press(pane, "Enter");
    }

    private void press(String pane, String... keys) {
        String[] words = {"send-keys", "-t", pane};
        tmux(Stream.of(words, keys).flatMap(Stream::of).toArray(String[]::new));
    }

    private String screen(String pane) {
        return tmux("capture-pane", "-p", "-t", pane);
    }

    private void sees(String pane, String... texts) {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(40))
                    .until(() -> Stream.of(texts).allMatch(screen(pane)::contains));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    List.of(texts) + " are not on the screen:\n" + screen(pane), e);
        }
    }

    private void seesNoMore(String pane, String text) {
        await().alias("no " + text).atMost(PATIENCE).until(() -> !screen(pane).contains(text));
    }

    // -------------------------------------------------------------------------------- the run

    private void happens(Event... events) {
        try (Journal journal = Journal.open(state.journal())) {
            journal.append(Instant.now(), Stream.of(events).map(Journal.Entry::of).toList());
        }
    }

    private void said(List<String> lines) throws IOException {
        Files.write(
                AttemptFolder.of(state, attempt).transcript(),
                lines,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private WorkerView says(String line) {
        return new WorkerView(
                1,
                WorkerStatus.RUNNING,
                Optional.of(attempt.issue()),
                "",
                List.of("implement", "document"),
                1,
                attempt.number(),
                1,
                Optional.of(attempt.startedAt()),
                Optional.of(Instant.now()),
                "shop/issue-1",
                "/trees/1",
                0,
                new Usage(1, 1, 0, 0, 0.42),
                line,
                "",
                "",
                "",
                Optional.empty());
    }

    private StandInMonitor monitor() {
        return new StandInMonitor(
                state, command -> new Inbox.Answer(true, "worker 1 is being stopped"));
    }

    // -------------------------------------------------------------------------------- the tests

    @Test
    void a_person_looks_opens_the_log_filters_stops_attaches_and_leaves() throws IOException {
        String pane = "looks";
        try (StandInMonitor monitor = monitor()) {
            sees(pane, "running · monitor in the terminal", "▸ 1  running");
            sees(pane, "shop#1  2/2 document    12:", "Reading the README");
            sees(pane, "0 of 2 completed, 1 in progress, 1 pending", "$0.42");
            sees(pane, "shop#2  Issue 2  waits for shop#1");
            assertThat(screen(pane)).doesNotContain("owned", "\u202e").contains("started");
            press(pane, "j");
            sees(pane, "▸ 2  idle");
            press(pane, "Up");
            sees(pane, "▸ 1  running");
            itsLogIsReadAsItGrows(pane);
            workersAreFiltered(pane);
            press(pane, "?");
            sees(pane, "any key goes back", "restart it (asks first)");
            press(pane, "Space");
            seesNoMore(pane, "any key goes back");
            stoppingIsAskedForAndDone(pane, monitor);
            itsSizeFollowsTheTerminal(pane);
            happens(new Event.LaunchesResumed("lunch is over"));
            sees(pane, "Launches resume: lunch is over");
            itAttachesAndComesBack(pane);
        }
        sees(pane, "no monitor runs", "`launch` goes on");
        try (StandInMonitor _ = monitor()) {
            sees(pane, "running · monitor in the terminal");
        }
        press(pane, "q");
        sees(pane, LEFT + " 0", "ready>");
        assertThat(screen(pane)).as("the shell's screen is there again").doesNotContain("Elapsed");
        isRestored(pane);
    }

    private void itsLogIsReadAsItGrows(String pane) throws IOException {
        press(pane, "Enter");
        sees(pane, "Worker 1 · shop#1 · document · attempt 2 · running 12:", "following");
        sees(pane, "● Step 79\n", "● Step 100");
        said(List.of("one more \033[31mthing"));
        sees(pane, "one more thing");
        press(pane, "k");
        sees(pane, "line 100 of 101");
        press(pane, "g");
        sees(pane, "● Step 1\n", "line 22 of 101");
        said(List.of("and another"));
        sees(pane, "line 22 of 102");
        press(pane, "G");
        sees(pane, "and another", "following");
        theNextAttemptIsFollowedToo(pane);
        press(pane, "q");
        sees(pane, "▸ 1  ", "Next up");
    }

    private void theNextAttemptIsFollowedToo(String pane) throws IOException {
        Attempt next =
                new Attempt(
                        "attempt-2",
                        attempt.issue(),
                        "document",
                        1,
                        1,
                        3,
                        "session",
                        AttemptKind.FRESH,
                        "c0",
                        Instant.now());
        AttemptFolder of = AttemptFolder.of(state, next);
        Files.createDirectories(of.path());
        Files.writeString(of.transcript(), "begun anew\n");
        Finish end =
                new Finish(
                        Optional.of(1),
                        new AgentOutcome.Failed("exit 1"),
                        "c1",
                        0,
                        0,
                        0,
                        Usage.NONE);
        happens(
                new Event.AttemptEnded(attempt.issue(), attempt.id(), end),
                new Event.AttemptStarting(next),
                new Event.AttemptStarted(next.issue(), next.id()));
        sees(pane, "document · attempt 3", "begun anew", "following");
    }

    private void workersAreFiltered(String pane) {
        press(pane, "/", "I", "D", "L", "E");
        sees(pane, "1 of 2 shown", "▸ 2  idle");
        assertThat(screen(pane)).doesNotContain("2/2 document");
        press(pane, "Escape");
        sees(pane, "2/2 document");
        press(pane, "k");
        sees(pane, "▸ 1  ");
    }

    private void stoppingIsAskedForAndDone(String pane, StandInMonitor monitor) {
        press(pane, "s");
        sees(pane, "Stop worker 1? Its attempt at shop#1 is ended");
        press(pane, "n");
        sees(pane, "Nothing was done.");
        assertThat(monitor.taken).isEmpty();
        press(pane, "s", "y");
        sees(pane, "Worker 1 is being stopped.");
        assertThat(monitor.taken).containsExactly(List.of("stop-worker", "1"));
        press(pane, "r", "y");
        await().atMost(PATIENCE).until(() -> monitor.taken.contains(List.of("restart", "1")));
        press(pane, "p");
        await().atMost(PATIENCE).until(() -> monitor.taken.contains(List.of("pause-worker", "1")));
    }

    private void itsSizeFollowsTheTerminal(String pane) {
        press(pane, "Escape");
        tmux("resize-window", "-t", pane, "-x", "200", "-y", "50");
        sees(pane, "Title", "hostile 漢字 gnp", "Cost");
        assertThat(screen(pane).lines().toList()).hasSize(50).last().asString().contains("q leave");
        tmux("resize-window", "-t", pane, "-x", "40", "-y", "12");
        sees(pane, "shop#1 2/2 document", "Enter log  a attach  ? help  q leave");
        tmux("resize-window", "-t", pane, "-x", "80", "-y", "24");
        sees(pane, "Last line");
    }

    private void itAttachesAndComesBack(String pane) {
        press(pane, "a");
        sees(pane, "one\n", "worker-1*");
        tmux(lab.socket(), "detach-client", "-s", "lab");
        sees(pane, "▸ 1  ", "q leave");
        press(pane, "j");
        sees(pane, "▸ 2  idle");
        press(pane, "a");
        sees(pane, "has no window of worker 2");
    }

    /**
     * The cursor is seen, the shell's screen is shown, and the terminal does what a shell wants.
     */
    private void isRestored(String pane) {
        assertThat(tmux("display-message", "-p", "-t", pane, "#{alternate_on} #{cursor_flag}"))
                .isEqualTo("0 1\n");
        press(pane, "C-l");
        type(pane, "clear; stty -a");
        sees(pane, "icanon", "min = 1");
        assertThat(screen(pane)).doesNotContain("-icanon", "-isig", "-echo ");
    }

    @Test
    void without_colours_there_are_none_and_a_signal_restores_the_terminal() throws IOException {
        String pane = "plain";
        sees(pane, "▸ 1  ", "q leave");
        assertThat(tmux("capture-pane", "-p", "-e", "-t", pane))
                .contains("\033[7m")
                .doesNotContainPattern("\033\\[([0-9]+;)*(3|4|9|10)[0-8](;|m)");
        String pid = tmux("display-message", "-p", "-t", pane, "#{pane_pid}").strip();
        ProcessHandle java =
                ProcessHandle.of(Long.parseLong(pid))
                        .flatMap(shell -> shell.children().findFirst())
                        .orElseThrow();
        Outcome _ = exec.run(Command.of(List.of("kill", "-TERM", Long.toString(java.pid()))));
        sees(pane, LEFT + " 143", "ready>");
        assertThat(screen(pane)).doesNotContain("Elapsed");
        isRestored(pane);
        type(pane, "clear; TERM=dumb sh " + folder.resolve("start") + " dashboard; echo over");
        sees(pane, "0 of 2 completed, 1 in progress", "over\n");
        assertThat(tmux("capture-pane", "-p", "-e", "-t", pane)).doesNotContain("\033[7m");
    }

    @Test
    void in_its_own_tmux_window_it_goes_to_the_workers_and_says_how_to_open_it_again() {
        String attached =
                "env -u TMUX tmux -u -S '%s' attach -t =lab:dashboard".formatted(lab.socket());
        tmux("new-session", "-d", "-s", "inside", "-x", "100", "-y", "24", attached);
        sees("inside", "▸ 1  ", "q leave", "dashboard*");
        press("inside", "a");
        sees("inside", "one\n", "worker-1*");
        tmux(lab.socket(), "select-window", "-t", "=lab:dashboard");
        sees("inside", "▸ 1  ", "q leave");
        press("inside", "q");
        sees("inside", "The dashboard was left; in tmux, Ctrl-b : respawn-pane opens it again.");
    }
}
