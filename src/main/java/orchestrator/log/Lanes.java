package orchestrator.log;

import java.util.Arrays;

/**
 * Finds the lines of a block in which an expression may match. To wait for the next state is what
 * takes the time, so four pieces of the block are gone through at once. One thread.
 */
final class Lanes {
    private static final int LANES = 4;
    private static final int STEPS = 4;
    private static final int PIECE = 4 << 10;
    private static final int WINDOW = 256 << 10;
    private final int[] table;
    private byte[] bytes = {};
    private int length;
    // What was gone through already, and the places found there, in order.
    private int done;
    private int[] found = new int[16];
    private int count;
    private int given;
    // Of each lane where it is, where it ends and its state.
    private final int[] at = new int[LANES];
    private final int[] end = new int[LANES];
    private final int[] state = new int[LANES];

    Lanes(ByteAutomaton automaton) {
        table = automaton.table();
    }

    /** Goes to another block. */
    void begin(byte[] block, int size) {
        bytes = block;
        length = size;
        done = 0;
        count = 0;
        given = 0;
    }

    /**
     * A place inside the first such line from {@code from} on, where a line begins or the block, or
     * −1.
     */
    int next(int from) {
        while (true) {
            while (given < count && found[given] < from) {
                given++;
            }
            if (given < count) {
                return found[given];
            }
            int begin = Math.max(done, from);
            if (begin >= length) {
                return -1;
            }
            done = lineAfter(begin, begin + WINDOW, length);
            search(begin, done);
        }
    }

    /** Where a line begins, {@code wanted} or later, or {@code to}. */
    private int lineAfter(int from, int wanted, int to) {
        if (wanted >= to) {
            return to;
        }
        int feed = Bytes.indexOf(bytes, Math.max(from, wanted - 1), to, Bytes.NEWLINE);
        return feed < 0 ? to : feed + 1;
    }

    private void search(int from, int to) {
        count = 0;
        given = 0;
        int free = from;
        boolean all = true;
        Arrays.fill(at, from);
        Arrays.fill(end, from);
        while (all) {
            for (int lane = 0; lane < LANES; lane++) {
                settle(lane);
                while (at[lane] == end[lane] && free < to) {
                    at[lane] = free;
                    free = lineAfter(free, free + PIECE, to);
                    end[lane] = free;
                    state[lane] = ByteAutomaton.BEGIN;
                    settle(lane);
                }
                all &= at[lane] < end[lane];
            }
            if (all) {
                run();
            }
        }
        for (int lane = 0; lane < LANES; lane++) {
            while (at[lane] < end[lane]) {
                step(lane);
            }
        }
        Arrays.sort(found, 0, count);
    }

    /** Takes care of a lane that cannot simply go on. */
    private void settle(int lane) {
        while (at[lane] < end[lane]
                && (state[lane] <= ByteAutomaton.LOST || end[lane] - at[lane] <= STEPS)) {
            step(lane);
        }
    }

    /** Goes on by a byte, or to the next line. */
    private void step(int lane) {
        int here = at[lane];
        if (state[lane] == ByteAutomaton.LOST) {
            int feed = Bytes.indexOf(bytes, here, end[lane], Bytes.NEWLINE);
            at[lane] = feed < 0 ? end[lane] : feed + 1;
            state[lane] = ByteAutomaton.BEGIN;
            return;
        }
        int next = table[state[lane] + (bytes[here] & 0xff)];
        boolean last = here + 1 == end[lane];
        if (next != ByteAutomaton.FOUND && last && bytes[here] != Bytes.NEWLINE) {
            next = table[next + Bytes.NEWLINE]; // the block ends, and so does the line
        }
        at[lane] = here + 1;
        state[lane] = next;
        if (next == ByteAutomaton.FOUND) {
            found(here);
            at[lane] = lineAfter(here, here + 1, end[lane]);
            state[lane] = ByteAutomaton.BEGIN;
        }
    }

    private void found(int place) {
        if (count == found.length) {
            found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = place;
    }

    /** All lanes go on together, until one cannot. */
    private void run() {
        int[] next = table;
        byte[] in = bytes;
        int a = at[0];
        int b = at[1];
        int c = at[2];
        int d = at[3];
        int p = state[0];
        int q = state[1];
        int r = state[2];
        int s = state[3];
        int p1 = p;
        int q1 = q;
        int r1 = r;
        int s1 = s;
        boolean one = false;
        int least = Math.min(Math.min(end[0] - a, end[1] - b), Math.min(end[2] - c, end[3] - d));
        for (int stop = a + least - STEPS; a < stop; a += STEPS) {
            p1 = next[p + (in[a] & 0xff)];
            q1 = next[q + (in[b] & 0xff)];
            r1 = next[r + (in[c] & 0xff)];
            s1 = next[s + (in[d] & 0xff)];
            p1 = next[p1 + (in[a + 1] & 0xff)];
            q1 = next[q1 + (in[b + 1] & 0xff)];
            r1 = next[r1 + (in[c + 1] & 0xff)];
            s1 = next[s1 + (in[d + 1] & 0xff)];
            p1 = next[p1 + (in[a + 2] & 0xff)];
            q1 = next[q1 + (in[b + 2] & 0xff)];
            r1 = next[r1 + (in[c + 2] & 0xff)];
            s1 = next[s1 + (in[d + 2] & 0xff)];
            p1 = next[p1 + (in[a + 3] & 0xff)];
            q1 = next[q1 + (in[b + 3] & 0xff)];
            r1 = next[r1 + (in[c + 3] & 0xff)];
            s1 = next[s1 + (in[d + 3] & 0xff)];
            one = Math.min(Math.min(p1, q1), Math.min(r1, s1)) <= ByteAutomaton.LOST;
            if (one) {
                break;
            }
            p = p1;
            q = q1;
            r = r1;
            s = s1;
            b += STEPS;
            c += STEPS;
            d += STEPS;
        }
        went(0, a, p, one, p1);
        went(1, b, q, one, q1);
        went(2, c, r, one, r1);
        went(3, d, s, one, s1);
    }

    /** Where exactly something was found is told by single steps. */
    private void went(int lane, int to, int reached, boolean further, int next) {
        at[lane] = to;
        state[lane] = reached;
        if (further && next == ByteAutomaton.FOUND) {
            for (int before = count; count == before; ) {
                step(lane);
            }
        } else if (further) {
            at[lane] = to + STEPS;
            state[lane] = next;
        }
    }
}
