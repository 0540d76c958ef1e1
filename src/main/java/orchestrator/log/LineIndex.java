package orchestrator.log;

/**
 * Counts the lines of a file that only grows and keeps where some of them begin. Bytes are given to
 * it in order; whoever reads beside it never waits for more than one block.
 */
final class LineIndex {
    private static final int LINES_APART = 256;
    private static final long BYTES_APART = 1 << 20;
    // As many bytes as are counted before it is asked whether a place is due among them.
    private static final int STEP = 2 * 1024;
    private final SparseIndex places = new SparseIndex(LINES_APART, BYTES_APART);
    private long lines;
    private long position;
    private long lineStart;

    /** The index of a file from its first byte on. */
    LineIndex() {
        places.offer(0, 0);
    }

    /** The index of a part, which {@link #append} takes; its lines are counted from 0. */
    LineIndex(long position) {
        this.position = position;
    }

    /** Takes the file's next bytes, the first {@code count} of the array. */
    synchronized void accept(byte[] bytes, int count) {
        long nextLine = places.nextOrdinal();
        long nextOffset = places.nextOffset();
        for (int i = 0; i < count; ) {
            int to = Math.min(count, i + STEP);
            int more = Bytes.countNewlines(bytes, i, to);
            if (more > 0 && (lines + more >= nextLine || position + to >= nextOffset)) {
                each(bytes, i, to);
                nextLine = places.nextOrdinal();
                nextOffset = places.nextOffset();
            } else {
                lines += more;
            }
            i = to;
        }
        int last = Bytes.lastNewline(bytes, 0, count);
        lineStart = last < 0 ? lineStart : position + last + 1;
        position += count;
    }

    private void each(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            at = Bytes.indexOf(bytes, at, to, Bytes.NEWLINE);
            if (at < 0) {
                return;
            }
            lines++;
            places.offer(lines, position + at + 1);
        }
    }

    /** Takes the next bytes as a part that was counted apart, and is used no more. */
    synchronized void append(LineIndex part) {
        places.offer(part.places, lines);
        lineStart = part.lines == 0 ? lineStart : part.lineStart;
        lines += part.lines;
        position = part.position;
    }

    /** How many bytes were given. */
    synchronized long position() {
        return position;
    }

    /** How many lines have their end. */
    synchronized long lines() {
        return lines;
    }

    /** Where the line begins that has no end yet; the position when there is no such line. */
    synchronized long lineStart() {
        return lineStart;
    }

    /** Where lines begin. */
    SparseIndex places() {
        return places;
    }
}
