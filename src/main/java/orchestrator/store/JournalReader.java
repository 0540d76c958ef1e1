package orchestrator.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.model.TimedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Follows a journal that another process (or nobody) writes, and folds it. Never changes it and
 * holds no file open between two looks. One thread at a time.
 */
public final class JournalReader {
    private final Path path;
    private final JournalLine codec = new JournalLine();
    private long offset;
    private History history = History.EMPTY;
    private byte[] lastCrc = {};
    private @Nullable Object key;
    private long seenSize = -1;
    private @Nullable FileTime seenTime;

    /**
     * What a look found.
     *
     * @param startedOver the journal was replaced or cut: forget all earlier events, {@code events}
     *     begin with the first
     * @param events new ones, in order
     */
    public record News(boolean startedOver, List<TimedEvent> events) {}

    /** Reads from the beginning. The file need not exist yet. */
    public JournalReader(Path path) {
        this.path = path;
    }

    /** What was read so far. */
    public History history() {
        return history;
    }

    /** All whole lines that came since the last look; see {@link #poll(Consumer)}. */
    public News poll() {
        List<TimedEvent> events = new ArrayList<>();
        boolean startedOver = poll(events::addAll, events::clear);
        return new News(startedOver, List.copyOf(events));
    }

    /**
     * Reads the whole lines that came since the last look. A last line that is not written to its
     * end waits for the next look.
     *
     * @param taker is given them, some at a time: a long journal is never in memory as a whole.
     *     When the journal was replaced or cut, it is given all of it anew
     * @throws Fault {@code journal-damaged} for a damaged line with others after it, {@code
     *     journal-open} when it cannot be read
     */
    public void poll(Consumer<List<TimedEvent>> taker) {
        poll(taker, () -> {});
    }

    /** Returns whether it started over, after {@code forget} was called. */
    private boolean poll(Consumer<List<TimedEvent>> taker, Runnable forget) {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (isSeen(now)) {
                return false;
            }
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                boolean startedOver = read(file, taker, forget);
                seenSize = now.size();
                seenTime = now.lastModifiedTime();
                key = now.fileKey();
                return startedOver;
            }
        } catch (NoSuchFileException e) {
            return gone(forget);
        } catch (EOFException e) {
            // Cut while it was read: from the beginning with the next look.
            return gone(forget);
        } catch (FileNotFoundException e) {
            if (!Files.exists(path)) {
                return gone(forget);
            }
            throw DiskFault.of("journal-open", "read the journal", path, e, "Make it readable.");
        } catch (IOException e) {
            throw DiskFault.of("journal-open", "read the journal", path, e, "Make it readable.");
        }
    }

    private boolean isSeen(BasicFileAttributes now) {
        return now.size() == seenSize
                && now.lastModifiedTime().equals(seenTime)
                && Objects.equals(key, now.fileKey());
    }

    private boolean gone(Runnable forget) {
        boolean had = history.count() > 0;
        forget.run();
        startOver();
        return had;
    }

    private boolean read(RandomAccessFile file, Consumer<List<TimedEvent>> taker, Runnable forget)
            throws IOException {
        boolean had = history.count() > 0;
        if (stands(file)) {
            Optional<JournalScan.Damage> damage = scan(file, taker);
            if (damage.map(JournalScan.Damage::torn).orElse(true)) {
                return false;
            }
        }
        forget.run();
        startOver();
        Optional<JournalScan.Damage> damage = scan(file, taker);
        if (damage.isPresent() && !damage.get().torn()) {
            // Whoever mends it gets it from the beginning.
            startOver();
            throw Journal.damaged(path, damage.get(), Optional.empty());
        }
        return had;
    }

    /** Whether the last line that was read is still where it was. */
    private boolean stands(RandomAccessFile file) throws IOException {
        if (file.length() < offset) {
            return false;
        }
        file.seek(offset - lastCrc.length);
        byte[] there = new byte[lastCrc.length];
        file.readFully(there);
        return Arrays.equals(there, lastCrc);
    }

    /** Takes the whole lines from where it stands, and says what ended them. */
    private Optional<JournalScan.Damage> scan(
            RandomAccessFile file, Consumer<List<TimedEvent>> taker) throws IOException {
        JournalScan scan =
                JournalScan.read(
                        file,
                        codec,
                        offset,
                        file.length(),
                        history.count() + 1,
                        events -> {
                            history = history.with(events);
                            taker.accept(events);
                        });
        if (scan.count() > 0) {
            byte[] crc = new byte[JournalLine.CRC_LENGTH + 1];
            file.seek(scan.good() - crc.length);
            file.readFully(crc);
            lastCrc = crc;
            offset = scan.good();
        }
        return scan.damage();
    }

    private void startOver() {
        offset = 0;
        history = History.EMPTY;
        lastCrc = new byte[0];
        key = null;
        seenSize = -1;
        seenTime = null;
    }
}
