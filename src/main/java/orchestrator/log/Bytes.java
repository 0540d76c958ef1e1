package orchestrator.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes in arrays, eight at a time, in the arithmetic of one long; four longs a round,
 * since the simpler of Java's compilers, which the program runs with, unrolls nothing itself.
 */
final class Bytes {
    static final byte NEWLINE = '\n';
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long NEWLINES = pattern(NEWLINE);
    // Each round adds at most four to each of eight counters of one byte.
    private static final int ROUNDS = 63;

    private Bytes() {}

    private static long pattern(int value) {
        return (value & 0xffL) * ONES;
    }

    /** For each of the eight bytes its lowest bit: whether it is a line feed. Exact. */
    private static long newlines(byte[] bytes, int at) {
        long x = (long) LONGS.get(bytes, at) ^ NEWLINES;
        return ~(((x & LOW_BITS) + LOW_BITS) | x | LOW_BITS) >>> 7;
    }

    /** Where a byte is zero its highest bit is set; above the first such it may be by a carry. */
    private static long zeros(long x) {
        return (x - ONES) & ~x;
    }

    /** How many line feeds stand in {@code from..to}. */
    static int countNewlines(byte[] bytes, int from, int to) {
        int count = 0;
        int i = from;
        while (i + 32 <= to) {
            long counters = 0;
            for (int end = Math.min(to - 32, i + 32 * (ROUNDS - 1)); i <= end; i += 32) {
                counters +=
                        newlines(bytes, i)
                                + newlines(bytes, i + 8)
                                + newlines(bytes, i + 16)
                                + newlines(bytes, i + 24);
            }
            long pairs =
                    (counters & 0x00ff00ff00ff00ffL) + ((counters >>> 8) & 0x00ff00ff00ff00ffL);
            count += (int) ((pairs * 0x0001000100010001L) >>> 48);
        }
        for (; i < to; i++) {
            count += bytes[i] == NEWLINE ? 1 : 0;
        }
        return count;
    }

    /** The first place of a byte in {@code from..to}, or −1. */
    static int indexOf(byte[] bytes, int from, int to, byte wanted) {
        return indexOf(bytes, from, to, wanted, 0);
    }

    /**
     * The first place in {@code from..to} of a byte that is {@code value} once the bits of {@code
     * mask} are set in it, or −1.
     */
    static int indexOf(byte[] bytes, int from, int to, int value, int mask) {
        long values = pattern(value);
        long masks = pattern(mask);
        int i = from;
        for (; i + 32 <= to; i += 32) {
            long a = ((long) LONGS.get(bytes, i) | masks) ^ values;
            long b = ((long) LONGS.get(bytes, i + 8) | masks) ^ values;
            long c = ((long) LONGS.get(bytes, i + 16) | masks) ^ values;
            long d = ((long) LONGS.get(bytes, i + 24) | masks) ^ values;
            long zero = zeros(a) | zeros(b) | zeros(c) | zeros(d);
            if ((zero & HIGH_BITS) != 0) {
                break;
            }
        }
        for (; i + 8 <= to; i += 8) {
            long x = ((long) LONGS.get(bytes, i) | masks) ^ values;
            long zero = zeros(x) & HIGH_BITS;
            if (zero != 0) {
                return i + (Long.numberOfTrailingZeros(zero) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (((bytes[i] & 0xff) | mask) == value) {
                return i;
            }
        }
        return -1;
    }

    /** Whether {@code from..to} holds only ASCII. */
    static boolean isAscii(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            if (((long) LONGS.get(bytes, i) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
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
