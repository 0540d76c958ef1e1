package orchestrator.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import orchestrator.files.Content;
import orchestrator.model.TimedEvent;

/**
 * Keeps an open journal quick to open again. Works from what is on disk alone, by the way every
 * reader takes, so that each snapshot is a proof of the one before and of the lines since; the
 * state in memory has no part in it. Any thread; one at a time works, others return at once.
 */
final class JournalCompaction {
    private final Journal journal;
    private final Disk disk;
    private final JournalSizes sizes;
    private final ReentrantLock working = new ReentrantLock();

    /** Guarded by {@link #working}. */
    private boolean closed;

    /** The number of the last event of the newest snapshot, or of the newest that was tried. */
    private final AtomicLong snapshotAt;

    /** The number of the last event when a file was last to be set aside, in vain or not. */
    private final AtomicLong asideAt = new AtomicLong();

    JournalCompaction(Journal journal, Disk disk, JournalSizes sizes, long snapshotAt) {
        this.journal = journal;
        this.disk = disk;
        this.sizes = sizes;
        this.snapshotAt = new AtomicLong(snapshotAt);
    }

    boolean isDue(Journal.Extent extent) {
        return isSnapshotDue(extent) || isAsideDue(extent);
    }

    private boolean isSnapshotDue(Journal.Extent extent) {
        return extent.count() - snapshotAt.get() >= sizes.events();
    }

    /** A disk that refused is not asked again before more has come. */
    private boolean isAsideDue(Journal.Extent extent) {
        return extent.size() >= sizes.bytes()
                && extent.count() - asideAt.get() >= Math.min(sizes.events(), extent.count());
    }

    /** See {@link Journal#compact}. */
    void run() {
        if (!working.tryLock()) {
            return;
        }
        try {
            Journal.Extent extent = journal.extent();
            if (closed || extent.closed() || extent.count() == 0) {
                return;
            }
            if (isAsideDue(extent)) {
                asideAt.set(extent.count());
                setAside(extent);
            }
            snapshotAt.set(extent.count());
            snapshot();
        } catch (IOException e) {
            throw DiskFault.of(
                    "journal-compact",
                    "compact the journal",
                    journal.path(),
                    e,
                    "It stays as it is and only takes longer to open; see that the disk has room.");
        } finally {
            working.unlock();
        }
    }

    /** The long check before appends have to wait, the few lines since while they do. */
    private void setAside(Journal.Extent extent) throws IOException {
        long next = check(extent, 0, extent.first());
        journal.setAside(now -> {
            if (check(now, extent.size(), next) != now.count() + 1) {
                throw new IOException("its lines are not as many as were written");
            }
        });
    }

    /** Reads from an offset on, where that line begins; returns the number after the last. */
    private long check(Journal.Extent extent, long from, long next) throws IOException {
        try (Content file = Content.plain(journal.path())) {
            Consumer<List<TimedEvent>> nobody = events -> {};
            JournalScan scan =
                    JournalScan.read(file, new JournalLine(), from, extent.size(), next, nobody);
            if (scan.damage().isPresent()) {
                throw Journal.damaged(
                        journal.path(),
                        scan.damage().get().inFileFrom(extent.first()),
                        Optional.empty());
            }
            return next + scan.count();
        }
    }

    private void snapshot() throws IOException {
        JournalWalk walk = JournalWalk.fromSnapshot(journal.path());
        long before = walk.begunAt();
        Journal.Extent extent = journal.extent();
        try (Content file = Content.plain(journal.path())) {
            // Only what is on disk: what is just being written may be taken off again.
            Optional<JournalScan.Damage> damage =
                    walk.read(file, extent.size(), events -> {}, () -> {}).damage();
            if (damage.isPresent()) {
                throw Journal.damaged(journal.path(), damage.get(), Optional.empty());
            }
        }
        if (walk.history().count() > before) {
            new JournalSnapshot(walk.history(), walk.place()).write(disk, journal.path());
            snapshotAt.set(walk.history().count());
        }
    }

    /** Waits for what is being done; nothing more is. */
    void close() {
        working.lock();
        try {
            closed = true;
        } finally {
            working.unlock();
        }
    }
}
