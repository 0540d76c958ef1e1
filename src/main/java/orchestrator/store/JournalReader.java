package orchestrator.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.files.Content;
import orchestrator.model.Fault;
import orchestrator.model.TimedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Follows a journal that another process (or nobody) writes, and folds it. Never changes it and
 * holds no file open between two looks. One thread at a time.
 */
public final class JournalReader {
    private final Path path;
    private final JournalWalk walk;
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

    /** Reads from the first event of all, also what was set aside. The file need not exist yet. */
    public JournalReader(Path path) {
        this(path, JournalWalk.fromBegin(path));
    }

    private JournalReader(Path path, JournalWalk walk) {
        this.path = path;
        this.walk = walk;
    }

    /**
     * Reads from the journal's snapshot on: at once, however long the journal is. The events before
     * it are in {@link #history()} and are not given.
     *
     * @throws Fault {@code journal-open} when there is one that cannot be read
     */
    public static JournalReader fromSnapshot(Path path) {
        return new JournalReader(path, JournalWalk.fromSnapshot(path));
    }

    /** What was read so far, and what the snapshot held. */
    public History history() {
        return walk.history();
    }

    /** Why the snapshot was not used, a sentence; empty: it was, or there is none. */
    public Optional<String> snapshotTrouble() {
        return walk.trouble();
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
            Optional<BasicFileAttributes> now = attributes();
            if (now.filter(this::isSeen).isPresent()) {
                return false;
            }
            boolean startedOver;
            try (Content file = open()) {
                if (file == null && JournalArchives.of(path).isEmpty()) {
                    return gone(forget);
                }
                startedOver = read(file, taker, forget);
            }
            see(now);
            return startedOver;
        } catch (EOFException e) {
            // Cut while it was read: from the beginning with the next look.
            return gone(forget);
        } catch (IOException e) {
            throw DiskFault.of("journal-open", "read the journal", path, e, "Make it readable.");
        }
    }

    private Optional<BasicFileAttributes> attributes() throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Returns null when it is not there, as while it is being set aside. */
    private @Nullable Content open() throws FileNotFoundException {
        try {
            return Content.plain(path);
        } catch (FileNotFoundException e) {
            if (Files.exists(path)) {
                throw e;
            }
            return null;
        }
    }

    private boolean isSeen(BasicFileAttributes now) {
        return now.size() == seenSize
                && now.lastModifiedTime().equals(seenTime)
                && Objects.equals(key, now.fileKey());
    }

    private void see(Optional<BasicFileAttributes> now) {
        seenSize = now.map(BasicFileAttributes::size).orElse(-1L);
        seenTime = now.map(BasicFileAttributes::lastModifiedTime).orElse(null);
        key = now.map(BasicFileAttributes::fileKey).orElse(null);
    }

    private boolean gone(Runnable forget) {
        boolean had = history().count() > 0;
        forget.run();
        startOver();
        return had;
    }

    private boolean read(@Nullable Content file, Consumer<List<TimedEvent>> taker, Runnable forget)
            throws IOException {
        try {
            JournalWalk.Outcome outcome = walk.read(file, Long.MAX_VALUE, taker, forget);
            if (!outcome.damage().map(JournalScan.Damage::torn).orElse(true)) {
                throw Journal.damaged(path, outcome.damage().get(), Optional.empty());
            }
            return outcome.startedOver();
        } catch (Fault fault) {
            // Whoever mends it gets it from the beginning.
            startOver();
            throw fault;
        }
    }

    private void startOver() {
        walk.startOver();
        see(Optional.empty());
    }
}
