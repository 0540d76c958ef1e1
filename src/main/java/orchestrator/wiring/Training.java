package orchestrator.wiring;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import orchestrator.cli.Cli;
import orchestrator.cli.dashboard.Dashboard;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.RehearsalFiles;
import orchestrator.config.Workspace;
import orchestrator.store.Disk;
import orchestrator.store.TreeRemoval;

/**
 * Uses the program once as people do, in a workspace that is removed again: a java that is told to
 * ({@code -XX:AOTCacheOutput}) remembers which classes were loaded and how they were linked, and a
 * later start with that file ({@code -XX:AOTCache}) needs half the time. Nothing is launched,
 * nothing of the user's is read or written, and no window is seen.
 */
public final class Training {
    private static final List<String> WRONG = List.of("no-such-command");
    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("--help"),
                    List.of("status"),
                    List.of("status", "--json"),
                    List.of("launch", "--dry-run"),
                    List.of("add-issue", "999", "--title", "For the training"),
                    List.of("move", "1", "--wave", "2"),
                    WRONG);

    private static final List<List<String>> STATUS =
            List.of(List.of("status"), List.of("status", "--json"));

    private Training() {}

    /**
     * Does it.
     *
     * @param window all of the window too, for which a display is needed; else what commands need
     * @param err where a command says what is wrong
     * @throws Exception when it cannot be done: java then makes a cache of little worth
     */
    public static void run(boolean window, PrintWriter err) throws Exception {
        Path folder = Files.createTempDirectory("orchestrator-training-");
        try {
            Path workspace = folder.resolve("rehearsal");
            RehearsalFiles.layOut(workspace);
            loadOurs(window);
            use(workspace, window ? List.of(List.<String>of()) : COMMANDS, err);
            if (!window) {
                useDashboard(workspace);
            }
        } finally {
            new TreeRemoval(Disk.real()).remove(folder);
        }
    }

    /**
     * Does only {@code status}, and loads nothing that it does not need: all that is kept is read
     * with each start.
     *
     * @param workspace as {@link TrainingWorkspace} has laid it out, in a process of its own
     * @param err where it says what is wrong
     */
    public static void status(Path workspace, PrintWriter err) {
        use(workspace, STATUS, err);
    }

    private static void use(Path workspace, List<List<String>> commands, PrintWriter err) {
        Assembly assembly = assembly();
        WindowStart start = new WindowStart(assembly, Map.of());
        Cli cli = new Cli(assembly, _ -> 0, start::train, Map.of(), "training");
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        for (List<String> words : commands) {
            String[] all =
                    Stream.concat(Stream.of("--workspace=" + workspace), words.stream())
                            .toArray(String[]::new);
            int code = cli.run(nowhere, err, all);
            if (code == Cli.DONE == words.equals(WRONG)) {
                throw new IllegalStateException(words + " ended with " + code);
            }
        }
    }

    private static Assembly assembly() {
        return new Assembly(Assembly.selfCommand(), System.getenv(), "training");
    }

    private static void useDashboard(Path folder) {
        Workspace workspace =
                Workspace.locate(Optional.of(folder), Optional.empty(), Optional.empty(), folder);
        if (!(ConfigReader.readSettled(workspace) instanceof ConfigResult.Valid valid)) {
            throw new IllegalStateException("the rehearsal's configuration is not valid");
        }
        Dashboard.train(assembly().look(workspace, valid.config()), valid.config());
    }

    /** All of our own: also what only a run needs, such as the monitor's. */
    private static void loadOurs(boolean window) throws IOException, URISyntaxException {
        Path jar =
                Path.of(Training.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("a cache is made of jars, not of the folder " + jar);
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                String name = entry.getName().replace('/', '.');
                if (name.startsWith("orchestrator.")
                        && name.endsWith(".class")
                        && !name.contains("-info")
                        && (window || !isOfTheWindow(name))) {
                    load(name.substring(0, name.length() - ".class".length()));
                }
            }
        }
    }

    private static boolean isOfTheWindow(String name) {
        return name.startsWith("orchestrator.ui.") || name.contains("Window");
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, Training.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is in our own jar", e);
        }
    }
}
