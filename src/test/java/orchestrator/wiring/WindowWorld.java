package orchestrator.wiring;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.git.GitBranches;
import orchestrator.model.Event;
import orchestrator.model.RunSnapshot;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.LocalRun;
import orchestrator.monitor.RunContext;
import orchestrator.process.ExecRunner;
import orchestrator.store.JournalReader;
import orchestrator.store.RunLock;
import orchestrator.ui.WindowHands;
import orchestrator.ui.shell.WindowSettings;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A workspace with the rehearsal that the repository ships, on a tmux server of its own, and the
 * real window over it. Closing it ends everything that was started.
 */
final class WindowWorld {
    /** How long a whole run may take on a loaded machine. */
    static final Duration A_RUN = Duration.ofMinutes(4);

    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    private final Path folder;
    private final Path socket;
    final RunContext context;
    final WorkspaceConfig config;
    final LocalRun run;

    /** The window that is open now. */
    WindowHands window;

    /**
     * Opens it; nothing is launched.
     *
     * @param scenario how the agents' attempts go
     * @param issues the first so many of the rehearsal's issues
     */
    WindowWorld(Path folder, String scenario, int issues) throws Exception {
        this(
                folder,
                scenario,
                file -> {
                    while (file.withArray("issues").size() > issues) {
                        file.withArray("issues").remove(issues);
                    }
                });
    }

    /**
     * Opens it; nothing is launched.
     *
     * @param scenario how the agents' attempts go
     * @param changes what the rehearsal's file says otherwise
     */
    WindowWorld(Path folder, String scenario, Consumer<ObjectNode> changes) throws Exception {
        this.folder = folder;
        socket = folder.resolve("tmux");
        System.setProperty(
                Assembly.LINK_FOLDER, Files.createDirectory(folder.resolve("links")).toString());
        Path root = folder.resolve("shortlink");
        writeConfig(root.resolve("config"), scenario, changes);
        Workspace workspace =
                Workspace.locate(Optional.of(root), Optional.empty(), Optional.empty(), folder);
        config =
                switch (ConfigReader.read(workspace)) {
                    case ConfigResult.Valid valid -> valid.config();
                    case ConfigResult.Invalid invalid ->
                            throw new AssertionError(invalid.problems().toString());
                };
        context =
                new Assembly(Assembly.selfCommand(), System.getenv(), "test")
                        .open(workspace, config);
        run = new LocalRun(context, config, new GitBranches(new ExecRunner()));
        window = new WindowHands(run, WindowSettings.defaults(), WIDTH, HEIGHT);
        window.sizeContent(WIDTH, HEIGHT);
    }

    /** Closes the window and opens another one, of that size, over the same run. */
    void reopen(double width, double height) throws Exception {
        window.close();
        window = new WindowHands(run, WindowSettings.defaults(), width, height);
        window.sizeContent(width, height);
    }

    private void writeConfig(Path target, String scenario, Consumer<ObjectNode> changes)
            throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        Path ours = Path.of("config/rehearsal-issues.json");
        ObjectNode file = (ObjectNode) json.readTree(Files.readString(ours));
        file.put("tmux_socket", socket.toString());
        file.put("stagger_delay", 0);
        ((ObjectNode) file.path("agent")).put("scenario", "scenario.txt");
        changes.accept(file);
        Files.createDirectories(target);
        Files.writeString(target.resolve("scenario.txt"), scenario);
        Files.writeString(
                target.resolve("rehearsal-issues.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsString(file));
    }

    /** Clicks Launch, reads the plan, and clicks Launch there. */
    void launch() {
        window.until(() -> !window.disabled("#action-launch"));
        window.click("#action-launch");
        window.untilSeen("#launch-plan", "rehearsal");
        window.until(() -> !window.disabled("#launch-go"));
        window.click("#launch-go");
        window.untilGone("#launch-dialog");
        window.untilSeen("#workers-table", "Running");
    }

    /** Waits for something that takes as long as a run. */
    static void duringARun(String what, java.util.function.BooleanSupplier condition) {
        await(what)
                .atMost(A_RUN)
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
    }

    /** What the journal tells of a kind of event. */
    <T extends Event> List<T> told(Class<T> kind) {
        return new JournalReader(context.state().journal())
                .poll().events().stream()
                        .map(TimedEvent::event)
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .toList();
    }

    /** The run as another process would see it. */
    RunSnapshot fromOutside() {
        try (JournalFeed feed = new JournalFeed(context, config)) {
            return feed.latest();
        }
    }

    /** Process and kind of the holder of the workspace. */
    Optional<RunLock.Holder> holder() {
        return RunLock.holder(context.state().monitorLock());
    }

    /** The only line that git answers. */
    String git(Path repository, String... words) throws Exception {
        return output(
                Stream.concat(Stream.of("git", "-C", repository.toString()), Stream.of(words))
                        .toList());
    }

    String tmux(String... words) throws Exception {
        return output(
                Stream.concat(Stream.of("tmux", "-S", socket.toString()), Stream.of(words))
                        .toList());
    }

    private static String output(List<String> argv) throws Exception {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        return text.strip();
    }

    /** Ends the run, the window and the tmux server, and waits until nothing of them is left. */
    void close() throws Exception {
        window.close();
        run.stop();
        await("the monitor lets go").atMost(A_RUN).until(() -> holder().isEmpty());
        run.close();
        var _ = tmux("kill-server");
        System.clearProperty(Assembly.LINK_FOLDER);
        await("nothing of it is left running")
                .atMost(Duration.ofSeconds(60))
                .until(() -> alive().isEmpty());
    }

    /** Command lines of the processes that have to do with our folder; Linux only. */
    private List<String> alive() throws IOException {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return List.of();
        }
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> commandLine(process.resolve("cmdline")))
                    .filter(line -> line.contains(folder.toString()))
                    .toList();
        }
    }

    private static String commandLine(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException ended) { // it ended while it was read
            return "";
        } catch (UncheckedIOException ended) {
            return "";
        }
    }
}
