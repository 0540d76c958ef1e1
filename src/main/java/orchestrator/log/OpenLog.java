package orchestrator.log;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import orchestrator.files.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that stood at a log's path, from the moment it was opened; it only grows. Once it is
 * closed, since another stands there, it reads as if it were empty.
 */
final class OpenLog {
    private static final int BLOCK = 1 << 20;
    private static final int MOST_PER_PART = 16 << 20;
    private static final int FINGERPRINT = 64;
    private static final long FARTHEST_TAIL = 16L << 20;
    private final Path file;
    private final Content in;
    private final Object key;
    private final long generation;
    private final LineIndex index = new LineIndex();
    private byte[] head = {};
    private byte[] last = {};
    private long seenSize = -1;
    private long seenTime;
    private volatile long size;

    OpenLog(Path file, Content in, Object key, long generation) {
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

    Content content() {
        return in;
    }

    /** Where lines begin, as far as they are known. */
    SparseIndex places() {
        return index.places();
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
        byte[] bytes = new byte[count];
        in.read(from, bytes, 0, count);
        return bytes;
    }

    /** Reads on by at most so many bytes. */
    void index(long most) throws IOException {
        size = in.size();
        long from = index.position();
        long end = Math.min(size, from + most);
        if (from >= end) {
            return;
        }
        for (long at = from; at < end && index.position() == at; ) {
            long part = Math.clamp((end - at) / SideBySide.PARTS, BLOCK, MOST_PER_PART);
            List<SideBySide.Part<LineIndex>> parts = new ArrayList<>();
            for (int i = 0; i < SideBySide.PARTS && at < end; i++) {
                long begin = at;
                at = Math.min(end, at + part);
                long stop = at;
                parts.add(() -> count(begin, stop));
            }
            for (LineIndex counted : SideBySide.all(parts)) {
                index.append(counted);
            }
        }
        head = bytes(0, (int) Math.min(FINGERPRINT, index.position()));
        int tail = (int) Math.min(FINGERPRINT, index.position());
        last = bytes(index.position() - tail, tail);
    }

    private LineIndex count(long from, long to) throws IOException {
        LineIndex part = new LineIndex(from);
        byte[] block = new byte[(int) Math.min(BLOCK, to - from)];
        int count = 1;
        for (long at = from; at < to && count > 0; at += count) {
            count = in.read(at, block, 0, (int) Math.min(block.length, to - at));
            part.accept(block, count);
        }
        return part;
    }

    LogFile.Look look(boolean present) {
        long indexed = index.position();
        long known = Math.max(indexed, size);
        boolean unended = indexed >= known && index.lineStart() < indexed;
        return new LogFile.Look(
                generation, present, index.lines() + (unended ? 1 : 0), indexed, known);
    }

    /** How many of its lines have their end. */
    long ended() {
        return index.lines();
    }

    Extent extent() {
        synchronized (index) {
            return new Extent(index.lineStart(), index.position());
        }
    }

    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /** Reads of it, or answers what is due once another stands in its place. */
    <T> T reading(T whenClosed, Reading<T> reading) {
        try {
            return reading.read();
        } catch (ClosedChannelException replaced) {
            logger().debug("{} was read while another took its place", file);
            return whenClosed;
        } catch (IOException failure) {
            throw LogFile.unreadable(file, failure);
        }
    }

    /** A cursor that has gone to the line of that number; empty: there is none. */
    Optional<LineCursor> to(long line, int keep) throws IOException {
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

    /**
     * Lines, counted from 0, of which one begins at that byte: known without a look at the file.
     */
    LineRange linesAround(long offset) {
        SparseIndex.Place before = index.places().byOffset(offset);
        long next =
                index.places()
                        .after(offset)
                        .map(SparseIndex.Place::ordinal)
                        .orElseGet(() -> index.lines() + 1);
        return new LineRange(before.ordinal(), next - 1);
    }

    /** From a line to another one, both of them in it. */
    record LineRange(long first, long last) {}

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

    void close() {
        try {
            in.close();
        } catch (IOException failure) {
            logger().warn("{} could not be closed: {}", file, failure.toString());
        }
    }

    /** Made when it is needed, which is seldom: it takes longer than to open a log and show it. */
    private static Logger logger() {
        return LoggerFactory.getLogger(OpenLog.class);
    }
}
