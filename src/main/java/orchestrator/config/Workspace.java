package orchestrator.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.Fault;

/**
 * A folder with {@code config/} and {@code state/}, and the project files that count in it.
 *
 * @param root absolute
 * @param configDir absolute folder of the files; holds {@code prompts/}
 * @param wholeFolder every file of the folder belongs to it, also one that comes later; otherwise
 *     only the one that was named
 * @param files absolute, by name, at least one; a file named by {@code --config} may not exist
 */
public record Workspace(Path root, Path configDir, List<Path> files, boolean wholeFolder) {
    /** The code of the {@link Fault} that says there is no workspace at a place. */
    public static final String NONE_HERE = "no-workspace";

    /** How a project's file is named. */
    public static final String FILES = "*-issues.json";

    private static final String CONFIG = "config";

    public Workspace {
        files = List.copyOf(files);
    }

    /**
     * Finds the workspace that the options choose; at most one may be given. Relative paths count
     * from {@code currentDir}; links are kept as they are written.
     *
     * @param workspace {@code --workspace}: the folder that holds {@code config/}
     * @param config {@code --config}: this file only
     * @param configDir {@code --config-dir}: every {@code *-issues.json} in it
     * @throws Fault {@value #NONE_HERE} when there are no project files, {@code options-conflict}
     *     when more than one option is given, {@code bad-path}, {@code config-unreadable}
     */
    public static Workspace locate(
            Optional<Path> workspace,
            Optional<Path> config,
            Optional<Path> configDir,
            Path currentDir) {
        if (Stream.of(workspace, config, configDir).filter(Optional::isPresent).count() > 1) {
            throw new Fault(
                    "options-conflict",
                    "--workspace, --config and --config-dir each choose the workspace; give only"
                            + " one of them.");
        }
        Path here = currentDir.toAbsolutePath().normalize();
        if (config.isPresent()) {
            Path file = resolve(here, config.get());
            Path folder = parent(file);
            return new Workspace(rootOf(folder), folder, List.of(file), false);
        }
        if (configDir.isPresent()) {
            Path folder = resolve(here, configDir.get());
            return of(rootOf(folder), folder);
        }
        Path root = workspace.map(given -> resolve(here, given)).orElse(here);
        return of(root, root.resolve(CONFIG));
    }

    /** The same workspace with the files it has now; with those it had when there are none left. */
    public Workspace refreshed() {
        List<Path> now = wholeFolder ? projectFiles(configDir) : files;
        return now.isEmpty() ? this : new Workspace(root, configDir, now, wholeFolder);
    }

    /**
     * Whether one of the files was written within {@code last}: an editor that saves in place
     * leaves it cut short for a moment, and what reads badly now may read well at once.
     */
    boolean changedWithin(Duration last) {
        Instant since = Instant.now().minus(last);
        return files.stream().anyMatch(file -> writtenAfter(file, since));
    }

    private static boolean writtenAfter(Path file, Instant since) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(since);
        } catch (IOException e) {
            // Whoever reads it tells why it cannot be read; waiting does not mend that.
            return false;
        }
    }

    private static Workspace of(Path root, Path configDir) {
        List<Path> files = projectFiles(configDir);
        if (files.isEmpty()) {
            throw new Fault(
                    NONE_HERE,
                    "There is no workspace here: %s; go to the folder that holds %s/, or name it with --workspace, --config or --config-dir."
                            .formatted(
                                    Files.isDirectory(configDir)
                                            ? configDir + " holds no " + FILES
                                            : "there is no folder " + configDir,
                                    CONFIG));
        }
        return new Workspace(root, configDir, files, true);
    }

    private static List<Path> projectFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, FILES)) {
            for (Path file : found) {
                // A link that leads nowhere counts: it is reported, not passed over.
                if (!Files.isDirectory(file) && !file.getFileName().toString().startsWith(".")) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            throw new Fault(
                    "config-unreadable",
                    "The folder " + folder + " cannot be read (" + e + "); check its permissions.",
                    e);
        }
        files.sort(Comparator.comparing(file -> file.getFileName().toString()));
        return files;
    }

    private static Path rootOf(Path folder) {
        Path name = folder.getFileName();
        return name != null && name.toString().equals(CONFIG) ? parent(folder) : folder;
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static Path resolve(Path base, Path given) {
        try {
            return Paths.resolve(base, given.toString());
        } catch (InvalidPathException e) {
            throw new Fault("bad-path", Quoted.of(given.toString()) + " is not a path.", e);
        }
    }
}
