package orchestrator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import orchestrator.files.Content;

/**
 * Reads lines one after the other; of each only its first bytes are kept, and where the index knows
 * the end of a long one the rest of it is not read. One thread.
 */
final class LineCursor {
    private static final int BLOCK = 64 * 1024;
    private final Content in;
    private final SparseIndex places;
    private final long end;
    private final byte[] block = new byte[BLOCK];
    private long blockAt;
    private int blockLength;
    private byte[] buffer = new byte[1024];
    private int kept;
    private long start;
    private long number;
    private long next;
    private long length;
    private boolean begun;

    /**
     * A cursor before a line.
     *
     * @param from where the line of that number begins
     * @param end where the lines end; what stands there without a line end is a line too
     */
    LineCursor(Content in, SparseIndex places, SparseIndex.Place from, long end) {
        this.in = in;
        this.places = places;
        this.end = end;
        number = from.ordinal();
        next = from.offset();
    }

    /**
     * Goes to the next line.
     *
     * @param keep how many of its bytes are wanted at most
     * @return false: there is none
     */
    boolean next(int keep) throws IOException {
        if (next >= end) {
            return false;
        }
        number += begun ? 1 : 0;
        begun = true;
        start = next;
        kept = 0;
        long at = start;
        while (at < end && fill(at)) {
            int from = (int) (at - blockAt);
            int limit = (int) Math.min(blockLength, end - blockAt);
            int found = Bytes.indexOf(block, from, limit, Bytes.NEWLINE);
            int to = found < 0 ? limit : found;
            keep(from, Math.min(to - from, keep - kept));
            at = blockAt + to;
            if (found >= 0) {
                return ended(at, at + 1);
            }
            Optional<SparseIndex.Place> beyond =
                    kept < keep ? Optional.empty() : places.after(at - 1);
            if (beyond.filter(it -> it.ordinal() == number + 1).isPresent()) {
                long behind = beyond.get().offset();
                return ended(behind - 1, behind);
            }
        }
        return ended(at, at);
    }

    private boolean ended(long lineEnd, long behind) {
        length = lineEnd - start;
        next = behind;
        if (kept == length && kept > 0 && buffer[kept - 1] == '\r') {
            length--; // told by kept being one more
        }
        return behind > start;
    }

    private boolean fill(long at) throws IOException {
        if (at >= blockAt && at < blockAt + blockLength) {
            return true;
        }
        blockAt = at;
        blockLength = Math.max(0, in.read(ByteBuffer.wrap(block), at));
        return blockLength > 0;
    }

    private void keep(int from, int count) {
        if (count <= 0) {
            return;
        }
        if (kept + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(kept + count, 2 * buffer.length));
        }
        System.arraycopy(block, from, buffer, kept, count);
        kept += count;
    }

    long number() {
        return number;
    }

    long start() {
        return start;
    }

    /** The line's length without its line end. */
    long bytes() {
        return length;
    }

    /** How many bytes of it are kept; one more than its length: a carriage return ends it. */
    int kept() {
        return kept;
    }

    /** What is kept, from the array's begin. */
    byte[] buffer() {
        return buffer;
    }
}
