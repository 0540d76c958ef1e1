package orchestrator.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import orchestrator.model.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user's own folder of the program, outside of every workspace: what was chosen for all of them,
 * and what the window remembers of each. A file, named without its {@code .json}, is a JSON object
 * of texts. Nothing here matters to a run: what cannot be read is told in the log, kept beside, and
 * begun anew. Blocks; any thread, one writer of a file at a time.
 *
 * @param root absolute; made at the first write, private
 */
public record UserFolder(Path root, Disk disk) {
    private static final Logger LOG = LoggerFactory.getLogger(UserFolder.class);

    /** Locks on files hold between processes only. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private static final String SUFFIX = ".json";
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** The folder on this machine's disk. */
    public UserFolder(Path root) {
        this(root, Disk.real());
    }

    /**
     * Where the system keeps such things: {@code $XDG_CONFIG_HOME/orchestrator}, else {@code
     * ~/.config/orchestrator}; on macOS below {@code ~/Library/Application Support}. Empty when the
     * user has no home.
     */
    public static Optional<UserFolder> locate(
            Map<String, String> environment, String home, boolean mac) {
        // The specification: a relative path there counts as none.
        Optional<Path> chosen =
                Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                        .filter(path -> path.startsWith("/"))
                        .map(Path::of);
        Optional<Path> usual =
                Optional.of(home)
                        .filter(path -> path.startsWith("/"))
                        .map(Path::of)
                        .map(path ->
                                mac
                                        ? path.resolve("Library/Application Support")
                                        : path.resolve(".config"));
        return chosen.or(() -> usual).map(path -> new UserFolder(path.resolve("orchestrator")));
    }

    /** What a file holds; empty when it is not there or cannot be read. */
    public Map<String, String> read(String name) {
        Path file = root.resolve(name + SUFFIX);
        try {
            return MAPPER.readValue(Files.readAllBytes(file), TEXTS);
        } catch (NoSuchFileException e) {
            return new TreeMap<>();
        } catch (IOException | JacksonException e) {
            LOG.warn("{} cannot be read and is begun anew: {}", file, e.getMessage());
            keepBeside(file);
            return new TreeMap<>();
        }
    }

    /** Whoever edited it by hand finds what they wrote. */
    private void keepBeside(Path file) {
        try {
            disk.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
        } catch (IOException e) {
            LOG.warn("{} could not be kept beside: {}", file, e.toString());
        }
    }

    /**
     * Changes a file; whoever else changes it waits, and finds this change.
     *
     * @throws Fault {@code settings-not-kept}
     */
    public void change(String name, UnaryOperator<Map<String, String>> change) {
        Path file = root.resolve(name + SUFFIX);
        IN_THIS_PROCESS.lock();
        try {
            Path parent = root.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            disk.folder(root);
            Path folder = file.getParent();
            if (folder != null && !folder.equals(root)) {
                disk.folder(folder);
            }
            try (FileChannel channel =
                            FileChannel.open(
                                    root.resolve(".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                Map<String, String> next = change.apply(new TreeMap<>(read(name)));
                disk.replace(file, MAPPER.writeValueAsBytes(new TreeMap<>(next)));
            }
        } catch (IOException e) {
            throw DiskFault.of(
                    "settings-not-kept",
                    "write",
                    file,
                    e,
                    "Make the folder writable; until then the settings last as long as the window.");
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }
}
