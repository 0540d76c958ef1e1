package orchestrator.log;

import java.io.IOException;
import java.util.Arrays;
import orchestrator.files.Content;

/**
 * Reads a part of a file in blocks of whole lines. A line of more than {@link #PIECE} bytes comes
 * in pieces, each of which repeats the last bytes of the one before, so that what is searched for
 * is not cut apart.
 */
final class LineBlocks {
    static final int PIECE = 4 << 20;
    static final int OVERLAP = 4 << 10;
    private static final int BLOCK = 1 << 20;

    /** Is given the blocks. */
    @FunctionalInterface
    interface Taker {
        /**
         * A block.
         *
         * @param bytes reused; a line begins at its begin, unless {@code continued}
         * @param length how many of them count
         * @param offset of the first in the file
         * @param continued it begins inside a line
         * @param unfinished it ends inside a line, which goes on in the next block
         * @return whether to read on
         */
        boolean take(byte[] bytes, int length, long offset, boolean continued, boolean unfinished);
    }

    private LineBlocks() {}

    /**
     * Reads.
     *
     * @param from where a line begins
     * @param to where a line ends, or the file
     */
    static void read(Content in, long from, long to, Taker taker) throws IOException {
        byte[] bytes = new byte[(int) Math.max(1, Math.min(BLOCK, to - from))];
        long at = from;
        int held = 0;
        boolean continued = false;
        while (at < to) {
            int room = (int) Math.min(bytes.length - held, to - at - held);
            int count = in.read(at + held, bytes, held, room);
            held += count;
            boolean last = at + held >= to || count < room;
            int end = last ? held : Bytes.lastNewline(bytes, 0, held) + 1;
            if (end > 0) {
                if (!taker.take(bytes, end, at, continued, false) || last) {
                    return;
                }
                held -= end;
                System.arraycopy(bytes, end, bytes, 0, held);
                at += end;
                continued = false;
            } else if (last) {
                return;
            } else if (held == bytes.length && held < PIECE) {
                bytes = Arrays.copyOf(bytes, 2 * held);
            } else if (held == bytes.length) {
                if (!taker.take(bytes, held, at, continued, true)) {
                    return;
                }
                System.arraycopy(bytes, held - OVERLAP, bytes, 0, OVERLAP);
                at += held - OVERLAP;
                held = OVERLAP;
                continued = true;
            }
        }
    }
}
