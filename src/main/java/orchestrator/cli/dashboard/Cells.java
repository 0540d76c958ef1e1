package orchestrator.cli.dashboard;

import java.util.ArrayList;
import java.util.List;
import orchestrator.log.PlainText;
import org.jline.utils.WCWidth;

/**
 * Text in a terminal's cells: how wide it is, cut and broken by that. Whatever terminals disagree
 * on is left out of text of unknown origin first, since a line that is wider than we think tears up
 * what stands beside it. Pure.
 */
final class Cells {
    private static final int FLAGS = 0x1F1E6;

    /** JLine would make letters or signs of ASCII of the first; the others look nearly the same. */
    private static final String THIN_FRAMES = "─│┌┐└┘├┤┬┴┼";

    private static final String THICK_FRAMES = "━┃┏┓┗┛┣┫┳┻╋";

    private Cells() {}

    /**
     * Text of unknown origin on one line: no escape sequence or control character, and no joiners,
     * variants or skin tones, so that each sign that is left is as wide everywhere. Flags become
     * their letters.
     */
    static String plain(String text) {
        return agreed(PlainText.oneLine(text));
    }

    /** The same of a line that keeps its spaces, such as one of a log. */
    static String plainLine(String text) {
        return agreed(PlainText.line(text));
    }

    private static String agreed(String line) {
        if (line.chars().allMatch(c -> c < 0x300)) {
            return line;
        }
        StringBuilder out = new StringBuilder(line.length());
        line.codePoints()
                .filter(c -> !isDisputed(c))
                .map(Cells::shown)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static int shown(int c) {
        if (c >= FLAGS && c < FLAGS + 26) {
            return 'A' + c - FLAGS;
        }
        int frame = THIN_FRAMES.indexOf(c);
        return frame < 0 ? c : THICK_FRAMES.charAt(frame);
    }

    private static boolean isDisputed(int c) {
        return Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.UNASSIGNED
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0x1F3FB && c <= 0x1F3FF)
                || c == 0x20E3;
    }

    /** How many cells it takes. */
    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            width += width(c);
        }
        return width;
    }

    private static int width(int c) {
        return c >= ' ' && c < 0x7F ? 1 : Math.max(0, WCWidth.wcwidth(c));
    }

    /** At most so many cells of it, the last a sign when something was cut off. */
    static String cut(String text, int cells, String more) {
        if (cells <= 0) {
            return "";
        }
        if (text.length() * 2 <= cells || width(text) <= cells) {
            return text;
        }
        return text.substring(0, end(text, 0, cells - 1)) + more;
    }

    /** The same, with spaces behind up to exactly so many cells. */
    static String padded(String text, int cells, String more) {
        String cut = cut(text, cells, more);
        return cut + " ".repeat(Math.max(0, cells - width(cut)));
    }

    /** The same, with spaces before. */
    static String toRight(String text, int cells, String more) {
        String cut = cut(text, cells, more);
        return " ".repeat(Math.max(0, cells - width(cut))) + cut;
    }

    /** Where what fits into so many cells from a place on ends; marks stay with their letter. */
    private static int end(String text, int from, int cells) {
        int width = 0;
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            width += width(c);
            if (width > cells) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /**
     * A line broken into rows of so many cells, at a space where there is one in a row's second
     * half; at least one row.
     */
    static List<String> rows(String text, int cells) {
        List<String> rows = new ArrayList<>();
        int from = 0;
        while (text.length() - from > cells / 2) {
            int end = end(text, from, cells);
            if (end == from) {
                end = from + Character.charCount(text.codePointAt(from)); // wider than a row
            }
            if (end == text.length()) {
                break;
            }
            int space = text.charAt(end) == ' ' ? end : text.lastIndexOf(' ', end - 1);
            boolean atSpace = space > from + (end - from) / 2;
            rows.add(text.substring(from, atSpace ? space : end));
            from = atSpace ? space + 1 : end;
        }
        if (from < text.length() || rows.isEmpty()) {
            rows.add(text.substring(from));
        }
        return rows;
    }
}
