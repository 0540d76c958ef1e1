package orchestrator.log;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, in bounded memory: of a line only the first bytes are kept,
 * the rest is counted. Works on bytes, so a character split between two calls stays whole. One
 * thread at a time.
 */
public final class LineSplitter {
    private static final int FIRST_SIZE = 8 * 1024;

    /** Is given each complete line. */
    @FunctionalInterface
    public interface Sink {
        /**
         * A line, without its line feed. The array is reused: copy what must last.
         *
         * @param kept the first bytes of the line
         * @param length how many of them count
         * @param whole the line's length in bytes; more than {@code length}: it was cut
         */
        void line(byte[] kept, int length, long whole);
    }

    private final int limit;
    private byte[] kept;
    private int length;
    private long whole;

    /**
     * A splitter at the start of a line.
     *
     * @param limit bytes kept of a line, 1 or more
     */
    public LineSplitter(int limit) {
        this.limit = limit;
        this.kept = new byte[Math.min(limit, FIRST_SIZE)];
    }

    /** Takes the next bytes and gives out each line that is complete with them. */
    public void accept(byte[] bytes, int from, int count, Sink sink) {
        int end = from + count;
        int start = from;
        int found = Bytes.indexOf(bytes, from, end, Bytes.NEWLINE);
        while (found >= 0) {
            keep(bytes, start, found - start);
            sink.line(kept, length, whole);
            restart();
            start = found + 1;
            found = Bytes.indexOf(bytes, start, end, Bytes.NEWLINE);
        }
        keep(bytes, start, end - start);
    }

    /** Forgets the line that has begun. */
    public void restart() {
        length = 0;
        whole = 0;
        if (kept.length > 16 * FIRST_SIZE) {
            // One huge line must not cost its size for ever.
            kept = new byte[FIRST_SIZE];
        }
    }

    private void keep(byte[] bytes, int from, int count) {
        whole += count;
        int taken = Math.min(count, limit - length);
        if (length + taken > kept.length) {
            int larger = Math.max(length + taken, (int) Math.min(limit, 2L * kept.length));
            kept = Arrays.copyOf(kept, larger);
        }
        System.arraycopy(bytes, from, kept, length, taken);
        length += taken;
    }
}
