package orchestrator.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import orchestrator.files.BlockGzip;
import orchestrator.files.Content;
import orchestrator.model.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A log of any size, for a viewer: any of its lines is read at once, the newest without waiting for
 * the index. {@link #look} notices what was appended, and that the file became shorter or is
 * another one; a file that was removed can be read on, and one that was compressed is read as
 * before. Keeps it open. {@code look} is for one thread at a time, all else for any; everything but
 * {@link #count()} blocks for the disk.
 */
public final class LogFile implements LogRows, AutoCloseable {
    private static final Look NOTHING = new Look(0, false, 0, 0, 0);
    private final Path file;
    private final Optional<LogQuery> marked;
    private volatile Optional<LogSearch> marks = Optional.empty();
    private volatile @Nullable OpenLog opened;
    private boolean closed;

    /** A log that was not looked at. It need not exist. */
    public LogFile(Path file) {
        this(file, Optional.empty());
    }

    /**
     * A log of which some lines are noted, by a search of their own as far as it is indexed.
     *
     * @param marked which
     */
    public LogFile(Path file, Optional<LogQuery> marked) {
        this.file = file;
        this.marked = marked;
    }

    /**
     * What a look found.
     *
     * @param generation counts the files that stood at the path: another number, another content
     * @param present whether a file stands there now; if not, the last one can still be read
     * @param lines as many as are known, the last one even without its end
     * @param indexed bytes that were looked at
     * @param size bytes of the file
     */
    public record Look(long generation, boolean present, long lines, long indexed, long size) {
        /** Whether all lines are known that are there. */
        public boolean complete() {
            return indexed >= size;
        }
    }

    /**
     * Looks what there is now, and reads on by at most {@code bytes}.
     *
     * @throws Fault {@code log-unreadable} when there is something that cannot be read
     */
    public synchronized Look look(long bytes) {
        OpenLog now = opened;
        if (closed) {
            return NOTHING; // whoever closed it asks no more
        }
        try {
            BasicFileAttributes there = Files.readAttributes(file, BasicFileAttributes.class);
            if (now == null || !now.isSame(there)) {
                now = replace(now);
            }
            index(now, bytes);
            return now.look(true);
        } catch (NoSuchFileException absent) {
            return elsewhere(now, bytes);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private void index(OpenLog now, long bytes) throws IOException {
        now.index(bytes);
        marks.ifPresent(noted -> noted.advance(bytes));
    }

    /** It is gone, or compressed; whichever it was when it was opened, that can be read on. */
    private Look elsewhere(@Nullable OpenLog now, long bytes) {
        try {
            boolean packed = Files.exists(BlockGzip.packed(file));
            if (now == null && !packed) {
                return NOTHING;
            }
            OpenLog read = now == null ? replace(null) : now;
            index(read, bytes);
            return read.look(packed);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private OpenLog replace(@Nullable OpenLog before) throws IOException {
        BasicFileAttributes there = Content.attributes(file);
        if (!there.isRegularFile()) {
            throw new IOException("it is not a file");
        }
        Content in = Content.open(file);
        OpenLog next =
                new OpenLog(
                        file,
                        in,
                        Objects.requireNonNullElse(there.fileKey(), file),
                        before == null ? 1 : before.generation() + 1);
        opened = next;
        marks = marked.map(query -> new LogSearch(next, query));
        if (before != null) {
            before.close();
        }
        return next;
    }

    static Fault unreadable(Path file, IOException failure) {
        return new Fault(
                "log-unreadable",
                "The log %s cannot be read (%s); see that it is a file and ours to read."
                        .formatted(file, failure),
                failure);
    }

    @Override
    public long count() {
        OpenLog now = opened;
        return now == null ? 0 : now.look(true).lines();
    }

    @Override
    public long ended() {
        OpenLog now = opened;
        return now == null ? 0 : now.ended();
    }

    @Override
    public List<LogLine> read(long first, int most) {
        OpenLog now = opened;
        return now == null ? List.of() : now.read(first, most);
    }

    /**
     * The file's last lines, whether they are indexed or not; their numbers are only right once all
     * is.
     */
    public List<LogLine> tail(int most) {
        OpenLog now = opened;
        return now == null ? List.of() : now.tail(most);
    }

    @Override
    public long before(long offset) {
        OpenLog now = opened;
        return now == null ? 0 : now.before(offset);
    }

    @Override
    public Optional<String> copy(long first, long last, int most) {
        OpenLog now = opened;
        return now == null ? Optional.of("") : now.copy(first, last, most);
    }

    /** Where the lines are that are noted, as far as it was looked at. */
    public Spread marked() {
        return marks.map(LogSearch::spread).orElse(Spread.NONE);
    }

    /** Begins to search the file that was there at the last look; empty: there was none. */
    public Optional<LogSearch> search(LogQuery query) {
        return Optional.ofNullable(opened).map(now -> new LogSearch(now, query));
    }

    /**
     * The nearest line that matches, after or before another.
     *
     * @param line −1 to begin with the first, {@link #count()} to begin with the last
     * @throws java.util.concurrent.CancellationException when {@code stopped} says so
     */
    public OptionalLong seek(LogQuery query, long line, boolean forward, BooleanSupplier stopped) {
        OpenLog now = opened;
        return now == null
                ? OptionalLong.empty()
                : new LogScan(now).seek(query, line, forward, stopped);
    }

    /** Lets go of the file. */
    @Override
    public synchronized void close() {
        closed = true;
        OpenLog now = opened;
        opened = null;
        if (now != null) {
            now.close();
        }
    }
}
