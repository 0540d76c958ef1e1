package orchestrator.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import orchestrator.model.Fault;

/**
 * What is looked for in a log, line by line. A line matches by its text without its line end; where
 * it holds an escape sequence, by its text as it is shown. Plain text is looked for in the bytes,
 * and so is what must stand in a match of an expression; only lines that hold that, and that an
 * automaton over the bytes accepts, are tried. Immutable; any thread.
 */
public final class LogQuery {
    private static final int MOST_SPANS = 200;
    private static final byte ESCAPE = 0x1b;
    private static final byte RETURN = '\r';
    private static final int ASK_EVERY = 1 << 12;
    private final Pattern pattern;
    private final boolean literal;
    private final List<Needle> needles;
    // Sets of which one must stand in a line beside one of the needles.
    private final List<List<Needle>> others;
    private final Supplier<Optional<ByteAutomaton>> automaton;

    private LogQuery(Pattern pattern, List<List<String>> required, boolean matchCase) {
        this(pattern, true, required, matchCase, Optional::empty);
    }

    private LogQuery(Pattern pattern, Optional<ExpressionReader.Read> read, boolean matchCase) {
        this(
                pattern,
                false,
                read.map(RequiredText::of).orElse(List.of()),
                matchCase,
                new Once(() -> read.flatMap(it -> ByteAutomaton.of(it, matchCase))));
    }

    private LogQuery(
            Pattern pattern,
            boolean literal,
            List<List<String>> required,
            boolean matchCase,
            Supplier<Optional<ByteAutomaton>> automaton) {
        this.pattern = pattern;
        this.literal = literal;
        this.automaton = automaton;
        List<List<Needle>> all =
                required.stream()
                        .map(texts -> needles(texts, matchCase))
                        .filter(found -> !found.isEmpty())
                        .toList();
        needles = all.isEmpty() ? List.of() : all.getFirst();
        others = all.stream().skip(1).toList();
    }

    /** Made when the first line is looked at: not all that is typed is looked for. */
    private static final class Once implements Supplier<Optional<ByteAutomaton>> {
        private final Supplier<Optional<ByteAutomaton>> maker;
        private Optional<ByteAutomaton> made = Optional.empty();
        private boolean tried;

        Once(Supplier<Optional<ByteAutomaton>> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized Optional<ByteAutomaton> get() {
            if (!tried) {
                made = maker.get();
                tried = true;
            }
            return made;
        }
    }

    /** One for each text, or none where one of them has none. */
    private static List<Needle> needles(List<String> texts, boolean matchCase) {
        List<Needle> found =
                texts.stream().flatMap(text -> Needle.of(text, matchCase).stream()).toList();
        return found.size() == texts.size() ? found : List.of();
    }

    /** Lines in which that pattern is found. */
    static LogQuery of(Pattern pattern) {
        boolean plain = pattern.flags() == 0;
        return new LogQuery(
                pattern, plain ? ExpressionReader.read(pattern.pattern()) : Optional.empty(), true);
    }

    /**
     * What a person looks for.
     *
     * @param text not empty
     * @param regex whether it is a regular expression
     * @param matchCase whether upper and lower case differ; if not, Unicode tells which are the
     *     same
     * @throws Fault {@code pattern-invalid} saying why and where
     */
    public static LogQuery of(String text, boolean regex, boolean matchCase) {
        int flags = matchCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        try {
            Pattern pattern = Pattern.compile(text, flags | (regex ? 0 : Pattern.LITERAL));
            return regex
                    ? new LogQuery(pattern, ExpressionReader.read(text), matchCase)
                    : new LogQuery(pattern, List.of(List.of(text)), matchCase);
        } catch (PatternSyntaxException invalid) {
            throw new Fault("pattern-invalid", sentence(text, invalid), invalid);
        }
    }

    private static String sentence(String text, PatternSyntaxException invalid) {
        int at = Math.max(0, Math.min(text.length(), invalid.getIndex()));
        String where =
                invalid.getIndex() < 0
                        ? ""
                        : at < text.length()
                                ? " at character %d, before “%s”"
                                        .formatted(at + 1, PlainText.cut(text.substring(at), 12))
                                : " at its end";
        return "This is no regular expression: "
                + invalid.getDescription().toLowerCase(Locale.ROOT)
                + where
                + ".";
    }

    /** A part of a line's shown text, {@code from} up to and without {@code to}. */
    public record Span(int from, int to) {}

