package orchestrator.log;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds in a block, one after the other, the lines that must be looked at: those that hold what a
 * match needs, and those that hold it perhaps, since they show another text than they hold bytes.
 * Each thing is looked for once in all of the block. Where no text is needed, or where it is found
 * again and again, they are those that an automaton accepts. One thread.
 */
final class Suspects {
    private static final int ESCAPE = 0x1b;
    // After so many suspects it is known how far apart they are, and if that is less than this.
    private static final int TELLING = 64;
    private static final int APART = 512;
    private final List<Needle> needles;
    private final Optional<Lanes> lanes;
    private final boolean literal;
    private final boolean exact;
    private boolean byLanes;
    private int told;
    private long passed;
    private final int[] places;
    private final Odd[] odd;
    private final int[] oddPlaces;
    private byte[] bytes = {};
    private int length;
    private boolean certain;

    /** Bytes that make a line odd: the first, and what the second is under a mask. */
    private record Odd(int first, int second, int mask) {}

    private static final Odd ESCAPES = new Odd(ESCAPE, 0xff, 0xff);
    // The dotted and the dotless i, the long s, the sign of kelvin.
    private static final Odd[] STRANGE = {
        ESCAPES, new Odd(0xc4, 0xb1, 1), new Odd(0xc5, 0xbf, 0), new Odd(0xe2, 0x84, 0)
    };

    /** Suspects of a query. */
    Suspects(LogQuery query) {
        needles = query.needles();
        literal = query.isLiteral();
        lanes = query.automaton().map(Lanes::new);
        exact = query.automaton().filter(ByteAutomaton::isExact).isPresent();
        boolean often = needles.stream().anyMatch(Needle::isFrequent);
        byLanes = lanes.isPresent() && (needles.isEmpty() || often);
        places = new int[needles.size()];
        odd = needles.stream().anyMatch(Needle::foldsBeyondAscii) ? STRANGE : new Odd[] {ESCAPES};
        oddPlaces = new int[odd.length];
    }

    /** Goes to another block. */
    void begin(byte[] block, int count) {
        bytes = block;
        length = count;
        lanes.ifPresent(all -> all.begin(block, count));
        passed += count;
        Arrays.fill(places, -1);
        Arrays.fill(oddPlaces, -1);
    }

    /** A place inside the first suspect line from {@code from} on, where a line begins, or −1. */
    int next(int from) {
        if (needles.isEmpty() && !byLanes) {
            certain = false;
            return from;
        }
        int first = byLanes ? nextByLanes(from) : nextByNeedles(from);
        for (int i = 0; i < odd.length; i++) {
            if (oddPlaces[i] < from) {
                oddPlaces[i] = nextOdd(odd[i], from);
            }
            if (oddPlaces[i] < first) {
                first = oddPlaces[i];
                certain = false;
            }
        }
        return first == length ? -1 : first;
    }

    private int nextByLanes(int from) {
        int found = lanes.orElseThrow().next(from);
        certain = exact;
        return found < 0 ? length : found;
    }

    private int nextByNeedles(int from) {
        // To go through many lines one by one takes longer than to go through all at once.
        if (lanes.isPresent() && ++told > TELLING && (passed - length + from) / told < APART) {
            byLanes = true;
            return nextByLanes(from);
        }
        int first = length;
        for (int i = 0; i < places.length; i++) {
            if (places[i] < from) {
                int found = needles.get(i).next(bytes, from, length);
                places[i] = found < 0 ? length : found;
            }
            if (places[i] < first) {
                first = places[i];
                certain = literal && needles.get(i).isExact();
            }
        }
        return first;
    }

    private int nextOdd(Odd what, int from) {
        for (int at = from; at < length; at++) {
            at = Bytes.indexOf(bytes, at, length, what.first, 0);
            if (at < 0) {
                return length;
            }
            // At the very end of a piece of a line: the rest is not seen here.
            if (at + 1 == length || ((bytes[at + 1] & 0xff) | what.mask) == what.second) {
                return at;
            }
        }
        return length;
    }

    /** Whether the line that was told last matches for certain, given as where it stands. */
    boolean isCertain(int lineStart, int lineEnd) {
        if (!certain || (byLanes && !isPlain(lineStart, lineEnd))) {
            return false;
        }
        for (int place : oddPlaces) {
            if (place < lineEnd) {
                return false;
            }
        }
        return true;
    }

    private boolean isPlain(int from, int to) {
        return Bytes.isAscii(bytes, from, to) && Bytes.indexOf(bytes, from, to, (byte) '\r') < 0;
    }
}
