package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import orchestrator.log.Expression.Choice;
import orchestrator.log.Expression.Letter;
import orchestrator.log.Expression.OneOf;
import orchestrator.log.Expression.Repeat;
import orchestrator.log.Expression.Sequence;

/**
 * An expression as places with ways between them that take bytes. What it matches in a line's text
 * leads through it by the bytes of that text; some more may. A character beyond ASCII is bytes that
 * are no ASCII, in any number: so it is too for what is no UTF-8, since Java's decoder never takes
 * an ASCII byte for part of another character. One use, one thread.
 */
final class ByteParts {
    private static final int MOST_PLACES = 500;
    private static final int ASCII = 0x80;

    /** Flags that may be switched on and off inside an expression. */
    private static final int[] SWITCHES = {
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE,
        Pattern.DOTALL,
        Pattern.UNICODE_CHARACTER_CLASS
    };

    private static final BitSet BEYOND = new BitSet();

    static {
        BEYOND.set(ASCII, 0x100);
    }

    /** What is to be done at a place. */
    enum Way {
        /** Take one of the bytes, and go to the next place. */
        TAKE,
        /** Go to both. */
        SPLIT,
        /** Go to the next if a line begins here. */
        BEGIN,
        /** Go to the next if a line ends here. */
        END,
        /** All is found. */
        FOUND
    }

    /** A place; not to be changed by others. */
    static final class Place {
        final Way way;
        final BitSet bytes;
        final int[] next;

        private Place(Way way, BitSet bytes, int... next) {
            this.way = way;
            this.bytes = bytes;
            this.next = next;
        }
    }

    /** It would become too large. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super("too large", null, false, false);
        }
    }

    private final List<Place> places = new ArrayList<>();
    private final boolean matchCase;
    private final boolean switched;
    private final int mostCopies;
    private final int start;
    private boolean exact = true;

    /**
     * Makes them.
     *
     * @param mostCopies how often a part that is repeated is told apart; more is as often as there
     *     is something
     */
    ByteParts(ExpressionReader.Read read, boolean matchCase, int mostCopies) throws TooLarge {
        this.matchCase = matchCase;
        this.mostCopies = mostCopies;
        switched = read.switched();
        exact = !switched;
        start = add(read.expression(), place(Way.FOUND, new BitSet()));
    }

    List<Place> places() {
        return places;
    }

    int start() {
        return start;
    }

    /**
     * Whether nothing but what matches leads through it where the text is ASCII and holds no
     * carriage return.
     */
    boolean isExact() {
        return exact;
    }

    private int place(Way way, BitSet bytes, int... next) throws TooLarge {
        if (places.size() == MOST_PLACES) {
            throw new TooLarge();
        }
        places.add(new Place(way, bytes, next));
        return places.size() - 1;
    }

    private int split(int one, int other) throws TooLarge {
        return place(Way.SPLIT, new BitSet(), one, other);
    }

    /** Adds an expression before a place; answers where it begins. */
    private int add(Expression expression, int next) throws TooLarge {
        return switch (expression) {
            case Letter letter -> letter(letter.codePoint(), next);
            case OneOf one -> oneOf(one.written(), next);
            case Sequence all -> {
                int at = next;
                for (Expression part : all.parts().reversed()) {
                    at = add(part, at);
                }
                yield at;
            }
            case Choice choice -> {
                int at = add(choice.branches().getFirst(), next);
                for (Expression branch : choice.branches().subList(1, choice.branches().size())) {
                    at = split(add(branch, next), at);
                }
                yield at;
            }
            case Repeat again -> repeat(again, next);
            case Expression.Begin _ -> condition(Way.BEGIN, next);
            case Expression.End _ -> condition(Way.END, next);
            case Expression.Condition _ -> {
                exact = false;
                yield next;
            }
            case Expression.Anything _ -> {
                exact = false;
                BitSet any = new BitSet();
                any.set(0, 0x100);
                yield loop(place(Way.TAKE, any, 0), next);
            }
        };
    }

