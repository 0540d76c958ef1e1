package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A line of a log as it is shown.
 *
 * @param number counts from 0
 * @param offset of its first byte in the file
 * @param bytes its length in the file without its line end
 * @param text plain and masked, at most {@link #LONGEST} characters
 * @param cut whether {@code text} is not all of it
 */
public record LogLine(long number, long offset, long bytes, String text, boolean cut) {
    /** Longer lines are cut to this many characters: they would stall a layout. */
    public static final int LONGEST = 4_000;

    // UTF-8 needs at most three bytes for a char; an escape sequence or a secret may be cut away.
    static final int KEPT_BYTES = 4 * LONGEST;

    static LogLine of(LineCursor at) {
        long bytes = at.bytes();
        boolean whole = bytes <= at.kept();
        String masked = Secrets.mask(PlainText.line(decode(at)));
        String text = PlainText.head(masked, LONGEST);
        return new LogLine(
                at.number(), at.start(), bytes, text, !whole || text.length() < masked.length());
    }

    /** All that is kept of it, tabs as they are, for the clipboard. */
    static String copied(LineCursor at) {
        StringBuilder out = new StringBuilder(at.kept());
        for (String part : decode(at).split("\t", -1)) {
            out.append(out.isEmpty() ? "" : "\t").append(PlainText.line(part));
        }
        return Secrets.mask(out.toString());
    }

    private static String decode(LineCursor at) {
        boolean windows = at.kept() == at.bytes() + 1;
        int length = windows ? at.kept() - 1 : at.kept();
        return new String(at.buffer(), 0, length, UTF_8);
    }
}
