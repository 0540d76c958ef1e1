package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * Plain text that is looked for in the bytes of a file. UTF-8 makes that exact: a character's bytes
 * are never part of another's. Without regard to case only ASCII is, and {@link #foldsBeyondAscii}
 * says where that is not enough. Immutable.
 */
final class Needle {
    /** From the most frequent on. */
    private static final String FREQUENT = " e\"taoi:nsrhld";

    private final byte[] lower;
    private final byte[] upper;
    private final boolean folds;
    private final boolean foldsStrangely;
    private final int rarest;

    private Needle(byte[] lower, byte[] upper, boolean folds) {
        this.lower = lower;
        this.upper = upper;
        this.folds = folds;
        foldsStrangely = folds && contains(lower, "iks");
        int best = 0;
        for (int i = 1; i < lower.length; i++) {
            best = rarity(lower[i]) > rarity(lower[best]) ? i : best;
        }
        rarest = best;
    }

    /** Empty: it can only be found by decoding. */
    static Optional<Needle> of(String text, boolean matchCase) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        boolean exact = text.indexOf('\uFFFD') < 0 && new String(utf8(text), UTF_8).equals(text);
        if (text.isEmpty() || !exact || !(ascii || matchCase)) {
            return Optional.empty();
        }
        byte[] lower = utf8(text);
        byte[] upper = lower.clone();
        if (!matchCase) {
            for (int i = 0; i < lower.length; i++) {
                lower[i] = (byte) Character.toLowerCase((char) lower[i]);
                upper[i] = (byte) Character.toUpperCase((char) upper[i]);
            }
        }
        return Optional.of(new Needle(lower, upper, !matchCase));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static boolean contains(byte[] bytes, String some) {
        for (byte b : bytes) {
            if (some.indexOf(b) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** What is rare in a log is found seldom in vain. */
    private static int rarity(byte b) {
        int most = FREQUENT.length();
        if (b < 0) {
            return (b & 0xc0) == 0x80 ? most + 2 : most + 1; // lead bytes are few, and repeat
        }
        int frequent = FREQUENT.indexOf(b);
        return frequent >= 0 ? frequent : Character.isLowerCase(b) ? most : most + 2;
    }

    /**
     * Whether the bytes may hold letters that are the same as ASCII ones but for their case: the
     * dotless and the dotted i, the long s and the sign of kelvin.
     */
    boolean foldsBeyondAscii(byte[] bytes, int from, int to) {
        return foldsStrangely
                && (Bytes.indexOf(bytes, from, to, (byte) 0xc4, (byte) 0xc5) >= 0
                        || Bytes.indexOf(bytes, from, to, (byte) 0x84) >= 0);
    }

    /** The first place where it stands in {@code from..to}, or −1. */
    int next(byte[] bytes, int from, int to) {
        byte one = lower[rarest];
        byte other = upper[rarest];
        int last = to - (lower.length - rarest);
        for (int at = from + rarest; at <= last; at++) {
            at = Bytes.indexOf(bytes, at, last + 1, one, other);
            if (at < 0) {
                return -1;
            }
            if (stands(bytes, at - rarest)) {
                return at - rarest;
            }
        }
        return -1;
    }

    /** Marks the byte, in each case, of which {@link #around} knows what to do. */
    void markRarest(boolean[] bytes) {
        bytes[lower[rarest] & 0xff] = true;
        bytes[upper[rarest] & 0xff] = true;
    }

    /** Where it begins if it stands there with its rarest byte at {@code at}; or −1. */
    int around(byte[] bytes, int from, int at, int to) {
        byte b = bytes[at];
        int begin = at - rarest;
        return (b == lower[rarest] || b == upper[rarest])
                        && begin >= from
                        && begin + lower.length <= to
                        && stands(bytes, begin)
                ? begin
                : -1;
    }

    private boolean stands(byte[] bytes, int at) {
        for (int i = 0; i < lower.length; i++) {
            byte b = bytes[at + i];
            if (b != lower[i] && !(folds && b == upper[i])) {
                return false;
            }
        }
        return true;
    }
}