    /** Flags may make them hold at other places too. */
    private int condition(Way way, int next) throws TooLarge {
        return switched ? next : place(way, new BitSet(), next);
    }

    private int repeat(Repeat again, int next) throws TooLarge {
        // Java misses matches where a round of a group takes nothing, such as (a|^){2}.
        boolean simple = again.part() instanceof Letter || again.part() instanceof OneOf;
        exact &= simple && !again.possessive();
        int least = Math.min(again.least(), mostCopies);
        boolean bounded = again.most() <= mostCopies;
        exact &= least == again.least() && (bounded || again.most() == Expression.UNBOUNDED);
        int at = next;
        if (!bounded) {
            int loop = split(next, next);
            int part = add(again.part(), loop);
            places.get(loop).next[1] = part;
            at = least == 0 ? loop : part;
            least = Math.max(0, least - 1);
        } else {
            for (int i = least; i < again.most(); i++) {
                at = split(add(again.part(), at), next);
            }
        }
        for (int i = 0; i < least; i++) {
            at = add(again.part(), at);
        }
        return at;
    }

    /** What is taken at a place, as often as there is something, or never. */
    private int loop(int taken, int next) throws TooLarge {
        int loop = split(next, taken);
        places.get(taken).next[0] = loop;
        return loop;
    }

    private int letter(int c, int next) throws TooLarge {
        String text = Character.toString(c);
        boolean cased = !matchCase || switched;
        if (!cased && new String(text.getBytes(UTF_8), UTF_8).equals(text) && c != '\uFFFD') {
            byte[] bytes = text.getBytes(UTF_8);
            int at = next;
            for (int i = bytes.length - 1; i >= 0; i--) {
                BitSet one = new BitSet();
                one.set(bytes[i] & 0xff);
                at = place(Way.TAKE, one, at);
            }
            return at;
        }
        return taken(ascii(text, Pattern.LITERAL), c >= ASCII || (cased && folds(c)), next);
    }

    private static boolean folds(int c) {
        return Needle.foldsBeyondAscii(c);
    }

    private int oneOf(String written, int next) throws TooLarge {
        BitSet ascii = ascii(written, 0);
        boolean few = !switched && isAsciiOnly(written);
        boolean beyond = !few || (!matchCase && ascii.stream().anyMatch(ByteParts::folds));
        return taken(ascii, beyond, next);
    }

    /** Whether a class names ASCII characters one by one, or by ranges: so it holds no others. */
    private static boolean isAsciiOnly(String written) {
        return written.equals("\\d")
                || written.equals("\\w")
                || written.equals("\\s")
                || (written.startsWith("[")
                        && !written.startsWith("[^")
                        && written.chars()
                                .skip(1)
                                .allMatch(c -> c < ASCII && c != '[' && c != '\\' && c != '&'));
    }

    /** The ASCII characters that are matched by what takes one, as Java says itself. */
    private BitSet ascii(String written, int flags) {
        int always = flags | (matchCase ? 0 : SWITCHES[0]);
        BitSet found = new BitSet();
        for (int mask = 0; mask < (switched ? 1 << SWITCHES.length : 1); mask++) {
            int all = switched ? flags : always;
            for (int i = 0; i < SWITCHES.length; i++) {
                all |= ((mask >> i) & 1) == 0 ? 0 : SWITCHES[i];
            }
            Pattern pattern = Pattern.compile(written, all);
            for (int c = 0; c < ASCII; c++) {
                if (pattern.matcher(Character.toString(c)).matches()) {
                    found.set(c);
                }
            }
        }
        return found;
    }

    private int taken(BitSet ascii, boolean beyond, int next) throws TooLarge {
        int one = place(Way.TAKE, ascii, next);
        if (!beyond) {
            return one;
        }
        int high = place(Way.TAKE, BEYOND, 0);
        int _ = loop(high, next);
        return split(one, high);
    }
}
