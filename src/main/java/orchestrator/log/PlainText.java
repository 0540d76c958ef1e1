package orchestrator.log;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes text of unknown origin safe to show: a line of it cannot move a cursor, set a title, write
 * the clipboard, or turn the reading direction of what stands beside it. Pure.
 */
public final class PlainText {
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\u2028\\u2029\\u0085]");
    private static final Pattern SPACES = Pattern.compile(" {2,}+");
    // Possessive throughout: the time is linear whatever the text is.
    private static final Pattern ESCAPE =
            Pattern.compile(
                    "(?:\\u001b\\[|\\u009b)[0-?]*+[ -/]*+[@-~]?+"
                            + "|(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])"
                            + "[^\\u0007\\u001b\\u009c]*+(?:\\u0007|\\u001b\\\\|\\u009c)?+"
                            + "|\\u001b[ -/]*+[0-~]?+");

    private PlainText() {}

    /**
     * One line without escape sequences, control characters and direction overrides; tabs become
     * four spaces, line ends one, unpaired surrogates U+FFFD.
     */
    public static String line(String text) {
        if (isPlain(text)) {
            return text;
        }
        String bare = ESCAPE.matcher(text).replaceAll("");
        StringBuilder out = new StringBuilder(bare.length());
        for (int i = 0; i < bare.length(); ) {
            int c = bare.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\t') {
                out.append("    ");
            } else if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
                out.append(' ');
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.append('\uFFFD');
            } else if (!unwanted(c)) {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    /**
     * The lines of a text, each as {@link #line(String)} makes it; trailing empty ones left out.
     */
    public static Iterator<String> lines(String text) {
        if (isPlain(text)) {
            return List.of(text).iterator(); // No line ends either.
        }
        return LINE_END.splitAsStream(text).map(PlainText::line).iterator();
    }

    /** All of a text on one line: runs of white space become one space, both ends are trimmed. */
    public static String oneLine(String text) {
        String line = line(text);
        // What is on one line already is most of what is asked for.
        return line.contains("  ") ? SPACES.matcher(line).replaceAll(" ").strip() : line.strip();
    }

    /** At most {@code limit} characters, the last an ellipsis when something was cut off. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return head(text, limit - 1) + "…";
    }

    /** The first {@code limit} characters, one less where that would split a surrogate pair. */
    public static String head(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        boolean splits = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
        return text.substring(0, splits ? limit - 1 : limit);
    }

    /** The last {@code limit} characters, one less where that would split a surrogate pair. */
    public static String tail(String text, int limit) {
        int from = text.length() - limit;
        if (from <= 0) {
            return text;
        }
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean special =
                    c >= 0x7f
                            && (Character.isSurrogate(c)
                                    || unwanted(c)
                                    || c == 0x2028
                                    || c == 0x2029);
            if (c < ' ' || special) {
                return false;
            }
        }
        return true;
    }

    private static boolean unwanted(int c) {
        return Character.isISOControl(c)
                || c == 0x200e
                || c == 0x200f
                || c == 0x061c
                || c == 0xfeff
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || (c >= 0xe0000 && c <= 0xe007f);
    }
}
