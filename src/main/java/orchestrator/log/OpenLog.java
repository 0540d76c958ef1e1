package orchestrator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that stood at a log's path, from the moment it was opened; it only grows. Once it is
 * closed, since another stands there, it reads as if it were empty.
 */
final class OpenLog {
    private static final Logger LOG = LoggerFactory.getLogger(OpenLog.class);
    private static final int BLOCK = 1 << 20;
    private static final int FINGERPRINT = 64;
    private static final long FARTHEST_TAIL = 16L << 20;
    private final Path file;
    private final FileChannel in;
    private final Object key;
    private final long generation;
    private final LineIndex index = new LineIndex();
    private final @Nullable LineMarks marks;
    private byte[] head = {};
    private byte[] last = {};
    private long seenSize = -1;
    private long seenTime;
    private volatile long size;

    /**
     * A file that was not looked at.
     *
     * @param marked the lines that are noted while it is indexed
     */
    OpenLog(Path file, FileChannel in, Object key, long generation, Optional<LogQuery> marked) {
        marks = marked.map(query -> new LineMarks(query, new LineSpread())).orElse(null);
        this.file = file;
        this.in = in;
        this.key = key;
        this.generation = generation;
    }

    /**
     * How much of it is known.
     *
     * @param lineStart where the line begins that has no end; {@code end} when there is none
     * @param end what was read so far
     */
    record Extent(long lineStart, long end) {}

    long generation() {
        return generation;
    }

    /**
     * Whether what stands at the path is this file and has only grown: what was cut and has grown
     * beyond its old length since is told by its first bytes and the last that were read.
     */
    boolean isSame(BasicFileAttributes there) throws IOException {
        if (!key.equals(there.fileKey() == null ? file : there.fileKey())) {
            return false;
        }
        long time = there.lastModifiedTime().toMillis();
        if (there.size() == seenSize && time == seenTime) {
            return true;
        }
        long indexed = index.position();
        boolean same =
                there.size() >= indexed
                        && Arrays.equals(head, bytes(0, head.length))
                        && Arrays.equals(last, bytes(indexed - last.length, last.length));
        if (same) {
            seenSize = there.size();
            seenTime = time;
        }
        return same;
    }

