package orchestrator.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import orchestrator.model.Decision;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.TimedEvent;
import orchestrator.model.Why;
import org.jspecify.annotations.Nullable;

/**
 * The journal: what has happened, one event a line, append-only; the source of truth.
 *
 * <p>There is one writer in the world at a time: whoever holds the {@link RunLock} of the monitor.
 * What {@link #append} has returned is on disk. What it failed to write is taken off the file
 * again, so the journal stays whole and the same may be tried later. Methods may be called from any
 * thread, one at a time; an interrupt of the caller does not disturb them.
 */
public final class Journal implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final Path path;
    private final Disk.Open file;
    private final JournalLine codec = new JournalLine();
    private final History past;
    private final Optional<Path> torn;
    private final @Nullable Object key;
    private long size;
    private long nextSeq;
    private boolean dirtyTail;

    /**
     * What to append.
     *
     * @param why empty: it was seen, not decided
     */
    public record Entry(Event event, Optional<Why> why) {
        public static Entry of(Event event) {
            return new Entry(event, Optional.empty());
        }

        public static Entry of(Decision decision) {
            Why why = decision.why();
            boolean silent = why.rule().isEmpty() && why.facts().isEmpty();
            return new Entry(decision.event(), silent ? Optional.empty() : Optional.of(why));
        }
    }

    private Journal(Path path, Disk.Open file, History past, long size, Optional<Path> torn)
            throws IOException {
        this.path = path;
        this.file = file;
        this.past = past;
        this.torn = torn;
        this.key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        this.size = size;
        this.nextSeq = past.count() + 1;
    }

    /** Opens the journal of a state folder. */
    public static Journal open(StateFolder state) {
        return open(state.disk(), state.journal());
    }

    /** As {@link #open(Disk, Path)}, on this machine's disk. */
    public static Journal open(Path path) {
        return open(Disk.real(), path);
    }

    /**
     * Opens the journal, or begins one, and folds all it holds. A torn last line (a crash while it
     * was written) is cut off; it is kept beside as {@code orchestrator-log.torn-N}.
     *
     * @throws Fault {@code journal-damaged} for a line that was whole once: nothing is changed, a
     *     copy is kept; {@code journal-open} when it cannot be read or written
     */
    public static Journal open(Disk disk, Path path) {
        try {
            if (!Files.exists(path)) {
                disk.newFile(path);
                disk.sync(folderOf(path));
            } else if (!Files.isRegularFile(path)) {
                throw new Fault(
                        "journal-open", path + " is not a file; move it away and start again.");
            }
            Disk.Open file = disk.open(path);
            try {
                return open(disk, path, file);
            } catch (IOException | RuntimeException | Error e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw DiskFault.of(
                    "journal-open",
                    "open the journal",
                    path,
                    e,
                    "Make it readable and writable and see that the disk is not full.");
        }
    }

    private static Journal open(Disk disk, Path path, Disk.Open file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            long size = in.length();
            History[] past = {History.EMPTY};
            JournalScan scan =
                    JournalScan.read(
                            in,
                            new JournalLine(),
                            0,
                            size,
                            1,
                            events -> past[0] = past[0].with(events));
            Optional<Path> torn = Optional.empty();
            if (scan.damage().isPresent()) {
                JournalScan.Damage damage = scan.damage().get();
                if (!damage.torn()) {
                    throw damaged(path, damage, Optional.of(keepWhole(disk, path)));
                }
                Path copy = freeName(path, "torn");
                copy(disk, in, scan.good(), copy);
                file.cut(scan.good());
                file.sync();
                torn = Optional.of(copy);
            }
            return new Journal(path, file, past[0], scan.good(), torn);
        }
    }

    /** Copies from an offset on into a new file, down to the disk. */
    private static void copy(Disk disk, RandomAccessFile in, long from, Path copy)
            throws IOException {
        disk.newFile(copy);
        try (Disk.Open out = disk.open(copy)) {
            byte[] chunk = new byte[CHUNK];
            in.seek(from);
            long written = 0;
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                out.write(written, Arrays.copyOf(chunk, count));
                written += count;
            }
            out.sync();
        }
        disk.sync(folderOf(copy));
    }

    static Fault damaged(Path path, JournalScan.Damage damage, Optional<Path> copy) {
        return new Fault(
                "journal-damaged",
                "The journal %s is damaged at line %d, byte %d: %s.%s %s"
                        .formatted(
                                path,
                                damage.line(),
                                damage.offset(),
                                damage.reason(),
                                copy.map(kept -> " A copy is kept as " + kept + ".").orElse(""),
                                "Repair the line, or keep what is before it with head -c "
                                        + damage.offset()
                                        + ", or move the file away to begin anew."));
    }

    /** Copies the journal, unless the newest copy is the same already. */
    private static Path keepWhole(Disk disk, Path path) throws IOException {
        Path free = freeName(path, "damaged");
        int number = numberOf(free);
        if (number > 1) {
            Path newest = numbered(path, "damaged", number - 1);
            if (Files.mismatch(path, newest) < 0) {
                return newest;
            }
        }
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            copy(disk, in, 0, free);
        }
        return free;
    }

    private static Path freeName(Path path, String what) {
        int number = 1;
        while (Files.exists(numbered(path, what, number))) {
            number++;
        }
        return numbered(path, what, number);
    }

    private static Path numbered(Path path, String what, int number) {
        String name = path.getFileName().toString().replaceFirst("\\.jsonl$", "");
        return path.resolveSibling(name + "." + what + "-" + number);
    }

    private static int numberOf(Path numbered) {
        String name = numbered.getFileName().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private static Path folderOf(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent());
    }

    /** What it held when it was opened. */
    public History past() {
        return past;
    }

    /** Where the torn last line was kept that was found when it was opened. */
    public Optional<Path> torn() {
        return torn;
    }

    /** The journal's file. */
    public Path path() {
        return path;
    }

    /**
     * Appends all or nothing: one write, one sync. A crash in the middle leaves none of them
     * either: they count once the last is there.
     *
     * @param at the time of all of them
     * @throws Fault {@code journal-write} when they could not be written; {@code journal-foreign}
     *     when the file is no longer what was last written
     */
    public synchronized List<TimedEvent> append(Instant at, List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<TimedEvent> timed = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            TimedEvent next =
                    new TimedEvent(nextSeq + timed.size(), at, entry.event(), entry.why());
            timed.add(next);
            bytes.writeBytes(codec.encode(next, timed.size() < entries.size()));
        }
        try {
            cutDirtyTail();
            checkOurs();
            dirtyTail = true;
            file.write(size, bytes.toByteArray());
            file.sync();
            dirtyTail = false;
        } catch (IOException e) {
            throw failed(e);
        }
        size += bytes.size();
        nextSeq += timed.size();
        return List.copyOf(timed);
    }

    private Fault failed(IOException e) {
        Fault fault =
                DiskFault.of(
                        "journal-write",
                        "write to the journal",
                        path,
                        e,
                        "Nothing was decided from it; see that the disk has room and works, then it goes on.");
        try {
            cutDirtyTail();
        } catch (IOException again) {
            fault.addSuppressed(again);
        }
        return fault;
    }

    /** Takes off what a failed write left; tried again before the next write if it fails. */
    private void cutDirtyTail() throws IOException {
        if (dirtyTail) {
            file.cut(size);
            file.sync();
            dirtyTail = false;
        }
    }

    private void checkOurs() throws IOException {
        boolean ours;
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            ours = Objects.equals(key, now.fileKey()) && now.size() == size;
        } catch (NoSuchFileException e) {
            ours = false;
        }
        if (!ours) {
            throw new Fault(
                    "journal-foreign",
                    "The journal %s was changed or taken away by somebody else; stop this monitor, put the file back and start again."
                            .formatted(path));
        }
    }

    /** Closes the file. Nothing can be appended any more. */
    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw DiskFault.of("journal-write", "close the journal", path, e, "Check the disk.");
        }
    }
}
