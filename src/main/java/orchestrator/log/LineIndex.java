package orchestrator.log;

/**
 * Counts the lines of a file that only grows and keeps where some of them begin. Bytes are given to
 * it in order; whoever reads beside it never waits for more than one block.
 */
final class LineIndex {
    private static final int LINES_APART = 64;
    private static final long BYTES_APART = 1 << 20;
    private static final long NEWLINES = Bytes.pattern(Bytes.NEWLINE);
    private final SparseIndex places = new SparseIndex(LINES_APART, BYTES_APART);
    private long lines;
    private long position;
    private long lineStart;

    LineIndex() {
        places.offer(0, 0);
    }

    /** Takes the file's next bytes, the first {@code count} of the array. */
    synchronized void accept(byte[] bytes, int count) {
        long nextLine = places.nextOrdinal();
        long nextOffset = places.nextOffset();
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            long ends = Bytes.matches(bytes, i, NEWLINES);
            if (ends == 0) {
                continue;
            }
            int more = Long.bitCount(ends);
            if (lines + more < nextLine && position + i + 8 < nextOffset) {
                lines += more;
                lineStart = position + i + 8 - (Long.numberOfLeadingZeros(ends) >>> 3);
            } else {
                for (; ends != 0; ends &= ends - 1) {
                    lineEnd(position + i + (Long.numberOfTrailingZeros(ends) >>> 3));
                }
                nextLine = places.nextOrdinal();
                nextOffset = places.nextOffset();
            }
        }
        for (; i < count; i++) {
            if (bytes[i] == Bytes.NEWLINE) {
                lineEnd(position + i);
            }
        }
        position += count;
    }

    private void lineEnd(long at) {
        lines++;
        lineStart = at + 1;
        places.offer(lines, lineStart);
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
