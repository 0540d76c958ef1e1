package orchestrator.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes in arrays, eight at a time. Pure. */
final class Bytes {
    static final byte NEWLINE = '\n';
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long ONES = 0x0101010101010101L;

    private Bytes() {}

    /** A byte eight times, as {@link #matches} takes it. */
    static long pattern(byte wanted) {
        return (wanted & 0xffL) * ONES;
    }

    /**
     * Which of the eight bytes at {@code at} are the pattern's: for each its highest bit is set,
     * the first byte the lowest. Exact: no bit is set by a neighbour's carry.
     */
    static long matches(byte[] bytes, int at, long pattern) {
        long x = (long) LONGS.get(bytes, at) ^ pattern;
        return ~(((x & LOW_BITS) + LOW_BITS) | x | LOW_BITS);
    }

    /** The first place of a byte in {@code from..to}, or −1. */
    static int indexOf(byte[] bytes, int from, int to, byte wanted) {
        return indexOf(bytes, from, to, wanted, wanted);
    }

    /** The first place of one of two bytes in {@code from..to}, or −1. */
    static int indexOf(byte[] bytes, int from, int to, byte one, byte other) {
        long first = pattern(one);
        long second = pattern(other);
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long found = matches(bytes, i, first);
            if (one != other) {
                found |= matches(bytes, i, second);
            }
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == one || bytes[i] == other) {
                return i;
            }
        }
        return -1;
    }

    /** How often a byte stands in {@code from..to}. */
    static int count(byte[] bytes, int from, int to, byte wanted) {
        long pattern = pattern(wanted);
        int count = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            count += Long.bitCount(matches(bytes, i, pattern));
        }
        for (; i < to; i++) {
            count += bytes[i] == wanted ? 1 : 0;
        }
        return count;
    }

    /** The last line feed in {@code from..to}, or {@code from − 1}. */
    static int lastNewline(byte[] bytes, int from, int to) {
        int i = to - 1;
        while (i >= from && bytes[i] != NEWLINE) {
            i--;
        }
        return i;
    }
}
