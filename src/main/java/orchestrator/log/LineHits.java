package orchestrator.log;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** Looks for the matching lines of each block; a line that comes in pieces counts once. */
final class LineHits implements LineBlocks.Taker {
    private static final long UNNUMBERED = -1;
    private final LogQuery query;
    private final BooleanSupplier stopped;
    private final Hit hit;
    private final LongPredicate step;
    private long lineStart;
    private boolean matched;
    private long line;

    /** Is given the lines that match. */
    @FunctionalInterface
    interface Hit {
        /**
         * A line.
         *
         * @param start where it begins
         * @param number counts from 0; −1 where numbers are not wanted
         * @return whether to go on
         */
        boolean at(long start, long number);
    }

    private LineHits(
            LogQuery query, long line, BooleanSupplier stopped, Hit hit, LongPredicate step) {
        this.query = query;
        this.line = line;
        this.stopped = stopped;
        this.hit = hit;
        this.step = step;
    }

    /** See {@link OpenLog#lines}. */
    static LineHits of(
            LogQuery query, BooleanSupplier stopped, LongPredicate hit, LongPredicate step) {
        return new LineHits(query, UNNUMBERED, stopped, (start, _) -> hit.test(start), step);
    }

    /** The same with the number of each line, the one that it begins with being {@code first}. */
    static LineHits numbered(
            LogQuery query, long first, BooleanSupplier stopped, Hit hit, LongPredicate step) {
        return new LineHits(query, first, stopped, hit, step);
    }

    /** The number of the line that comes next. */
    long line() {
        return line;
    }

    @Override
    public boolean take(
            byte[] bytes, int length, long offset, boolean continued, boolean unfinished) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("the search was given up");
        }
        int from = 0;
        if (!continued) {
            lineStart = offset;
            matched = false;
        } else if (matched) {
            from = behindLine(bytes, 0, length);
        }
        boolean plain = query.isPlainIn(bytes, 0, length);
        int counted = 0;
        while (from < length) {
            int found = query.next(bytes, from, length, plain, stopped);
            if (found < 0) {
                break;
            }
            int before = Bytes.lastNewline(bytes, from, found);
            boolean inPieces = continued && before < from && from == 0;
            matched = true;
            counted = count(bytes, counted, found);
            long start = inPieces ? lineStart : offset + before + 1;
            if (stopped.getAsBoolean() || !hit.at(start, line)) {
                return false;
            }
            from = behindLine(bytes, found, length);
        }
        count(bytes, counted, length);
        return unfinished || step.test(offset + length);
    }

    /** Counts the lines that end there; how far it has counted. */
    private int count(byte[] bytes, int from, int to) {
        if (line != UNNUMBERED) {
            line += Bytes.count(bytes, from, to, Bytes.NEWLINE);
        }
        return to;
    }

    private static int behindLine(byte[] bytes, int from, int length) {
        int end = Bytes.indexOf(bytes, from, length, Bytes.NEWLINE);
        return end < 0 ? length : end + 1;
    }
}
