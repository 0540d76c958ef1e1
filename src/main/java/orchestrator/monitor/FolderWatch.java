package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Tells when a file appears in a watched folder. It may tell late, twice or never: this is for
 * speed, the monitor's sweeps are for certainty. Any thread.
 */
public interface FolderWatch extends AutoCloseable {
    /**
     * Calls {@code listener} on a thread of the watch's own with the name of each file that appears
     * or, with {@code changesToo}, changes or goes; an empty name: look for yourself.
     *
     * @return ends this watching when it is closed
     */
    AutoCloseable watch(Path folder, boolean changesToo, Consumer<String> listener)
            throws IOException;

    @Override
    void close();
}
