package orchestrator.monitor;

/** Text that comes from elsewhere, made fit for one line on a terminal or in a plan. Pure. */
public final class Text {
    private Text() {}

    /**
     * Without control characters and line ends, cut at {@code limit} characters with an ellipsis.
     */
    public static String oneLine(String text, int limit) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .limit(limit + 1L)
                .forEach(c -> {
                    if (Character.getType(c) == Character.FORMAT) {
                        return;
                    }
                    line.appendCodePoint(
                            Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c);
                });
        if (line.codePointCount(0, line.length()) > limit) {
            return line.substring(0, line.offsetByCodePoints(0, limit - 1)) + "…";
        }
        return line.toString();
    }
}
