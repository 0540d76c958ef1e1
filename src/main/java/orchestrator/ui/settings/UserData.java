package orchestrator.ui.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import orchestrator.model.Fault;
import orchestrator.store.UserFolder;
import orchestrator.ui.fx.Memory;
import orchestrator.ui.fx.Preferences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's preferences and what the window remembers of one workspace. What changes is written by
 * a thread of its own, only the changed values, so that two windows do not take each other's away.
 */
public final class UserData implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UserData.class);
    private static final String RECENT = "recent";
    private static final int MOST_RECENT = 12;
    private static final String SETTINGS = "settings";
    private static final long LAST_WORDS_SECONDS = 3;
    private final Optional<UserFolder> folder;
    private final String windowFile;
    private final Map<String, String> remembered;
    private final Preferences preferences = new Preferences();
    private final Map<String, String> toWrite = new HashMap<>();
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("user-data").daemon().factory());
    private boolean failed;

    private UserData(Optional<UserFolder> folder, String workspace) {
        this.folder = folder;
        windowFile = fileOf(workspace);
        remembered = folder.map(place -> place.read(windowFile)).orElseGet(HashMap::new);
        PreferenceValues.load(
                preferences, folder.map(place -> place.read(SETTINGS)).orElseGet(HashMap::new));
        PreferenceValues.onChange(preferences, (key, value) -> write(SETTINGS, key, value));
    }

    /**
     * Loads it. Blocks for two small files; any thread.
     *
     * @param workspace absolute path of the workspace that the window is of
     */
    public static UserData load(UserFolder folder, String workspace) {
        return new UserData(Optional.of(folder), workspace);
    }

    /** What lasts as long as the window. */
    public static UserData ofThisWindow() {
        return new UserData(Optional.empty(), "");
    }

    /** A path may hold anything; the file's name is made of it, and only stands for it. */
    private static String fileOf(String workspace) {
        return "windows/" + UUID.nameUUIDFromBytes(workspace.getBytes(StandardCharsets.UTF_8));
    }

    /** What the user has chosen; what is changed there is kept. FX thread only. */
    public Preferences preferences() {
        return preferences;
    }

    /** What the window remembers of its workspace. FX thread only. */
    public Memory memory() {
        return new Memory() {
            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(remembered.get(name));
            }

            @Override
            public void put(String name, String value) {
                String before =
                        value.isEmpty() ? remembered.remove(name) : remembered.put(name, value);
                if (!value.equals(before == null ? "" : before)) {
                    write(windowFile, name, value);
                }
            }
        };
    }

    /** Values that change many times a second are written once. */
    private void write(String file, String key, String value) {
        synchronized (toWrite) {
            boolean writing = !toWrite.isEmpty();
            toWrite.put(file + '\n' + key, value);
            if (writing || writer.isShutdown()) {
                return;
            }
        }
        writer.execute(this::writeAll);
    }

    private void writeAll() {
        Map<String, String> now;
        synchronized (toWrite) {
            now = new HashMap<>(toWrite);
            toWrite.clear();
        }
        now.keySet().stream()
                .map(name -> name.substring(0, name.indexOf('\n')))
                .distinct()
                .forEach(file -> writeFile(file, now));
    }

    private void writeFile(String file, Map<String, String> changed) {
        folder.ifPresent(place -> {
            try {
                place.change(file, values -> merged(file, values, changed));
            } catch (Fault fault) {
                // Told once: it would be told at every move of the window.
                if (!failed) {
                    failed = true;
                    LOG.warn("{} [{}]", fault.sentence(), fault.code());
                }
            }
        });
    }

    private static Map<String, String> merged(
            String file, Map<String, String> values, Map<String, String> changed) {
        changed.forEach((name, value) -> {
            if (name.startsWith(file + '\n')) {
                String key = name.substring(file.length() + 1);
                if (value.isEmpty()) {
                    values.remove(key);
                } else {
                    values.put(key, value);
                }
            }
        });
        return values;
    }

    /**
     * The workspaces that were opened, the last one first; those that are gone are left out.
     * Blocks; any thread.
     */
    public List<Path> recent() {
        return folder.map(place -> place.read(RECENT)).orElseGet(HashMap::new).entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByValue().reversed())
                .map(entry -> Path.of(entry.getKey()))
                .filter(path -> Files.isDirectory(path.resolve("config")))
                .limit(MOST_RECENT)
                .toList();
    }

    /** Notes that a workspace was opened. Any thread; returns at once. */
    public void opened(Path workspace, Instant at) {
        write(RECENT, workspace.toString(), at.toString());
    }

    /** Waits until what was changed is written, for some seconds at most. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The window's last settings could not be written in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