    /**
     * What of a shown line matches, at most {@value #MOST_SPANS} parts; matches of nothing are left
     * out.
     */
    public List<Span> spans(String text, BooleanSupplier stopped) {
        List<Span> spans = new ArrayList<>();
        Matcher matcher = pattern.matcher(new Stoppable(text, stopped));
        try {
            while (spans.size() < MOST_SPANS && matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    spans.add(new Span(matcher.start(), matcher.end()));
                }
            }
        } catch (StackOverflowError tooDeep) {
            throw tooDeep(tooDeep);
        }
        return spans;
    }

    /** What stands in the bytes of each line that matches, one of them; none: nothing is known. */
    List<Needle> needles() {
        return needles;
    }

    /** Accepts each line that matches, and perhaps others; empty: nothing is known. */
    Optional<ByteAutomaton> automaton() {
        return automaton.get();
    }

    /** Whether it is plain text that is looked for. */
    boolean isLiteral() {
        return literal;
    }

    /**
     * Tries lines, for one thread.
     *
     * @param stopped asked now and then; then it ends by a {@link CancellationException}
     */
    Lines lines(BooleanSupplier stopped) {
        return new Lines(this, stopped);
    }

    /** Tries one line after the other. */
    static final class Lines {
        private final Matcher matcher;
        private final List<List<Needle>> others;
        private final Optional<ByteAutomaton> automaton;
        private final boolean exact;
        private final AsciiLine ascii;
        private final BooleanSupplier stopped;

        private Lines(LogQuery query, BooleanSupplier stopped) {
            others = query.others;
            automaton = query.automaton();
            exact = automaton.filter(ByteAutomaton::isExact).isPresent();
            this.stopped = stopped;
            ascii = new AsciiLine(stopped);
            matcher = query.pattern.matcher("");
        }

        /** Whether a line matches, given as its bytes without the line feed. */
        boolean matches(byte[] bytes, int from, int to) {
            int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
            boolean shown = Bytes.indexOf(bytes, from, end, ESCAPE) < 0;
            boolean plain = shown && Bytes.isAscii(bytes, from, end);
            if (plain && !holdsOthers(bytes, from, end)) {
                return false;
            }
            if (shown && automaton.isPresent() && !automaton.get().accepts(bytes, from, end)) {
                return false;
            }
            if (plain && exact && Bytes.indexOf(bytes, from, end, RETURN) < 0) {
                return true;
            }
            matcher.reset(
                    plain
                            ? ascii.of(bytes, from, end)
                            : new Stoppable(text(bytes, from, end), stopped));
            try {
                return matcher.find();
            } catch (StackOverflowError tooDeep) {
                throw tooDeep(tooDeep);
            }
        }

        /** In an ASCII line no letter is another one but for its case. */
        private boolean holdsOthers(byte[] bytes, int from, int to) {
            for (List<Needle> texts : others) {
                boolean one = false;
                for (int i = 0; i < texts.size() && !one; i++) {
                    one = texts.get(i).next(bytes, from, to) >= 0;
                }
                if (!one) {
                    return false;
                }
            }
            return true;
        }

        private static String text(byte[] bytes, int from, int end) {
            String text = new String(bytes, from, end - from, UTF_8);
            return text.indexOf(ESCAPE) < 0 ? text : PlainText.line(text);
        }
    }

    private static Fault tooDeep(StackOverflowError cause) {
        return new Fault(
                "pattern-too-deep",
                "This regular expression needs too much memory on a long line: repeat less inside of what is repeated, or make it possessive (such as “*+”).",
                cause);
    }

    /** An expression that tries for ever looks at characters for ever; so there it is stopped. */
    private static final class Stoppable implements CharSequence {
        private final String text;
        private final BooleanSupplier stopped;
        private int looks;

        Stoppable(String text, BooleanSupplier stopped) {
            this.text = text;
            this.stopped = stopped;
        }

        @Override
        public char charAt(int index) {
            if (++looks % ASK_EVERY == 0 && stopped.getAsBoolean()) {
                throw new CancellationException("the search was given up");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A line as it stands in the bytes, each a character: to copy it costs more than to try it. */
    private static final class AsciiLine implements CharSequence {
        private final BooleanSupplier stopped;
        private byte[] bytes = {};
        private int from;
        private int length;
        private int looks;

        AsciiLine(BooleanSupplier stopped) {
            this.stopped = stopped;
        }

        AsciiLine of(byte[] block, int start, int end) {
            bytes = block;
            from = start;
            length = end - start;
            return this;
        }

        @Override
        public char charAt(int index) {
            if (++looks % ASK_EVERY == 0 && stopped.getAsBoolean()) {
                throw new CancellationException("the search was given up");
            }
            return (char) bytes[from + index];
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().substring(start, end);
        }

        @Override
        public String toString() {
            return new String(bytes, from, length, US_ASCII);
        }
    }
}
