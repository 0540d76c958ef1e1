package orchestrator.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the libraries that make terminals unpack their native parts: a private folder of this
 * process. Their own choice would be the home folder, which may be read-only, and folders in the
 * temporary one that nobody removes. Once loaded they are not needed any more.
 */
final class NativeFolder {
    private static final Logger LOG = LoggerFactory.getLogger(NativeFolder.class);
    private static final List<String> PROPERTIES = List.of("pty4j.tmpdir", "jna.tmpdir");
    private static final Object LOCK = new Object();
    private static @Nullable Path folder;

    private NativeFolder() {}

    /** Work that may load them. */
    interface Loading<T> {
        T run() throws IOException;
    }

    /** Does the work; the first has the native parts unpacked into a folder of ours. */
    static <T> T with(Loading<T> work) throws IOException {
        synchronized (LOCK) {
            if (folder == null) {
                Path made = Files.createTempDirectory("orchestrator-native-");
                folder = made;
                PROPERTIES.forEach(name -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, made.toString());
                    }
                });
                // A start that fails leaves what is there for the next one.
                Runtime.getRuntime()
                        .addShutdownHook(
                                Thread.ofPlatform()
                                        .name("native-folder")
                                        .unstarted(() -> remove(made)));
            }
        }
        return work.run();
    }

    /** Where it is, for people. */
    static String place() {
        Path known = folder;
        return known == null ? System.getProperty("java.io.tmpdir", "/tmp") : known.toString();
    }

    private static void remove(Path made) {
        try (Stream<Path> all = Files.walk(made)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.info("The folder {} could not be removed: {}", made, e.getMessage());
        }
    }
}
