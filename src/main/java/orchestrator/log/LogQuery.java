package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import orchestrator.model.Fault;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in a log, line by line. A line matches by its text without its line end; where
 * it holds an escape sequence, by its text as it is shown. Plain text is looked for in the bytes.
 * Immutable; any thread.
 */
public final class LogQuery {
    private static final int MOST_SPANS = 200;
    private static final byte ESCAPE = 0x1b;
    private final Pattern pattern;
    private final @Nullable Needle needle;
    private final @Nullable Signs signs;

    private LogQuery(Pattern pattern, @Nullable Needle needle, @Nullable Signs signs) {
        this.pattern = pattern;
        this.needle = needle;
        this.signs = signs;
    }

    /**
     * Lines in which that pattern is found.
     *
     * @param signs of which one stands in every line that matches, so that no other needs to be
     *     read
     */
    static LogQuery of(Pattern pattern, Signs signs) {
        return new LogQuery(pattern, null, signs);
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
            return new LogQuery(
                    pattern, regex ? null : Needle.of(text, matchCase).orElse(null), null);
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

    /**
     * Whether all of a block can be searched as bytes. To be asked once a block: it looks at all of
     * it.
     */
    boolean isPlainIn(byte[] bytes, int from, int to) {
        Needle plain = needle;
        return (plain != null || signs != null)
                && Bytes.indexOf(bytes, from, to, ESCAPE) < 0
                && (plain == null || !plain.foldsBeyondAscii(bytes, from, to));
    }

    /**
     * A place inside the first line that matches, or −1.
     *
     * @param from where a line begins, or a piece of one
     * @param plain what {@link #isPlainIn} said of the block
     * @param stopped asked now and then
     * @throws CancellationException when {@code stopped} says so
     */
    int next(byte[] bytes, int from, int to, boolean plain, BooleanSupplier stopped) {
        Needle sought = needle;
        if (plain && sought != null) {
            return sought.next(bytes, from, to);
        }
        Signs known = signs;
        return plain && known != null
                ? bySign(known, bytes, from, to, stopped)
                : byLine(bytes, from, to, stopped);
    }

    private int bySign(Signs known, byte[] bytes, int from, int to, BooleanSupplier stopped) {
        for (int at = from; at < to; ) {
            int sign = known.next(bytes, at, to);
            if (sign < 0) {
                return -1;
            }
            int start = Bytes.lastNewline(bytes, at, sign) + 1;
            int end = Bytes.indexOf(bytes, sign, to, Bytes.NEWLINE);
            int behind = end < 0 ? to : end + 1;
            if (byLine(bytes, start, behind, stopped) >= 0) {
                return start;
            }
            at = behind;
        }
        return -1;
    }

    private int byLine(byte[] bytes, int from, int to, BooleanSupplier stopped) {
        Matcher matcher = pattern.matcher("");
        for (int start = from; start < to; ) {
            int found = Bytes.indexOf(bytes, start, to, Bytes.NEWLINE);
            int end = found < 0 ? to : found;
            matcher.reset(new Stoppable(text(bytes, start, end), stopped));
            try {
                if (matcher.find()) {
                    return start;
                }
            } catch (StackOverflowError tooDeep) {
                throw tooDeep(tooDeep);
            }
            start = end + 1;
        }
        return -1;
    }

    /** A line's text as it is searched, from its bytes without the line feed. */
    static String text(byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        String text = new String(bytes, from, end - from, UTF_8);
        return text.indexOf(ESCAPE) < 0 ? text : PlainText.line(text);
    }

    private static Fault tooDeep(StackOverflowError cause) {
        return new Fault(
                "pattern-too-deep",
                "This regular expression needs too much memory on a long line: repeat less inside of what is repeated, or make it possessive (such as “*+”).",
                cause);
    }

    /** An expression that tries for ever looks at characters for ever; so there it is stopped. */
    private static final class Stoppable implements CharSequence {
        private static final int ASK_EVERY = 1 << 12;
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
}
