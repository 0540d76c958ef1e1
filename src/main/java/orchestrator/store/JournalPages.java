package orchestrator.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.files.Content;
import orchestrator.model.Fault;
import orchestrator.model.TimedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal backwards, from its end through its archives towards its begin, a page at a time;
 * what is read is what is asked for, however long the journal is. Never changes it, keeps nothing
 * open. Any thread.
 */
public final class JournalPages {
    private static final int BLOCK = 64 * 1024;
    private final Path path;
    private final JournalLine codec = new JournalLine();

    /** Of that journal, which need not exist. */
    public JournalPages(Path path) {
        this.path = path;
    }

    /**
     * The last events before one, oldest first. Half a line at the journal's end is not there yet.
     *
     * @param seq the number of that event; beyond the last: the newest events
     * @param most how many, 1 or more
     * @throws Fault {@code journal-damaged} or {@code journal-open}
     */
    public List<TimedEvent> before(long seq, int most) {
        try (Content live = open()) {
            // In this order: what is set aside after it was opened is still read from there.
            List<JournalArchives.Archive> archives = JournalArchives.of(path);
            List<TimedEvent> found =
                    live == null ? List.of() : read(path, live, offsetOf(live, seq), most);
            long next = found.isEmpty() ? beginOf(live, seq) : found.getFirst().seq();
            for (int i = archives.size() - 1; i >= 0 && found.size() < most; i--) {
                JournalArchives.Archive archive = archives.get(i);
                if (archive.first() < next) {
                    found = join(read(archive, next, most - found.size()), found);
                    next = archive.first();
                }
            }
            return found;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Returns null when it is not there, as while it is being set aside. */
    private @Nullable Content open() throws FileNotFoundException {
        try {
            return Content.plain(path);
        } catch (FileNotFoundException e) {
            if (!Files.exists(path)) {
                return null;
            }
            throw e;
        }
    }

    /** Nothing of the file is wanted: what is before it, and before the number, is. */
    private static long beginOf(@Nullable Content live, long seq) throws IOException {
        long first = live == null ? 0 : JournalPlace.firstOf(live);
        return first == 0 ? seq : Math.min(first, seq);
    }

    private List<TimedEvent> read(JournalArchives.Archive archive, long seq, int most)
            throws IOException {
        try (Content file = Content.openUninterrupted(archive.path())) {
            return read(archive.path(), file, offsetOf(file, seq), most);
        } catch (FileNotFoundException e) {
            throw unreadable(archive.path(), e);
        }
    }

    private static List<TimedEvent> join(List<TimedEvent> older, List<TimedEvent> newer) {
        List<TimedEvent> all = new ArrayList<>(older);
        all.addAll(newer);
        return List.copyOf(all);
    }

    /** Where the line of that number begins, or the journal's end: lines are in order. */
    private static long offsetOf(Content file, long seq) throws IOException {
        long low = 0;
        long high = file.size();
        while (high - low > BLOCK) {
            long middle = (low + high) >>> 1;
            long line = nextLine(file, middle, high);
            if (line >= high || seqAt(file, line) >= seq) {
                high = middle;
            } else {
                low = line;
            }
        }
        while (low < file.size() && seqAt(file, low) < seq) {
            low = nextLine(file, low, file.size());
        }
        return low;
    }

    private static long nextLine(Content file, long from, long end) throws IOException {
        byte[] block = new byte[4 * 1024];
        for (long at = from; at < end; ) {
            int count = file.read(at, block, 0, block.length);
            for (int i = 0; i < count; i++) {
                if (block[i] == '\n') {
                    return at + i + 1;
                }
            }
            if (count <= 0) {
                break;
            }
            at += count;
        }
        return end;
    }

    private static long seqAt(Content file, long line) throws IOException {
        byte[] begin = new byte[32];
        return JournalLine.seqOf(begin, 0, file.read(line, begin, 0, begin.length));
    }

    /** Takes as much before the place as holds that many lines. */
    private List<TimedEvent> read(Path from, Content file, long end, int most) throws IOException {
        for (long size = BLOCK; ; size *= 2) {
            long start = Math.max(0, end - size);
            byte[] bytes = new byte[Math.toIntExact(end - start)];
            if (file.read(start, bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException("it was cut while it was read");
            }
            List<Integer> begins = begins(bytes, start == 0);
            if (start == 0 || begins.size() > most) {
                int begin = Math.max(0, begins.size() - 1 - most);
                boolean atEnd = end == file.size();
                return page(from, bytes, begins.subList(begin, begins.size()), start, atEnd);
            }
        }
    }

    /** Where whole lines begin, and at last where the last of them ends. */
    private static List<Integer> begins(byte[] bytes, boolean atBegin) {
        List<Integer> begins = new ArrayList<>();
        if (atBegin) {
            begins.add(0);
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                begins.add(i + 1);
            }
        }
        return begins;
    }

    /** Lines of an append whose last line is not written yet do not count. */
    private List<TimedEvent> page(
            Path path, byte[] bytes, List<Integer> begins, long start, boolean atEnd) {
        List<TimedEvent> events = new ArrayList<>();
        boolean awaitsMore = false;
        int whole = 0;
        for (int i = 0; i + 1 < begins.size(); i++) {
            int from = begins.get(i);
            int length = begins.get(i + 1) - 1 - from;
            try {
                JournalLine.Read read =
                        codec.decode(bytes, from, length, JournalLine.seqOf(bytes, from, length));
                events.add(read.event());
                awaitsMore = read.more();
                whole = awaitsMore && atEnd ? whole : events.size();
            } catch (JournalLine.Damaged e) {
                JournalScan.Damage damage =
                        new JournalScan.Damage(i + 1, start + from, e.reason(), false);
                throw Journal.damaged(path, damage, Optional.empty());
            }
        }
        return List.copyOf(events.subList(0, whole));
    }

    private static Fault unreadable(Path path, IOException e) {
        return DiskFault.of("journal-open", "read the journal", path, e, "Make it readable.");
    }
}
