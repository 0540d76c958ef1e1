package orchestrator.cli;

import java.io.PrintWriter;

/**
 * How far a long work is, in the last line of a terminal, below the lines that it prints; into a
 * file or a pipe only those. Our own, since the library for it brings another JLine than the
 * dashboard's. Not thread-safe.
 */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 20;

    /**
     * Without the terminal's breaking of lines: what is too long for it is cut and can be taken
     * back.
     */
    private static final String BEGIN = "\r\u001b[?7l";

    private static final String END = "\u001b[K\u001b[?7h";
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private String shown = "";

    /**
     * One that shows nothing yet.
     *
     * @param terminal whether a cursor can be moved where this prints: {@link Screen#isWhole}
     */
    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints a line above it. */
    void println(String line) {
        String below = shown;
        close();
        out.println(line);
        draw(below);
    }

    /**
     * Shows how far it is.
     *
     * @param words what stands behind the bar; of one line
     */
    void at(long done, long all, String words) {
        int full = all <= 0 ? 0 : (int) (Math.clamp(done, 0, all) * WIDTH / all);
        draw("█".repeat(full) + "░".repeat(WIDTH - full) + "  " + words);
    }

    private void draw(String line) {
        if (terminal && !line.isEmpty() && !line.equals(shown)) {
            out.print(BEGIN + line + END);
            shown = line;
        }
        out.flush();
    }

    /** Takes it away; what is printed then begins where it stood. */
    @Override
    public void close() {
        if (!shown.isEmpty()) {
            out.print(CLEAR);
            shown = "";
        }
        out.flush();
    }
}
