package orchestrator.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.TimedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Follows a journal that another process (or nobody) writes. Never changes it and holds no file
 * open between two looks. One thread at a time.
 */
public final class JournalReader {
    private final Path path;
    private final JournalLine codec = new JournalLine();
    private long offset;
    private long nextSeq = 1;
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
    public record News(boolean startedOver, List<TimedEvent> events) {
        static final News NONE = new News(false, List.of());
    }

    /** Reads from the beginning. The file need not exist yet. */
    public JournalReader(Path path) {
        this.path = path;
    }

    /**
     * The whole lines that came since the last look. A last line that is not written to its end
     * waits for the next look.
     *
     * @throws Fault {@code journal-damaged} for a damaged line with others after it, {@code
     *     journal-open} when it cannot be read
     */
    public News poll() {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (isSeen(now)) {
                return News.NONE;
            }
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                News news = read(file);
                seenSize = now.size();
                seenTime = now.lastModifiedTime();
                key = now.fileKey();
                return news;
            }
        } catch (NoSuchFileException e) {
            return gone();
        } catch (FileNotFoundException e) {
            if (!Files.exists(path)) {
                return gone();
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

    private News gone() {
        boolean had = nextSeq > 1;
        startOver();
        return new News(had, List.of());
    }

    private News read(RandomAccessFile file) throws IOException {
        boolean had = nextSeq > 1;
        if (stands(file)) {
            JournalScan scan = scan(file);
            if (scan.damage().map(JournalScan.Damage::last).orElse(true)) {
                return take(file, scan, false);
            }
        }
        startOver();
        JournalScan scan = scan(file);
        if (scan.damage().isPresent() && !scan.damage().get().last()) {
            throw Journal.damaged(path, scan.damage().get(), Optional.empty());
        }
        return take(file, scan, had);
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

    private JournalScan scan(RandomAccessFile file) throws IOException {
        return JournalScan.read(file, codec, offset, file.length(), nextSeq);
    }

    private News take(RandomAccessFile file, JournalScan scan, boolean startedOver)
            throws IOException {
        if (!scan.events().isEmpty()) {
            byte[] crc = new byte[JournalLine.CRC_LENGTH + 1];
            file.seek(scan.good() - crc.length);
            file.readFully(crc);
            lastCrc = crc;
            offset = scan.good();
            nextSeq += scan.events().size();
        }
        return new News(startedOver, List.copyOf(scan.events()));
    }

    private void startOver() {
        offset = 0;
        nextSeq = 1;
        lastCrc = new byte[0];
        key = null;
        seenSize = -1;
        seenTime = null;
    }
}
