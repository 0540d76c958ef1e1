package orchestrator.log;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** Looks for the matching lines of each block; a line that comes in pieces counts once. */
final class LineHits implements LineBlocks.Taker {
    private final Suspects suspects;
    private final LogQuery.Lines lines;
    private final BooleanSupplier stopped;
    private final LongPredicate hit;
    private final LongPredicate step;
    private long lineStart;
    private boolean matched;

    /** See {@link LogScan#lines}. */
    LineHits(LogQuery query, BooleanSupplier stopped, LongPredicate hit, LongPredicate step) {
        suspects = new Suspects(query);
        lines = query.lines(stopped);
        this.stopped = stopped;
        this.hit = hit;
        this.step = step;
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
            from = lineEnd(bytes, 0, length) + 1;
        }
        boolean inLine = continued && from == 0;
        suspects.begin(bytes, length);
        while (from < length) {
            int at = suspects.next(from);
            if (at < 0) {
                break;
            }
            int start = Bytes.lastNewline(bytes, from, at) + 1;
            int end = lineEnd(bytes, at, length);
            if (suspects.isCertain(start, end) || lines.matches(bytes, start, end)) {
                matched = true;
                if (!hit.test(inLine && start == 0 ? lineStart : offset + start)) {
                    return false;
                }
            }
            from = end + 1;
        }
        return unfinished || step.test(offset + length);
    }

    private static int lineEnd(byte[] bytes, int from, int length) {
        int end = Bytes.indexOf(bytes, from, length, Bytes.NEWLINE);
        return end < 0 ? length : end;
    }
}
