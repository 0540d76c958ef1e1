package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bytes that stand in every line in which a text is to be found. UTF-8 makes that exact: a
 * character's bytes are never part of another's. Without regard to case each byte is compared under
 * a mask that hides in what its cases differ; that finds too much outside ASCII, never too little,
 * except for {@link #STRANGE}. Immutable.
 */
final class Needle {
    /** Letters that are the same as these ASCII ones but for their case, in other bytes. */
    private static final String STRANGE = "iks";

    // From the most frequent in what agents and compilers print; what is not here is rare.
    private static final String FREQUENT =
            " etaoinsrldcumpfgh_.\"/,-:y01b2w=v(3)k4\\5;6{}x78T9'SAECIRNDPLjMOFq";
    private static final int VERY_FREQUENT = " etaoinsrldcum".length();
    private static final int LAST_CASED = 0x1ffff;
    private final byte[] values;
    private final byte[] masks;
    private final boolean exact;
    private final boolean folds;
    private final int rarest;

    private Needle(byte[] values, byte[] masks, boolean exact, boolean folds) {
        this.values = values;
        this.masks = masks;
        this.exact = exact;
        this.folds = folds;
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = rarity(i) > rarity(best) ? i : best;
        }
        rarest = best;
    }

    /**
     * The bytes of a text, or of its longest part that has some.
     *
     * @return empty: what holds the text can only be found by decoding
     */
    static Optional<Needle> of(String text, boolean matchCase) {
        boolean ends = text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
        boolean whole = text.indexOf('\uFFFD') < 0 && new String(utf8(text), UTF_8).equals(text);
        if (text.isEmpty() || ends || !whole) {
            return Optional.empty();
        }
        if (matchCase) {
            byte[] bytes = utf8(text);
            return Optional.of(new Needle(bytes, new byte[bytes.length], true, false));
        }
        return folded(text.codePoints().toArray());
    }

    private static Optional<Needle> folded(int[] text) {
        List<int[]> values = new ArrayList<>();
        List<int[]> masks = new ArrayList<>();
        int from = 0;
        int bestFrom = 0;
        int bestTo = 0;
        for (int i = 0; i < text.length; i++) {
            List<byte[]> cases = cases(text[i]);
            int[] value = new int[cases.getFirst().length];
            int[] mask = new int[value.length];
            boolean alike = cases.stream().allMatch(it -> it.length == value.length);
            for (int b = 0; alike && b < value.length; b++) {
                for (byte[] one : cases) {
                    mask[b] |= (one[b] ^ cases.getFirst()[b]) & 0xff;
                }
                value[b] = (cases.getFirst()[b] & 0xff) | mask[b];
            }
            values.add(value);
            masks.add(mask);
            from = alike ? from : i + 1;
            if (i + 1 - from > bestTo - bestFrom) {
                bestFrom = from;
                bestTo = i + 1;
            }
        }
        if (bestTo == bestFrom) {
            return Optional.empty();
        }
        int[] part = Arrays.copyOfRange(text, bestFrom, bestTo);
        boolean ascii = Arrays.stream(part).allMatch(c -> c < 0x80);
        return Optional.of(
                new Needle(
                        joined(values.subList(bestFrom, bestTo)),
                        joined(masks.subList(bestFrom, bestTo)),
                        ascii && part.length == text.length,
                        Arrays.stream(part).anyMatch(Needle::foldsBeyondAscii)));
    }

    /** Whether a letter beyond ASCII is the same as this one but for its case. */
    static boolean foldsBeyondAscii(int c) {
        return STRANGE.indexOf(Character.toLowerCase(c)) >= 0;
    }

    /** The bytes of all characters that are the same but for their case. */
    private static List<byte[]> cases(int c) {
        int wanted = fold(c);
        if (c < 0x80) {
            // Those beyond ASCII are told by foldsBeyondAscii.
            int upper = Character.toUpperCase(wanted);
            return upper == wanted
                    ? List.of(utf8(Character.toString(c)))
                    : List.of(utf8(Character.toString(wanted)), utf8(Character.toString(upper)));
        }
        return Stream.concat(Stream.of(wanted), Cases.OF.getOrDefault(wanted, List.of()).stream())
                .map(each -> utf8(Character.toString(each)))
                .toList();
    }

    /** What is folded to something else, by that; made when it is first needed. */
    private static final class Cases {
        static final Map<Integer, List<Integer>> OF =
                IntStream.rangeClosed(0, LAST_CASED)
                        .filter(c -> fold(c) != c)
                        .boxed()
                        .collect(Collectors.groupingBy(Needle::fold));
    }

    /** As {@link java.util.regex.Pattern#UNICODE_CASE} does. */
    private static int fold(int c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] joined(List<int[]> parts) {
        int[] all = parts.stream().flatMapToInt(Arrays::stream).toArray();
        byte[] bytes = new byte[all.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) all[i];
        }
        return bytes;
    }

    /** What is rare in a log is found seldom in vain. */
    private int rarity(int at) {
        int value = values[at] & 0xff;
        if (value >= 0x80) {
            return value >= 0xc0 ? 20 : 50; // lead bytes are few, and repeat
        }
        int rank = FREQUENT.indexOf(value);
        int other = FREQUENT.indexOf(value & ~masks[at]);
        int often = rank < 0 ? FREQUENT.length() : rank;
        return other < 0 ? often : Math.min(often, other);
    }

    /** Whether what is found is what was looked for, and need not be looked at again. */
    boolean isExact() {
        return exact;
    }

    /**
     * Whether it may also stand where this does not find it, since one of its letters may be the
     * dotless or the dotted i, the long s or the sign of kelvin.
     */
    boolean foldsBeyondAscii() {
        return folds;
    }

    /** Whether to look for it takes long, since its rarest byte stands in every line. */
    boolean isFrequent() {
        return rarity(rarest) < VERY_FREQUENT;
    }

    /** How many bytes it has: the more, the less is found in vain. */
    int length() {
        return values.length;
    }

    /** The first place where it stands in {@code from..to}, or −1. */
    int next(byte[] bytes, int from, int to) {
        int value = values[rarest] & 0xff;
        int mask = masks[rarest] & 0xff;
        int end = to - (values.length - rarest) + 1;
        for (int at = from + rarest; at < end; at++) {
            at = Bytes.indexOf(bytes, at, end, value, mask);
            if (at < 0) {
                return -1;
            }
            if (stands(bytes, at - rarest)) {
                return at - rarest;
            }
        }
        return -1;
    }

    private boolean stands(byte[] bytes, int at) {
        for (int i = 0; i < values.length; i++) {
            if ((bytes[at + i] | masks[i]) != values[i]) {
                return false;
            }
        }
        return true;
    }
}
