package orchestrator.log;

import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Notes in which parts of a log lines were found. It begins with parts of one line; when there are
 * more than {@link #MOST}, each two become one. Any thread.
 */
final class LineSpread {
    /**
     * Never fewer than half of that for the lines that there are: finer than any screen is high.
     */
    static final int MOST = 4096;

    private final int most;
    private BitSet parts = new BitSet();
    private long apart = 1;

    LineSpread() {
        this(MOST);
    }

    /** One of fewer parts; {@code most} is even. */
    LineSpread(int most) {
        this.most = most;
    }

    /** Notes a line. */
    synchronized void add(long line) {
        while (line / apart >= most) {
            fold();
        }
        parts.set((int) (line / apart));
    }

    private void fold() {
        BitSet fewer = new BitSet();
        parts.stream().forEach(part -> fewer.set(part / 2));
        parts = fewer;
        apart *= 2;
    }

    /** Whether all of those are in one part, in which something was found already. */
    synchronized boolean hasAll(OpenLog.LineRange lines) {
        long part = lines.first() / apart;
        return part == lines.last() / apart && part < most && parts.get((int) part);
    }

    /**
     * What was noted so far.
     *
     * @param found how many lines were found in all
     * @param also a line that counts only for now, since it may still change
     */
    synchronized Spread spread(long found, OptionalLong also) {
        BitSet now = (BitSet) parts.clone();
        // What may change is the newest line: beyond the last part it stands in that.
        also.ifPresent(line -> now.set((int) Math.min(most - 1, line / apart)));
        return new Spread(found, apart, now);
    }
}
