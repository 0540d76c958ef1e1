package orchestrator.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.model.TimedEvent;

/**
 * How far the lines of a journal are whole, from a line's beginning up to a size.
 *
 * @param count the whole lines before the first damage
 * @param good the offset after them
 * @param damage the first line that is not whole; empty: none
 */
record JournalScan(long count, long good, Optional<Damage> damage) {
    private static final int CHUNK = 1 << 16;

    /**
     * A line that is not whole.
     *
     * @param line counts from 1
     * @param offset of its first byte
     * @param torn nothing follows it and it was not written to its end (a crash, a power cut, or
     *     somebody is just writing it): nobody was ever told that it is there. A last line that is
     *     whole but for what it says was, and is damage like any other
     */
    record Damage(long line, long offset, String reason, boolean torn) {}

    /**
     * Reads.
     *
     * @param from a line's first byte
     * @param to where to stop, normally the file's size
     * @param seq the number of the line at {@code from}; also its line number
     * @param taker is given the events of the whole lines before the first damage, some at a time
     */
    static JournalScan read(
            RandomAccessFile file,
            JournalLine codec,
            long from,
            long to,
            long seq,
            Consumer<List<TimedEvent>> taker)
            throws IOException {
        long next = seq;
        byte[] buffer = new byte[CHUNK];
        int held = 0;
        long good = from;
        file.seek(from);
        while (true) {
            int room = (int) Math.min(buffer.length - held, to - good - held);
            int count = room > 0 ? file.read(buffer, held, room) : -1;
            if (count < 0) {
                break;
            }
            int end = held + count;
            int start = 0;
            List<TimedEvent> events = new ArrayList<>();
            for (int i = held; i < end; i++) {
                if (buffer[i] != '\n') {
                    continue;
                }
                try {
                    events.add(codec.decode(buffer, start, i - start, next));
                } catch (JournalLine.Damaged e) {
                    // A power cut may leave zeros where a block was not written.
                    boolean torn = good + (i - start) + 1 >= to && holdsZero(buffer, start, i);
                    taker.accept(events);
                    return new JournalScan(
                            next - seq,
                            good,
                            Optional.of(new Damage(next, good, e.reason(), torn)));
                }
                next++;
                good += i - start + 1;
                start = i + 1;
            }
            taker.accept(events);
            held = end - start;
            System.arraycopy(buffer, start, buffer, 0, held);
            if (held == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
        Optional<Damage> tail =
                held == 0
                        ? Optional.empty()
                        : Optional.of(new Damage(next, good, "it has no end", true));
        return new JournalScan(next - seq, good, tail);
    }

    private static boolean holdsZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