    private byte[] bytes(long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && in.read(buffer, from + buffer.position()) > 0) {
            // reads on
        }
        return buffer.array();
    }

    /** Reads on by at most so many bytes. */
    void index(long most) throws IOException {
        size = in.size();
        long from = index.position();
        long end = Math.min(size, from + most);
        if (from >= end) {
            return;
        }
        byte[] block = new byte[(int) Math.min(BLOCK, end - from)];
        for (long at = from; at < end; ) {
            int wanted = (int) Math.min(block.length, end - at);
            int count = in.read(ByteBuffer.wrap(block, 0, wanted), at);
            if (count <= 0) {
                break;
            }
            index.accept(block, count);
            if (marks != null) {
                marks.accept(block, count, index.lines());
            }
            at += count;
        }
        if (marks != null) {
            marks.pause();
        }
        head = bytes(0, (int) Math.min(FINGERPRINT, index.position()));
        int tail = (int) Math.min(FINGERPRINT, index.position());
        last = bytes(index.position() - tail, tail);
    }

    LogFile.Look look(boolean present) {
        long indexed = index.position();
        long known = Math.max(indexed, size);
        boolean unended = indexed >= known && index.lineStart() < indexed;
        return new LogFile.Look(
                generation, present, index.lines() + (unended ? 1 : 0), indexed, known);
    }

    Spread marked() {
        return marks == null ? Spread.NONE : marks.spread();
    }

    Extent extent() {
        synchronized (index) {
            return new Extent(index.lineStart(), index.position());
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T reading(T whenClosed, Reading<T> reading) {
        try {
            return reading.read();
        } catch (ClosedChannelException replaced) {
            LOG.debug("{} was read while another took its place", file);
            return whenClosed;
        } catch (IOException failure) {
            throw LogFile.unreadable(file, failure);
        }
    }

    /** A cursor that has gone to the line of that number; empty: there is none. */
    private Optional<LineCursor> to(long line, int keep) throws IOException {
        LineCursor at =
                new LineCursor(
                        in, index.places(), index.places().byOrdinal(line), index.position());
        while (at.next(0)) {
            if (at.number() + 1 == line) {
                return at.next(keep) ? Optional.of(at) : Optional.empty();
            }
            if (at.number() == line) {
                return again(at, keep);
            }
        }
        return Optional.empty();
    }

    /** The cursor's line once more, with what it holds. */
    private Optional<LineCursor> again(LineCursor at, int keep) throws IOException {
        LineCursor anew =
                new LineCursor(
                        in,
                        index.places(),
                        new SparseIndex.Place(at.number(), at.start()),
                        index.position());
        return anew.next(keep) ? Optional.of(anew) : Optional.empty();
    }

    List<LogLine> read(long first, int most) {
        return reading(
                List.of(),
                () -> {
                    List<LogLine> lines = new ArrayList<>();
                    Optional<LineCursor> at =
                            first < 0 || most < 1
                                    ? Optional.empty()
                                    : to(first, LogLine.KEPT_BYTES);
                    while (at.isPresent()) {
                        lines.add(LogLine.of(at.get()));
                        if (lines.size() == most || !at.get().next(LogLine.KEPT_BYTES)) {
                            break;
                        }
                    }
                    return lines;
                });
    }

    /** The line that begins at that byte. */
    Optional<LogLine> at(long start) {
        return reading(
                Optional.empty(), () -> cursorAt(start, LogLine.KEPT_BYTES).map(LogLine::of));
    }

    private Optional<LineCursor> cursorAt(long start, int keep) throws IOException {
        LineCursor at =
                new LineCursor(
                        in,
                        index.places(),
                        new SparseIndex.Place(before(start), start),
                        index.position());
        return at.next(keep) ? Optional.of(at) : Optional.empty();
    }

    /** All of the line that begins at that byte; empty: it is longer than {@code most}. */
    Optional<String> whole(long start, int most) {
        return reading(
                Optional.of(""),
                () -> {
                    Optional<LineCursor> at = cursorAt(start, Math.max(0, most) + 1);
                    return at.isPresent() && at.get().bytes() > most
                            ? Optional.empty()
                            : Optional.of(at.map(LogLine::copied).orElse(""));
                });
    }

    Optional<String> copy(long first, long last, int most) {
        return reading(
                Optional.of(""),
                () -> {
                    StringBuilder out = new StringBuilder();
                    Optional<LineCursor> found = to(first, most);
                    if (found.isEmpty()) {
                        return Optional.of("");
                    }
                    LineCursor at = found.get();
                    do {
                        if (at.bytes() + out.length() >= most) {
                            return Optional.empty();
                        }
                        out.append(LogLine.copied(at)).append('\n');
                    } while (at.number() < last && at.next(most - out.length()));
                    return Optional.of(out.toString());
                });
    }

    List<LogLine> tail(int most) {
        return reading(
                List.of(),
                () -> {
                    long end = in.size();
                    long start = startOfLast(most, end);
                    LineCursor at =
                            new LineCursor(
                                    in, index.places(), new SparseIndex.Place(0, start), end);
                    List<LogLine> lines = new ArrayList<>();
                    while (at.next(LogLine.KEPT_BYTES)) {
                        lines.add(LogLine.of(at));
                    }
                    return lines;
                });
    }

    /** Where the last lines begin, looking back from the end, not farther than 16 MiB. */
    private long startOfLast(int lines, long end) throws IOException {
        long floor = Math.max(0, end - FARTHEST_TAIL);
        int ends = 0;
        for (long at = end; at > floor; ) {
            int count = (int) Math.min(FINGERPRINT * 1024, at - floor);
            at -= count;
            byte[] block = bytes(at, count);
            for (int i = count - 1; i >= 0; i--) {
                boolean closesTheLast = at + i == end - 1;
                if (block[i] == Bytes.NEWLINE && !closesTheLast && ++ends == lines) {
                    return at + i + 1;
                }
            }
        }
        return floor;
    }

    /** How many lines begin before a byte. */
    long before(long offset) {
        return reading(
                0L,
                () -> {
                    if (offset <= 0) {
                        return 0L;
                    }
                    SparseIndex.Place place = index.places().byOffset(offset);
                    if (place.offset() == offset) {
                        return place.ordinal();
                    }
                    LineCursor at = new LineCursor(in, index.places(), place, index.position());
                    long count = place.ordinal();
                    while (at.next(0) && at.start() < offset) {
                        count = at.number() + 1;
                    }
                    return count;
                });
    }

    /**
     * The lines that match, in order.
     *
     * @param from where a line begins
     * @param hit is given where each begins; says whether to go on
     * @param step is told how far it was searched; says whether to go on
     */
    void lines(
            LogQuery query,
            long from,
            long to,
            BooleanSupplier stopped,
            LongPredicate hit,
            LongPredicate step) {
        lines(from, to, LineHits.of(query, stopped, hit, step));
    }

    /** The lines that match, in order, found by {@code taker}. */
    void lines(long from, long to, LineHits taker) {
        boolean _ =
                reading(
                        false,
                        () -> {
                            LineBlocks.read(in, from, to, taker);
                            return true;
                        });
    }

    OptionalLong seek(LogQuery query, long line, boolean forward, BooleanSupplier stopped) {
        return reading(
                OptionalLong.empty(),
                () -> forward ? after(query, line, stopped) : ahead(query, line, stopped));
    }

    private OptionalLong after(LogQuery query, long line, BooleanSupplier stopped)
            throws IOException {
        long[] found = {-1};
        Optional<LineCursor> first = to(line + 1, 0);
        if (first.isPresent()) {
            lines(
                    query,
                    first.get().start(),
                    index.position(),
                    stopped,
                    start -> {
                        found[0] = start;
                        return false;
                    },
                    _ -> true);
        }
        return found[0] < 0 ? OptionalLong.empty() : OptionalLong.of(before(found[0]));
    }

    private OptionalLong ahead(LogQuery query, long line, BooleanSupplier stopped)
            throws IOException {
        long end = to(line, 0).map(LineCursor::start).orElse(index.position());
        while (end > 0) {
            SparseIndex.Place place = index.places().byOffset(Math.max(0, end - 1));
            long[] found = {-1};
            lines(
                    query,
                    place.offset(),
                    end,
                    stopped,
                    start -> {
                        found[0] = start;
                        return true;
                    },
                    _ -> true);
            if (found[0] >= 0) {
                return OptionalLong.of(before(found[0]));
            }
            end = place.offset();
        }
        return OptionalLong.empty();
    }

    void close() {
        try {
            in.close();
        } catch (IOException failure) {
            LOG.warn("{} could not be closed: {}", file, failure.toString());
        }
    }
}
