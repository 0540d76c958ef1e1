package orchestrator.log;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Notes which lines match while the bytes of a growing file are given to it in order, cut wherever.
 * A line of more than {@link #PIECE} bytes is looked at in pieces, each of which repeats the last
 * bytes of the one before. One thread gives; any asks.
 */
final class LineMarks {
    private static final int PIECE = 256 << 10;
    private final LogQuery query;
    private final LineSpread spread;
    private byte[] held = new byte[1024];
    private int count;
    private boolean marked;
    private long line;
    private volatile OptionalLong unended = OptionalLong.empty();

    LineMarks(LogQuery query, LineSpread spread) {
        this.query = query;
        this.spread = spread;
    }

    /**
     * Takes the file's next bytes, the first {@code length} of the array.
     *
     * @param ended how many lines have their end with these
     */
    void accept(byte[] bytes, int length, long ended) {
        int from = 0;
        if (count > 0 || marked) {
            int end = Bytes.indexOf(bytes, 0, length, Bytes.NEWLINE);
            from = end < 0 ? length : end + 1;
            hold(bytes, 0, from);
            if (end >= 0) {
                endHeld();
            }
        }
        int whole = Bytes.lastNewline(bytes, from, length) + 1;
        if (whole > from) {
            lines(bytes, from, whole, ended);
        }
        hold(bytes, Math.max(from, whole), length);
    }

    /** To be called when there is no more for now: what has no end is a line as well. */
    void pause() {
        unended =
                marked || (count > 0 && matches(held, 0, count))
                        ? OptionalLong.of(line)
                        : OptionalLong.empty();
    }

    private void endHeld() {
        if (marked || matches(held, 0, count)) {
            spread.add(line);
        }
        count = 0;
        marked = false;
        line++;
    }

    /** Keeps a piece of a line that has no end yet. */
    private void hold(byte[] bytes, int from, int to) {
        for (int at = from; at < to && !marked; ) {
            int taken = Math.min(to - at, PIECE - count);
            if (count + taken > held.length) {
                held = Arrays.copyOf(held, Math.min(PIECE, 2 * (count + taken)));
            }
            System.arraycopy(bytes, at, held, count, taken);
            count += taken;
            at += taken;
            if (count == PIECE) {
                marked = matches(held, 0, count);
                System.arraycopy(held, PIECE - LineBlocks.OVERLAP, held, 0, LineBlocks.OVERLAP);
                count = LineBlocks.OVERLAP;
            }
        }
    }

    private boolean matches(byte[] bytes, int from, int to) {
        return query.next(bytes, from, to, query.isPlainIn(bytes, from, to), () -> false) >= 0;
    }

    private void lines(byte[] bytes, int from, int to, long ended) {
        boolean plain = query.isPlainIn(bytes, from, to);
        int at = from;
        while (at < to) {
            int found = query.next(bytes, at, to, plain, () -> false);
            if (found < 0) {
                break;
            }
            line += Bytes.count(bytes, at, found, Bytes.NEWLINE);
            spread.add(line);
            line++; // it ends in this block
            at = Bytes.indexOf(bytes, found, to, Bytes.NEWLINE) + 1;
        }
        line = ended;
    }

    /** Where they are so far. */
    Spread spread() {
        return spread.spread(unended);
    }
}
