package orchestrator.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.files.Content;
import orchestrator.model.TimedEvent;

/**
 * How far the lines of a journal are whole, from the first line of an append up to a size. Lines
 * that were appended together count together: while the last of them is not there, none is.
 *
 * @param count the lines of the whole appends before the first damage
 * @param good the offset after them
 * @param damage the first line that is not whole; empty: none
 */
record JournalScan(long count, long good, Optional<Damage> damage) {
    private static final int CHUNK = 1 << 16;

    /**
     * A line that is not whole.
     *
     * @param line counts from 1, of the whole journal or of its file
     * @param offset of its first byte
     * @param torn nothing follows it and it was not written to its end (a crash, a power cut, or
     *     somebody is just writing it): nobody was ever told that it is there. A last line that is
     *     whole but for what it says was, and is damage like any other
     */
    record Damage(long line, long offset, String reason, boolean torn) {
        /** The same with its line counted in a file whose first line has that number. */
        Damage inFileFrom(long first) {
            return new Damage(line - first + 1, offset, reason, torn);
        }
    }

    /**
     * Reads.
     *
     * @param from the first byte of an append
     * @param to where to stop, normally the file's size
     * @param seq the number of the line at {@code from}; damage is told by it
     * @param taker is given the events of the whole appends before the first damage, some at a time
     */
    static JournalScan read(
            Content file,
            JournalLine codec,
            long from,
            long to,
            long seq,
            Consumer<List<TimedEvent>> taker)
            throws IOException {
        return new Pass(codec, from, to, seq, taker).over(file);
    }

    /** One reading. */
    private static final class Pass {
        private final JournalLine codec;
        private final long to;
        private final long first;
        private final Consumer<List<TimedEvent>> taker;

        /** Of appends that are whole, and not yet given away. */
        private final List<TimedEvent> whole = new ArrayList<>();

        /** Of an append whose last line is still to come. */
        private final List<TimedEvent> begun = new ArrayList<>();

        private long line;
        private long offset;
        private long count;
        private long good;

        Pass(JournalLine codec, long from, long to, long seq, Consumer<List<TimedEvent>> taker) {
            this.codec = codec;
            this.to = to;
            this.taker = taker;
            first = seq;
            line = seq;
            offset = from;
            good = from;
        }

        JournalScan over(Content file) throws IOException {
            byte[] buffer = new byte[CHUNK];
            int held = 0;
            long at = offset;
            while (true) {
                int room = (int) Math.min(buffer.length - held, to - at);
                int read = room > 0 ? file.read(at, buffer, held, room) : 0;
                if (read == 0) {
                    break;
                }
                at += read;
                int end = held + read;
                int start = 0;
                for (int i = held; i < end; i++) {
                    if (buffer[i] == '\n') {
                        Optional<Damage> damage = take(buffer, start, i);
                        if (damage.isPresent()) {
                            return end(damage);
                        }
                        start = i + 1;
                    }
                }
                giveAway();
                held = end - start;
                System.arraycopy(buffer, start, buffer, 0, held);
                if (held == buffer.length) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2);
                }
            }
            boolean open = held > 0 || !begun.isEmpty();
            return end(
                    open
                            ? Optional.of(new Damage(first + count, good, "it has no end", true))
                            : Optional.empty());
        }

        /** Takes the line whose newline is at {@code to}. */
        private Optional<Damage> take(byte[] bytes, int from, int newline) {
            int length = newline - from;
            try {
                JournalLine.Read read = codec.decode(bytes, from, length, line);
                begun.add(read.event());
                line++;
                offset += length + 1;
                if (!read.more()) {
                    count += begun.size();
                    good = offset;
                    whole.addAll(begun);
                    begun.clear();
                }
                return Optional.empty();
            } catch (JournalLine.Damaged e) {
                // A power cut may leave zeros where a block was not written.
                boolean last = offset + length + 1 >= to;
                boolean torn = last && holdsZero(bytes, from, newline);
                return Optional.of(new Damage(line, offset, e.reason(), torn));
            }
        }

        private void giveAway() {
            if (!whole.isEmpty()) {
                taker.accept(List.copyOf(whole));
                whole.clear();
            }
        }

        private JournalScan end(Optional<Damage> damage) {
            giveAway();
            return new JournalScan(count, good, damage);
        }
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
