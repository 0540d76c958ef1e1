package orchestrator.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import orchestrator.files.Content;

/**
 * Where a reading of a journal stands: after a line. Immutable.
 *
 * @param count the number of that line; 0: before the first of all
 * @param first the number of the first line of the file it stands in, which may have become an
 *     archive since
 * @param offset of the byte after it in that file
 * @param tail how that line ends, with its checksum and its newline; empty at the file's beginning
 */
record JournalPlace(long count, long first, long offset, String tail) {
    static final JournalPlace BEGIN = before(1);

    /** At the beginning of the file whose first line has that number. */
    static JournalPlace before(long first) {
        return new JournalPlace(first - 1, first, 0, "");
    }

    /** After the line that ends at an offset of the same file. */
    JournalPlace after(Content file, long lines, long end) throws IOException {
        return new JournalPlace(count + lines, first, end, tail(file, end));
    }

    /** Whether it has that line at that place; only for a place that is not at a file's begin. */
    boolean standsIn(Content file) throws IOException {
        return file.size() >= offset
                && offset > JournalLine.CRC_LENGTH
                && tail(file, offset).equals(tail);
    }

    private static String tail(Content file, long end) throws IOException {
        byte[] tail = new byte[JournalLine.CRC_LENGTH + 1];
        if (file.read(end - tail.length, tail, 0, tail.length) < tail.length) {
            throw new EOFException("the journal was cut while it was read");
        }
        return new String(tail, StandardCharsets.ISO_8859_1);
    }

    /** The number that a file's first line begins with; 0: none can be read there yet. */
    static long firstOf(Content file) throws IOException {
        byte[] begin = new byte[32];
        int count = file.read(0, begin, 0, begin.length);
        int comma = 0;
        while (comma < count && begin[comma] != ',') {
            comma++;
        }
        // Half a number is none.
        return comma == count ? 0 : Math.max(0, JournalLine.seqOf(begin, 0, comma));
    }
}
