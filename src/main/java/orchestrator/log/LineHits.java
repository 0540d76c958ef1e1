package orchestrator.log;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** Looks for the matching lines of each block; a line that comes in pieces counts once. */
final class LineHits implements LineBlocks.Taker {
    private final LogQuery query;
    private final BooleanSupplier stopped;
    private final LongPredicate hit;
    private final LongPredicate step;
    private long lineStart;
    private boolean matched;

    /** See {@link OpenLog#lines}. */
    LineHits(LogQuery query, BooleanSupplier stopped, LongPredicate hit, LongPredicate step) {
        this.query = query;
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
            from = behindLine(bytes, 0, length);
        }
        boolean plain = query.isPlainIn(bytes, length);
        while (from < length) {
            int found = query.next(bytes, from, length, plain, stopped);
            if (found < 0) {
                break;
            }
            int before = Bytes.lastNewline(bytes, from, found);
            boolean inPieces = continued && before < from && from == 0;
            matched = true;
            if (!hit.test(inPieces ? lineStart : offset + before + 1)) {
                return false;
            }
            from = behindLine(bytes, found, length);
        }
        return unfinished || step.test(offset + length);
    }

    private static int behindLine(byte[] bytes, int from, int length) {
        int end = Bytes.indexOf(bytes, from, length, Bytes.NEWLINE);
        return end < 0 ? length : end + 1;
    }
}
