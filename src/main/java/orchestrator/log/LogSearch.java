package orchestrator.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * The lines of a log that match, found step by step and on while it grows: the count is exact, and
 * of the places only some are kept, so memory is bounded however many there are. It belongs to the
 * file as it was when the search began: see {@link LogFile.Look#generation()}. {@link #advance} is
 * for one thread at a time, all else for any.
 */
public final class LogSearch implements LogRows {
    private static final long NONE = -1;
    private static final int MOST_SPREAD = 20_000;
    private final OpenLog file;
    private final LogScan scan;
    private final LogQuery query;
    private final SparseIndex hits = new SparseIndex(1, SparseIndex.NEVER);
    private final LineSpread spread = new LineSpread();
    private long spreadTo;
    private volatile boolean cancelled;
    private final AtomicLong found = new AtomicLong();
    private volatile long scanned;
    // The last line while it has no end: it may still change.
    private volatile long unended = NONE;
    private long unendedSeen = NONE;

    LogSearch(OpenLog file, LogQuery query) {
        this.file = file;
        scan = new LogScan(file);
        this.query = query;
    }

    /**
     * How far it is.
     *
     * @param hits lines that match so far
     * @param scanned bytes that were searched
     * @param of bytes that are to be searched by now
     */
    public record Progress(long hits, long scanned, long of) {
        /** Whether all was searched that is there. */
        public boolean complete() {
            return scanned >= of;
        }
    }

    /** Which of the files at the path it searches: see {@link LogFile.Look#generation()}. */
    public long generation() {
        return file.generation();
    }

    /** How far it is. */
    public Progress progress() {
        OpenLog.Extent extent = file.extent();
        return new Progress(count(), Math.min(scanned, extent.lineStart()), extent.lineStart());
    }

    /** No step of it goes on; what was found stays. */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Searches on.
     *
     * @param bytes about how many at most
     * @throws orchestrator.model.Fault {@code log-unreadable}, or {@code pattern-too-deep}
     */
    public synchronized void advance(long bytes) {
        OpenLog.Extent extent = file.extent();
        long stop = Math.min(extent.lineStart(), scanned + bytes);
        boolean grown = extent.end() != unendedSeen;
        if (grown) {
            unended = NONE;
        }
        try {
            while (scanned < stop && !cancelled && further(extent.lineStart(), stop - scanned)) {
                // a little at once, so that the first hits are seen and it can be given up
            }
            if (scanned >= extent.lineStart() && grown) {
                each(
                        extent.lineStart(),
                        extent.end(),
                        start -> {
                            unended = start;
                            return false;
                        },
                        _ -> true);
                unendedSeen = extent.end();
            }
        } catch (CancellationException givenUp) {
            return; // what was found so far stays
        }
    }

    private boolean further(long to, long bytes) {
        List<LogScan.Part> parts = scan.count(query, scanned, to, bytes, () -> cancelled);
        for (LogScan.Part part : parts) {
            hits.offer(part.places(), found.get());
            found.addAndGet(part.hits());
            scanned = part.to();
        }
        return !parts.isEmpty();
    }

    /** Each line that matches, until the hit or the step says no. */
    private void each(long from, long to, LongPredicate hit, LongPredicate step) {
        scan.lines(query, from, to, () -> false, hit, step);
    }

    @Override
    public long count() {
        return found.get() + (unended == NONE ? 0 : 1);
    }

    @Override
    public long ended() {
        return found.get();
    }

    /**
     * Where in the file they are, as far as it was searched; of very many only as many as are
     * looked up in some tenths of a second, and the next time more.
     */
    public Spread spread() {
        synchronized (spread) {
            for (SparseIndex.Place hit : hits.from(spreadTo, MOST_SPREAD)) {
                spreadTo = hit.ordinal() + 1;
                if (!spread.hasAll(file.linesAround(hit.offset()))) {
                    spread.add(file.before(hit.offset()));
                }
            }
            long last = unended;
            return spread.spread(
                    count(),
                    last == NONE ? OptionalLong.empty() : OptionalLong.of(file.before(last)));
        }
    }

    private List<Long> starts(long first, int most) {
        List<Long> starts = new ArrayList<>();
        long ended = found.get();
        while (starts.size() < most && first + starts.size() < ended) {
            long wanted = first + starts.size();
            SparseIndex.Place place = hits.byOrdinal(wanted);
            if (place.ordinal() == wanted) {
                starts.add(place.offset());
            } else if (!addStarts(place, wanted, most, starts)) {
                return starts; // another file took its place
            }
        }
        long last = unended;
        if (last != NONE && starts.size() < most && first + starts.size() == ended) {
            starts.add(last);
        }
        return starts;
    }

    /** Searches once more between two places that are known. */
    private boolean addStarts(SparseIndex.Place place, long wanted, int most, List<Long> starts) {
        long[] ordinal = {place.ordinal()};
        int before = starts.size();
        each(
                place.offset(),
                hits.after(place.offset()).map(SparseIndex.Place::offset).orElse(scanned),
                start -> {
                    if (ordinal[0]++ >= wanted) {
                        starts.add(start);
                    }
                    return starts.size() < most;
                },
                _ -> true);
        return starts.size() > before;
    }

    @Override
    public List<LogLine> read(long first, int most) {
        List<LogLine> lines = new ArrayList<>();
        for (long start : starts(first, most)) {
            file.at(start).ifPresent(lines::add);
        }
        return lines;
    }

    @Override
    public long before(long offset) {
        if (found.get() == 0 || offset == 0) {
            return 0;
        }
        SparseIndex.Place place = hits.byOffset(offset);
        long[] ordinal = {place.ordinal()};
        Optional<SparseIndex.Place> beyond = hits.after(place.offset());
        if (place.offset() < offset) {
            if (beyond.filter(next -> next.ordinal() == place.ordinal() + 1).isPresent()) {
                ordinal[0]++;
            } else {
                each(
                        place.offset(),
                        Math.min(scanned, offset),
                        start -> {
                            ordinal[0] += start < offset ? 1 : 0;
                            return start < offset;
                        },
                        _ -> true);
            }
        }
        long last = unended;
        return ordinal[0] + (last != NONE && last < offset ? 1 : 0);
    }

    @Override
    public Optional<String> copy(long first, long last, int most) {
        StringBuilder out = new StringBuilder();
        for (long at = first; at <= last; ) {
            List<Long> starts = starts(at, (int) Math.min(1_000, last - at + 1));
            for (long start : starts) {
                Optional<String> line = file.whole(start, most - out.length());
                if (line.isEmpty()) {
                    return Optional.empty();
                }
                out.append(line.get()).append('\n');
            }
            if (starts.isEmpty()) {
                break;
            }
            at += starts.size();
        }
        return out.length() > most ? Optional.empty() : Optional.of(out.toString());
    }
}
