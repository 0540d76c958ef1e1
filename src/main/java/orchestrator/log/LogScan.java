package orchestrator.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** Finds the matching lines of an open log. Any thread; it blocks for the disk. */
final class LogScan {
    private static final long LEAST_PER_PART = 1 << 20;
    private static final long MOST_PER_PART = 8 << 20;
    // 256 KiB of places: so many hits of a part are known each, of more every other one, and so on.
    private static final int MOST_HITS = 1 << 14;
    private final OpenLog file;

    LogScan(OpenLog file) {
        this.file = file;
    }

    /**
     * What a part of the file holds.
     *
     * @param hits how many lines match
     * @param places where some of them begin, counted from 0
     * @param to where the part ends
     */
    record Part(long hits, SparseIndex places, long to) {}

    /**
     * The lines that match, in order.
     *
     * @param from where a line begins
     * @param to where a line ends, or the log
     * @param hit is given where each begins; says whether to go on
     * @param step is told how far it was searched; says whether to go on
     * @throws java.util.concurrent.CancellationException when {@code stopped} says so
     */
    void lines(
            LogQuery query,
            long from,
            long to,
            BooleanSupplier stopped,
            LongPredicate hit,
            LongPredicate step) {
        boolean _ =
                file.reading(
                        false,
                        () -> {
                            read(query, from, to, stopped, hit, step);
                            return true;
                        });
    }

    private void read(
            LogQuery query,
            long from,
            long to,
            BooleanSupplier stopped,
            LongPredicate hit,
            LongPredicate step)
            throws IOException {
        LongPredicate unless = start -> !stopped.getAsBoolean() && hit.test(start);
        LineBlocks.read(file.content(), from, to, new LineHits(query, stopped, unless, step));
    }

    /**
     * How many lines match in the next parts, each searched by a core.
     *
     * @param from where a line begins
     * @param to where a line ends
     * @param bytes about how many at most; a part of a very long line is its whole
     * @return the parts in order; none when the file was replaced
     * @throws java.util.concurrent.CancellationException when {@code stopped} says so
     */
    List<Part> count(LogQuery query, long from, long to, long bytes, BooleanSupplier stopped) {
        long part = Math.clamp(bytes / SideBySide.PARTS, LEAST_PER_PART, MOST_PER_PART);
        List<SideBySide.Part<Part>> parts = new ArrayList<>();
        long at = from;
        for (int i = 0; i < SideBySide.PARTS && at < to && at - from < bytes; i++) {
            long begin = at;
            at = Math.min(to, lineAfter(begin, begin + part, to));
            long end = at;
            parts.add(() -> part(query, begin, end, stopped));
        }
        return parts.isEmpty() ? List.of() : file.reading(List.of(), () -> SideBySide.all(parts));
    }

    /** Where a line begins behind {@code from}, near to {@code wanted}. */
    private long lineAfter(long from, long wanted, long to) {
        if (wanted >= to) {
            return to;
        }
        SparseIndex.Place before = file.places().byOffset(wanted);
        return before.offset() > from
                ? before.offset()
                : file.places().after(wanted).map(SparseIndex.Place::offset).orElse(to);
    }

    private Part part(LogQuery query, long from, long to, BooleanSupplier stopped)
            throws IOException {
        SparseIndex places = new SparseIndex(1, SparseIndex.NEVER, MOST_HITS);
        long[] hits = {0};
        read(
                query,
                from,
                to,
                stopped,
                start -> {
                    places.offer(hits[0]++, start);
                    return true;
                },
                _ -> true);
        return new Part(hits[0], places, to);
    }

    /** See {@link LogFile#seek}. */
    OptionalLong seek(LogQuery query, long line, boolean forward, BooleanSupplier stopped) {
        return file.reading(
                OptionalLong.empty(),
                () -> forward ? after(query, line, stopped) : ahead(query, line, stopped));
    }

    private OptionalLong after(LogQuery query, long line, BooleanSupplier stopped)
            throws IOException {
        long[] found = {-1};
        Optional<LineCursor> first = file.to(line + 1, 0);
        if (first.isPresent()) {
            read(
                    query,
                    first.get().start(),
                    file.extent().end(),
                    stopped,
                    start -> {
                        found[0] = start;
                        return false;
                    },
                    _ -> true);
        }
        return found[0] < 0 ? OptionalLong.empty() : OptionalLong.of(file.before(found[0]));
    }

    private OptionalLong ahead(LogQuery query, long line, BooleanSupplier stopped)
            throws IOException {
        long end = file.to(line, 0).map(LineCursor::start).orElse(file.extent().end());
        while (end > 0) {
            SparseIndex.Place place = file.places().byOffset(Math.max(0, end - 1));
            long[] found = {-1};
            read(
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
                return OptionalLong.of(file.before(found[0]));
            }
            end = place.offset();
        }
        return OptionalLong.empty();
    }
}
