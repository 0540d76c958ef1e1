package orchestrator.prompt;

/** Puts text of unknown origin between fence lines that it cannot end. Pure. */
final class Fence {
    private static final int SHORTEST = 4;

    private Fence() {}

    /**
     * The text, unchanged, between two lines of back-ticks, more than it holds anywhere in a row.
     */
    static String around(String text) {
        String fence = "`".repeat(Math.max(SHORTEST, longestRun(text) + 1));
        String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        return fence + "text\n" + text + end + fence + "\n";
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
