package orchestrator.monitor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text that comes from elsewhere, made fit for one line on a terminal or in a plan. Pure. */
public final class Text {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");

    private Text() {}

    /** Words as a line that a POSIX shell reads back as the same words. */
    public static String shellWords(List<String> words) {
        return words.stream()
                .map(word ->
                        word.matches("[A-Za-z0-9_./:=@%+-]+")
                                ? word
                                : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /**
     * An amount of bytes for people, in powers of a thousand: {@code 812 bytes}, {@code 3.4 MB}.
     */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= 999.95) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS.get(unit));
    }

    /**
     * Without control characters and line ends, cut at {@code limit} characters with an ellipsis.
     */
    public static String oneLine(String text, int limit) {
        if (text.length() <= limit && isPlain(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .limit(limit + 1L)
                .forEach(c ->
                        line.appendCodePoint(
                                Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c));
        if (line.codePointCount(0, line.length()) > limit) {
            return line.substring(0, line.offsetByCodePoints(0, limit - 1)) + "…";
        }
        return line.toString();
    }

    /** Whether it is of letters, signs and spaces of ASCII alone, as most text is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
