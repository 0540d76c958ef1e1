package orchestrator.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import orchestrator.log.Expression.Anything;
import orchestrator.log.Expression.Begin;
import orchestrator.log.Expression.Choice;
import orchestrator.log.Expression.Condition;
import orchestrator.log.Expression.End;
import orchestrator.log.Expression.Letter;
import orchestrator.log.Expression.OneOf;
import orchestrator.log.Expression.Repeat;
import orchestrator.log.Expression.Sequence;

/**
 * Takes an expression that {@link Pattern} understands apart. What it does not understand for
 * certain it gives up: then nothing is known of the expression. One use, one thread.
 */
final class ExpressionReader {
    private static final String CLASSES = "dDwWsSbBhHvVR";
    private static final String FLAGS = "imsduU-";
    private final int[] regex;
    private int at;
    private boolean switched;

    /** It holds something that is not understood here. */
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1;

        Lost() {
            super("not understood", null, false, false);
        }
    }

    /**
     * What was read.
     *
     * @param switched whether somewhere inside it changes what its parts mean, such as {@code (?i)}
     */
    record Read(Expression expression, boolean switched) {}

    private ExpressionReader(String regex) {
        this.regex = regex.codePoints().toArray();
    }

    /** The parts of an expression, or empty: it is not understood. */
    static Optional<Read> read(String regex) {
        ExpressionReader reader = new ExpressionReader(regex);
        try {
            Expression all = reader.choice();
            return reader.ended() ? Optional.of(new Read(all, reader.switched)) : Optional.empty();
        } catch (Lost lost) {
            return Optional.empty();
        }
    }

    private boolean ended() {
        return at == regex.length;
    }

    private boolean is(int c) {
        return !ended() && regex[at] == c;
    }

    private boolean skip(int c) {
        boolean is = is(c);
        at += is ? 1 : 0;
        return is;
    }

    private int take() throws Lost {
        if (ended()) {
            throw new Lost();
        }
        return regex[at++];
    }

    /** What is written from there to here. */
    private String written(int from) {
        return new String(regex, from, at - from);
    }

    private void skipTo(int end) throws Lost {
        while (take() != end) {
            // a name
        }
    }

    private Expression choice() throws Lost {
        List<Expression> branches = new ArrayList<>();
        do {
            List<Expression> parts = new ArrayList<>();
            while (!ended() && !is('|') && !is(')')) {
                parts.add(repeated(one()));
            }
            branches.add(new Sequence(parts));
        } while (skip('|'));
        return branches.size() == 1 ? branches.getFirst() : new Choice(branches);
    }

    private Expression one() throws Lost {
        int c = take();
        return switch (c) {
            case '(' -> group();
            case '[' -> characters();
            case '\\' -> escaped();
            case '.' -> new OneOf(".");
            case '^' -> new Begin();
            case '$' -> new End();
            case '?', '*', '+', '{' -> throw new Lost();
            default -> new Letter(c);
        };
    }

    private Expression repeated(Expression part) throws Lost {
        int least = 0;
        int most = Expression.UNBOUNDED;
        if (skip('?')) {
            most = 1;
        } else if (skip('+')) {
            least = 1;
        } else if (skip('{')) {
            least = number();
            boolean more = skip(',');
            most = !more ? least : is('}') ? Expression.UNBOUNDED : number();
            if (!skip('}')) {
                throw new Lost();
            }
        } else if (!skip('*')) {
            return part;
        }
        return new Repeat(part, least, most, !skip('?') && skip('+'));
    }

    private int number() throws Lost {
        int number = 0;
        int from = at;
        while (!ended() && regex[at] >= '0' && regex[at] <= '9' && at - from < 9) {
            number = 10 * number + regex[at++] - '0';
        }
        if (at == from) {
            throw new Lost();
        }
        return number;
    }

    private Expression group() throws Lost {
        if (!skip('?') || skip(':')) {
            return closed();
        }
        if (skip('>')) {
            return new Repeat(closed(), 1, 1, true);
        }
        if (skip('=') || skip('!')) {
            return condition();
        }
        if (skip('<')) {
            if (skip('=') || skip('!')) {
                return condition();
            }
            skipTo('>');
            return closed();
        }
        switched = true;
        while (!is(')') && !is(':')) {
            if (FLAGS.indexOf(take()) < 0) {
                throw new Lost();
            }
        }
        return take() == ')' ? new Condition() : closed();
    }

    private Expression closed() throws Lost {
        Expression inside = choice();
        if (!skip(')')) {
            throw new Lost();
        }
        return inside;
    }

    private Expression condition() throws Lost {
        Expression _ = closed();
        return new Condition();
    }

    private Expression characters() throws Lost {
        int from = at - 1;
        begun();
        for (int depth = 1; depth > 0; ) {
            switch (take()) {
                case '[' -> {
                    begun();
                    depth++;
                }
                case ']' -> depth--;
                case '&' -> {
                    if (skip('&') && (is(']') || is('&'))) {
                        throw new Lost();
                    }
                }
                case '\\' -> {
                    if ("QEcN".indexOf(take()) >= 0) {
                        throw new Lost();
                    }
                }
                default -> {}
            }
        }
        return oneOf(from);
    }

    private void begun() throws Lost {
        skip('^');
        if (is(']')) {
            throw new Lost();
        }
    }

    /** The characters as they are written from there: something of its own, or it was misread. */
    private Expression oneOf(int from) throws Lost {
        try {
            return new OneOf(Pattern.compile(written(from)).pattern());
        } catch (PatternSyntaxException misread) {
            throw new Lost();
        }
    }

    private Expression escaped() throws Lost {
        int from = at - 1;
        int c = take();
        return switch (c) {
            case 'b', 'B', 'G' -> {
                if (is('{')) {
                    throw new Lost();
                }
                yield new Condition();
            }
            case 'A' -> new Begin();
            case 'z', 'Z' -> new End();
            case 'X' -> new Anything();
            case 'p', 'P' -> {
                if (take() == '{') {
                    skipTo('}');
                }
                yield oneOf(from);
            }
            case 'k' -> {
                skipTo('>');
                yield new Anything();
            }
            case 't' -> new Letter('\t');
            case 'n' -> new Letter('\n');
            case 'r' -> new Letter('\r');
            case 'f' -> new Letter('\f');
            case 'a' -> new Letter(0x07);
            case 'e' -> new Letter(0x1b);
            case 'x' -> skip('{') ? hex(1, 6, true) : hex(2, 2, false);
            case 'u' -> hex(4, 4, false);
            default -> {
                if (CLASSES.indexOf(c) >= 0) {
                    yield oneOf(from);
                }
                yield c >= '1' && c <= '9' ? again() : quoted(c);
            }
        };
    }

    /** How many digits belong to it depends on how many groups there are. */
    private Expression again() throws Lost {
        if (!ended() && regex[at] >= '0' && regex[at] <= '9') {
            throw new Lost();
        }
        return new Anything();
    }

    private static Expression quoted(int c) throws Lost {
        if (c >= 0x80 || Character.isLetterOrDigit(c)) {
            throw new Lost();
        }
        return new Letter(c);
    }

    private Expression hex(int least, int most, boolean closed) throws Lost {
        int from = at;
        int value = 0;
        while (at - from < most && !ended() && Character.digit(regex[at], 16) >= 0) {
            value = 16 * value + Character.digit(regex[at++], 16);
        }
        boolean half = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
        if (at - from < least || half || (closed && !skip('}'))) {
            throw new Lost();
        }
        return new Letter(value);
    }
}
