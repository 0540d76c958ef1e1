package orchestrator.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import orchestrator.model.TimedEvent;

/**
 * What the lines of a journal hold, from a line's beginning up to a size.
 *
 * @param events those of the whole lines before the first damage
 * @param good the offset after them
 * @param damage the first line that is not whole; empty: none
 */
record JournalScan(List<TimedEvent> events, long good, Optional<Damage> damage) {
    private static final int CHUNK = 1 << 16;

    /**
     * A line that is not whole.
     *
     * @param line counts from 1
     * @param offset of its first byte
     * @param last nothing follows it: it may just not be written to its end
     */
    record Damage(long line, long offset, String reason, boolean last) {}

    /**
     * Reads.
     *
     * @param from a line's first byte
     * @param to where to stop, normally the file's size
     * @param seq the number of the line at {@code from}; also its line number
     */
    static JournalScan read(RandomAccessFile file, JournalLine codec, long from, long to, long seq)
            throws IOException {
        List<TimedEvent> events = new ArrayList<>();
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
            for (int i = held; i < end; i++) {
                if (buffer[i] != '\n') {
                    continue;
                }
                long next = seq + events.size();
                try {
                    events.add(codec.decode(buffer, start, i - start, next));
                } catch (JournalLine.Damaged e) {
                    boolean last = good + (i - start) + 1 >= to;
                    return new JournalScan(
                            events, good, Optional.of(new Damage(next, good, e.reason(), last)));
                }
                good += i - start + 1;
                start = i + 1;
            }
            held = end - start;
            System.arraycopy(buffer, start, buffer, 0, held);
            if (held == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
        Optional<Damage> tail =
                held == 0
                        ? Optional.empty()
                        : Optional.of(new Damage(seq + events.size(), good, "it has no end", true));
        return new JournalScan(events, good, tail);
    }
}
