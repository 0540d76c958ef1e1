package orchestrator.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import orchestrator.files.Content;
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
    private final Disk disk;
    private final Path path;
    private final JournalLine codec = new JournalLine();
    private final History past;
    private final Optional<String> snapshotTrouble;
    private final Optional<Path> torn;
    private final JournalCompaction compaction;
    private Disk.Open file;
    private @Nullable Object key;

    /** The number of the first line of the file. */
    private long first;

    private long size;
    private long nextSeq;
    private boolean dirtyTail;
    private boolean closed;

    /** Where the file was renamed to and could not be renamed back from. */
    private @Nullable Path astray;

    /** Whether a name in the folder is still to be brought down to the disk. */
    private boolean folderOwed;

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

    private Journal(
            Disk disk,
            Path path,
            Disk.Open file,
            JournalWalk walk,
            Optional<Path> torn,
            JournalSizes sizes)
            throws IOException {
        this.disk = disk;
        this.path = path;
        this.file = file;
        this.past = walk.history();
        this.snapshotTrouble = walk.trouble();
        this.torn = torn;
        this.key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        this.first = walk.place().first();
        this.size = walk.place().offset();
        this.nextSeq = past.count() + 1;
        compaction = new JournalCompaction(this, disk, sizes, walk.begunAt());
    }

    /** Opens the journal of a state folder. */
    public static Journal open(StateFolder state) {
        return open(state.disk(), state.journal());
    }

    /** As {@link #open(Disk, Path)}, on this machine's disk. */
    public static Journal open(Path path) {
        return open(Disk.real(), path);
    }

    /** As {@link #open(Disk, Path, JournalSizes)}, of the usual sizes. */
    public static Journal open(Disk disk, Path path) {
        return open(disk, path, JournalSizes.USUAL);
    }

    /**
     * Opens the journal, or begins one, and folds all it holds, from its snapshot on where there is
     * one. A torn last line (a crash while it was written) is cut off; it is kept beside as {@code
     * orchestrator-log.torn-N}.
     *
     * @param sizes when it is to be compacted
     * @throws Fault {@code journal-damaged} for a line that was whole once: nothing is changed, a
     *     copy is kept; {@code journal-open} when it cannot be read or written
     */
    public static Journal open(Disk disk, Path path, JournalSizes sizes) {
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
                return open(disk, path, file, sizes);
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

    private static Journal open(Disk disk, Path path, Disk.Open file, JournalSizes sizes)
            throws IOException {
        try (Content in = Content.plain(path)) {
            JournalWalk walk = JournalWalk.fromSnapshot(path);
            Optional<JournalScan.Damage> damage =
                    walk.read(in, Long.MAX_VALUE, events -> {}, () -> {}).damage();
            Optional<Path> torn = Optional.empty();
            if (damage.isPresent()) {
                if (!damage.get().torn()) {
                    throw damaged(path, damage.get(), Optional.of(JournalCopies.whole(disk, path)));
                }
                long good = walk.place().offset();
                Path copy = JournalCopies.torn(disk, path, in, good);
                file.cut(good);
                file.sync();
                torn = Optional.of(copy);
            }
            return new Journal(disk, path, file, walk, torn, sizes);
        }
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

    static Path folderOf(Path path) {
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

    /** Why its snapshot was not used when it was opened, a sentence; empty: it was, or none is. */
    public Optional<String> snapshotTrouble() {
        return snapshotTrouble;
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
            settleNames();
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

    // ── compaction ─────────────────────────────────────────────────────────────────────────

    /**
     * Whether so much has come since the last {@link #compact} that another is worth its while. Any
     * thread; does not block.
     */
    public boolean isCompactionDue() {
        Extent extent = extent();
        return !extent.closed() && compaction.isDue(extent);
    }

    /**
     * Writes a snapshot of what is on disk, and sets the journal's file aside as an archive once it
     * is long. What is appended meanwhile waits for a few renames at most. A crash at any moment
     * leaves a journal that opens as if nothing had been done. Blocks; any thread, and one at a
     * time does it.
     *
     * @throws Fault {@code journal-compact} when the disk refused: the journal stays as it was;
     *     {@code journal-damaged} when what is to be set aside is not whole
     */
    public void compact() {
        compaction.run();
    }

    /** What of the file is on disk. */
    record Extent(long first, long size, long count, boolean closed) {}

    synchronized Extent extent() {
        return new Extent(first, size, nextSeq - 1, closed || astray != null);
    }

    /**
     * Makes an archive of the file, as far as {@link #extent} tells, and goes on in an empty one.
     *
     * @param check is run when nothing can be appended any more, with what will be set aside
     */
    synchronized void setAside(Check check) throws IOException {
        Extent extent = extent();
        if (extent.closed() || extent.size() == 0) {
            return;
        }
        settleNames();
        cutDirtyTail();
        checkOurs();
        check.see(extent);
        Path archive = JournalArchives.name(path, first, nextSeq - 1);
        if (Files.exists(archive)) {
            throw new FileAlreadyExistsException(archive.toString());
        }
        Path fresh = Disk.beside(path);
        disk.newFile(fresh);
        Object nextKey = Files.readAttributes(fresh, BasicFileAttributes.class).fileKey();
        Disk.Open next = disk.open(fresh);
        try {
            switchTo(fresh, archive);
        } catch (IOException | RuntimeException | Error e) {
            next.close();
            throw e;
        }
        Disk.Open old = file;
        file = next;
        key = nextKey;
        first = nextSeq;
        size = 0;
        old.close();
        settleNames();
    }

    /** Looks at what will be set aside. */
    interface Check {
        void see(Extent extent) throws IOException;
    }

    /** The archive's name is down on the disk before the journal's is given to another file. */
    private void switchTo(Path fresh, Path archive) throws IOException {
        try {
            disk.move(path, archive);
            astray = archive;
            disk.sync(folderOf(path));
            disk.move(fresh, path);
        } catch (IOException e) {
            undo(this::settleNames, e);
            undo(() -> disk.delete(fresh), e);
            throw e;
        }
        astray = null;
        // Nothing is written into the new file before its name is down, see append.
        folderOwed = true;
    }

    private interface Undoing {
        void run() throws IOException;
    }

    private static void undo(Undoing step, IOException cause) {
        try {
            step.run();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Brings the folder to what it should be after a switch, whether it was done or refused. */
    private void settleNames() throws IOException {
        Path away = astray;
        if (away != null) {
            disk.move(away, path);
            astray = null;
            folderOwed = true;
        }
        if (folderOwed) {
            disk.sync(folderOf(path));
            folderOwed = false;
        }
    }

    /** Closes the file, after a compaction that goes on. Nothing can be appended any more. */
    @Override
    public void close() {
        compaction.close();
        synchronized (this) {
            closed = true;
            try {
                file.close();
            } catch (IOException e) {
                throw DiskFault.of(
                        "journal-write", "close the journal", path, e, "Check the disk.");
            }
        }
    }
}
