package orchestrator.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The program's own diagnostics under {@code state/logs/}: {@code orchestrator.log} with at most
 * two older ones beside it, and a file for each internal error. They may be removed at any time.
 * Any thread; several processes (a monitor, a launch, a cleanup) may write at once. The state
 * folder itself is never made here: what was removed stays removed.
 */
public final class Diagnostics {
    /** When a log is put aside, in bytes. */
    public static final long LARGE = 5L << 20;

    /** How many logs there are at most, the current one included. */
    public static final int KEPT = 3;

    private static final String NAME = "orchestrator.log";
    private static final int MOST_OF_ONE_SECOND = 100;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Disk disk;
    private final long large;

    /** The diagnostics of a state folder. */
    public Diagnostics(StateFolder state) {
        this(state, LARGE);
    }

    Diagnostics(StateFolder state, long large) {
        this.folder = state.logs();
        this.disk = state.disk();
        this.large = large;
    }

    /** The current log; may not exist yet. */
    public Path log() {
        return folder.resolve(NAME);
    }

    /**
     * Appends whole lines.
     *
     * @throws IOException also when there is no state folder
     */
    public synchronized void append(String lines) throws IOException {
        makeFolder();
        Path log = log();
        makeFile(log);
        // Opened each time: another process may have put the log aside meanwhile.
        disk.append(log, lines.getBytes(StandardCharsets.UTF_8));
        if (Files.size(log) > large) {
            putAside(log);
        }
    }

    /** One process at a time; whoever comes second finds the log small again. */
    private void putAside(Path log) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(".rotate"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null || Files.size(log) <= large) {
                return;
            }
            for (int number = KEPT - 1; number >= 1; number--) {
                Path from = number == 1 ? log : older(number - 1);
                if (Files.exists(from)) {
                    disk.move(from, older(number));
                }
            }
        } catch (OverlappingFileLockException e) {
            // Another of this process's is at it.
            return;
        }
    }

    private Path older(int number) {
        return folder.resolve(NAME + "." + number);
    }

    /**
     * Keeps what is known of an internal error in a file of its own.
     *
     * @return the file
     * @throws IOException also when there is no state folder
     */
    public Path keep(Instant at, String trace) throws IOException {
        makeFolder();
        for (int number = 1; ; number++) {
            String name = "internal-error-" + STAMP.format(at) + "-" + number + ".txt";
            try {
                Path file = folder.resolve(name);
                disk.keepNew(file, trace.getBytes(StandardCharsets.UTF_8));
                return file;
            } catch (FileAlreadyExistsException e) {
                if (number >= MOST_OF_ONE_SECOND) {
                    throw e;
                }
            }
        }
    }

    private void makeFolder() throws IOException {
        disk.folder(folder);
    }

    private void makeFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                disk.newFile(file);
            } catch (FileAlreadyExistsException e) {
                // Another process was quicker.
                return;
            }
        }
    }
}
