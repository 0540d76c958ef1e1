package orchestrator.log;

import java.util.BitSet;
import java.util.stream.LongStream;

/**
 * In which parts of a log lines were found: parts of equal numbers of lines, not more than some
 * thousands of them however many lines there are. Immutable; any thread.
 */
public final class Spread {
    /** Nothing was found. */
    public static final Spread NONE = new Spread(0, 1, new BitSet());

    private final long found;
    private final long apart;
    private final BitSet parts;

    Spread(long found, long apart, BitSet parts) {
        this.found = found;
        this.apart = apart;
        this.parts = parts;
    }

    /** How many lines were found. */
    public long found() {
        return found;
    }

    /** How many lines a part has; 1: the places are exact. */
    public long apart() {
        return apart;
    }

    /** The first line of each part in which something was found, in order; lines count from 0. */
    public LongStream parts() {
        return parts.stream().mapToLong(part -> part * apart);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spread spread
                && spread.found == found
                && spread.apart == apart
                && spread.parts.equals(parts);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(found) + 31 * parts.hashCode();
    }

    @Override
    public String toString() {
        return found + " lines in " + parts + " of " + apart + " lines each";
    }
}
