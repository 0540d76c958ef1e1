package orchestrator.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The events as sentences, for people: {@code monitor.log} and, once that is large, the one before
 * it. The journal is the truth; this may be removed at any time. One thread at a time.
 */
public final class MonitorLog {
    /** Some 40,000 sentences. */
    private static final long LARGE = 4L << 20;

    private final Path file;
    private final Disk disk;

    public MonitorLog(StateFolder state) {
        file = state.monitorLog();
        disk = state.disk();
    }

    /**
     * Appends whole lines.
     *
     * @throws orchestrator.model.Fault {@code monitor-log}
     */
    public void append(CharSequence lines) {
        try {
            if (!Files.exists(file)) {
                disk.newFile(file);
            }
            disk.append(file, lines.toString().getBytes(StandardCharsets.UTF_8));
            if (Files.size(file) > LARGE) {
                disk.move(file, file.resolveSibling(file.getFileName() + ".1"));
            }
        } catch (IOException e) {
            throw DiskFault.of("monitor-log", "write", file, e, "See that the disk is not full.");
        }
    }
}
