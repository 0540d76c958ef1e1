package orchestrator.e2e;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.monitor.Text;
import orchestrator.store.AttemptFolder;
import orchestrator.store.RunLock;
import orchestrator.store.StateFolder;
import orchestrator.wiring.CliLab;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A world for one test, or for all tests of a class: a workspace with a configuration, a repository
 * with a bare origin, a tmux server, a folder for the playbook's links, and the program run in it
 * as a child process. Register it with {@code @RegisterExtension}, in a static field when the tests
 * of the class share it: it ends all it started, and tells what happened when a test failed.
 */
final class Orchestra implements AfterEachCallback, AfterAllCallback, AutoCloseable {
    private static final Pattern WINDOW_ONLY =
            Pattern.compile("javafx|controlsfx|atlantafx|ikonli|testfx|monocle|test-classes");
    private static final int TAIL = 60;

    final Path root;
    final Path workspace;
    final Path repo;
    final Path origin;
    final Path links;
    final Hands hands;
    final StateFolder state;
    final Story story;
    private boolean shared;
    private boolean debugging;

    /** One that all tests of a class look at. */
    static Orchestra shared() {
        Orchestra orchestra = new Orchestra();
        orchestra.shared = true;
        return orchestra;
    }

    Orchestra() {
        try {
            // Not JUnit's folder: a socket's path must be short.
            root = Files.createTempDirectory("oe").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hands = new Hands(root);
        workspace = root.resolve("my work's space");
        repo = root.resolve("repo");
        origin = root.resolve("origin.git");
        links = root.resolve("links");
        List.of(workspace, repo, links).forEach(Hands::make);
        state = new StateFolder(workspace.resolve("state"));
        story = new Story(state);
        makeRepository();
    }

    private void makeRepository() {
        hands.git(root, "init", "-q", "--bare", "-b", "main", origin.toString());
        hands.git(repo, "init", "-q", "-b", "main");
        Hands.write(repo.resolve("README"), "An app.\n");
        Hands.write(repo.resolve(".gitignore"), ".env\n");
        hands.git(repo, "add", "-A");
        hands.git(repo, "commit", "-qm", "first");
        hands.git(repo, "remote", "add", "origin", origin.toString());
        hands.git(repo, "push", "-q", "origin", "main");
    }

    /** Writes the configuration. */
    Orchestra with(ProjectFile file) {
        Path config = workspace.resolve("config");
        Hands.write(config.resolve("scenario.txt"), file.scenario());
        Hands.write(config.resolve("proof-issues.json"), file.json());
        return this;
    }

    Path worktree(int issue) {
        return root.resolve("repo-worktrees").resolve("issue-" + issue);
    }

    /** Has the program's diagnostics tell more; before its first start. */
    Orchestra debugging() {
        debugging = true;
        return this;
    }

    /** Runs the program to its end. */
    Hands.Done run(String... words) {
        return start(words).end();
    }

    /** The same without a process of its own, which takes a second: what asks nothing of tmux. */
    Hands.Done look(String... words) {
        try {
            CliLab.Said said = new CliLab(workspace).run(words);
            return new Hands.Done(List.of(words), said.exit(), said.out(), said.err());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the program. */
    Hands.Running start(String... words) {
        return hands.start(workspace, command(words));
    }

    /** Starts a shell's line, in which {@code "$@"} stands for the program with these words. */
    Hands.Running startIn(String shell, String... words) {
        List<String> argv = new ArrayList<>(List.of("bash", "-c", shell, "bash"));
        argv.addAll(command(words));
        return hands.start(workspace, argv);
    }

    /**
     * Starts the program in a terminal of 100 columns and 50 lines: a tmux session, which stays.
     */
    void startInTerminal(String session, String... words) {
        String line = Text.shellWords(command(words)) + "; exec sleep 600";
        hands.tmux(
                        "new-session",
                        "-d",
                        "-s",
                        session,
                        "-x",
                        "100",
                        "-y",
                        "50",
                        "-c",
                        workspace.toString(),
                        line)
                .well();
    }

    private List<String> command(String... words) {
        List<String> argv = new ArrayList<>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx256m"));
        cache().ifPresent(file -> {
            argv.addAll(List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off"));
            argv.add("-Dorchestrator.cache=" + file);
        });
        argv.add("-Dorchestrator.links=" + links);
        if (debugging) {
            argv.add("-Dorchestrator.log=debug");
        }
        Path clock = root.resolve("clock");
        if (Files.exists(clock)) {
            argv.add("-Dorchestrator.clock-ahead=" + clock);
        }
        argv.addAll(List.of("-cp", classPath(), "orchestrator.Launcher"));
        argv.addAll(List.of(words));
        return argv;
    }

    /**
     * Sets the clock of the program, as far ahead of the machine's as this; before the first start
     * of the program, and then at any time.
     */
    void setClock(Duration ahead) {
        Path next = Hands.write(root.resolve("clock.next"), ahead.toSeconds() + "\n");
        try {
            Files.move(next, root.resolve("clock"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The build that people run, where the tests were given one, with what it starts faster by. */
    private static Optional<Path> app() {
        String folder = System.getProperty("orchestrator.test.app", "");
        return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
    }

    private static Optional<Path> cache() {
        return app().map(folder ->
                        folder.resolve(
                                "commands-%s.aot".formatted(System.getProperty("java.version"))))
                .filter(Files::isReadable);
    }

    /** What the program needs at a terminal: no JavaFX. */
    private static String classPath() {
        if (app().isPresent()) {
            // In the order of packaging/start.sh: the cache is good for that one only.
            Path folder = app().get();
            File[] jars =
                    Objects.requireNonNull(
                            folder.resolve("lib")
                                    .toFile()
                                    .listFiles((_, name) -> name.endsWith(".jar")));
            return Stream.concat(
                            Stream.of(folder.resolve("orchestrator.jar").toString()),
                            Arrays.stream(jars).map(File::getPath).sorted())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !WINDOW_ONLY.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** One issue whose first attempt takes ten minutes, and those after it hardly anything. */
    AttemptFolder oneLongAttempt() {
        with(new ProjectFile()
                        .issues(1)
                        .scenario("attempt=1 seconds=600 lines=600", "default seconds=0.3 lines=2"))
                .launch();
        until("it works", () -> story.running(1, 1).isPresent());
        AttemptFolder folder = story.folder(1, 1);
        until("it says so", () -> Hands.read(folder.stream()).contains("Step 1"));
        return folder;
    }

    /** {@code launch}, which returns at once; fails the test when it does not succeed. */
    String launch() {
        return run("launch").well();
    }

    /** The process that holds the workspace as its monitor. */
    Optional<ProcessHandle> monitor() {
        return RunLock.holder(state.monitorLock())
                .flatMap(holder -> ProcessHandle.of(holder.process().pid()));
    }

    /** Waits until something is so; a failure says what. */
    static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(Hands.PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    /** Waits until a value is there. */
    static <T> T untilThere(String what, Callable<Optional<T>> look) {
        return await(what)
                .atMost(Hands.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(look, Optional::isPresent)
                .orElseThrow();
    }

    /** The session's windows, as {@code 0 orchestrator}. */
    List<String> windows() {
        String format = "#{window_index} #{window_name}";
        return hands.tmux("list-windows", "-t", "=" + ProjectFile.SESSION, "-F", format)
                .out()
                .lines()
                .toList();
    }

    /** The commit a branch of an issue is at, in a repository. */
    String head(Path repository, int issue) {
        return hands.git(repository, "rev-parse", "refs/heads/" + ProjectFile.BRANCHES + issue);
    }

    /** Every issue's branch stands on origin as it stands here. */
    boolean isPushed(int issue) {
        return isPushed(repo, origin, issue);
    }

    /** The same of another repository and its origin. */
    boolean isPushed(Path repo, Path origin, int issue) {
        return hands.run(origin, List.of("git", "show-ref", ProjectFile.BRANCHES + issue)).code()
                        == 0
                && head(origin, issue).equals(head(repo, issue));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> tell(context.getDisplayName()));
        if (!shared) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Such as a failure in what comes before all tests.
        context.getExecutionException().ifPresent(failure -> tell(context.getDisplayName()));
        if (shared) {
            close();
        }
    }

    /** Prints what is known of the run. */
    private void tell(String test) {
        StringBuilder text = new StringBuilder("\n════ what happened in " + test + "\n");
        part(text, "journal", tail(state.journal()));
        part(text, "monitor.log", tail(state.monitorLog()));
        hands.tmux("list-panes", "-a", "-F", "#{pane_id} #{window_name} #{pane_dead_status}")
                .out()
                .lines()
                .forEach(pane ->
                        part(
                                text,
                                "pane " + pane,
                                hands.tmux(
                                                "capture-pane",
                                                "-p",
                                                "-t",
                                                pane.substring(0, pane.indexOf(" ")))
                                        .out()
                                        .strip()));
        part(
                text,
                "processes",
                hands.alive().stream()
                        .map(process ->
                                process.pid() + " " + process.info().commandLine().orElse(""))
                        .map(line -> line.substring(0, Math.min(line.length(), 200)))
                        .collect(Collectors.joining("\n")));
        System.err.println(text);
    }

    private static void part(StringBuilder text, String name, String content) {
        text.append("──── ").append(name).append('\n').append(content).append('\n');
    }

    private static String tail(Path file) {
        List<String> lines = Hands.read(file).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    /** Ends everything and removes the folder. */
    @Override
    public void close() {
        try {
            hands.endAll();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("left running: " + hands.alive(), e);
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
