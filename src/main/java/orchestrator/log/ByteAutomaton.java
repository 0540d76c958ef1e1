package orchestrator.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table that tells, byte by byte, of each line whether an expression may match in it: no line
 * that matches is missed. A state is the index of its row; its row begins there and has the next
 * state for each byte. Immutable, at most half a megabyte; any thread.
 */
final class ByteAutomaton {
    /** The state once a line may match; it stays. */
    static final int FOUND = 0;

    /** The state once a line cannot match any more; it stays until the line ends. */
    static final int LOST = 1 << 8;

    /** The state where a line begins. */
    static final int BEGIN = 2 << 8;

    private static final int MOST_STATES = 500;
    // Where an expression is too large, its counts are given up first.
    private static final int[] COPIES = {500, 8, 2, 1};
    private final int[] table;
    private final boolean exact;

    private ByteAutomaton(int[] table, boolean exact) {
        this.table = table;
        this.exact = exact;
    }

    /** The table of an expression, or empty: it would tell nothing, or it would be too large. */
    static Optional<ByteAutomaton> of(ExpressionReader.Read read, boolean matchCase) {
        for (int copies : COPIES) {
            try {
                ByteParts parts = new ByteParts(read, matchCase, copies);
                int[] table = new Maker(parts).table();
                return table.length <= BEGIN
                        ? Optional.empty()
                        : Optional.of(new ByteAutomaton(table, parts.isExact()));
            } catch (ByteParts.TooLarge tooLarge) {
                // again, with fewer
            }
        }
        return Optional.empty();
    }

    /** Rows of 256 states each; not to be changed. */
    int[] table() {
        return table;
    }

    /**
     * Whether a line that may match does, if its text is ASCII without an escape sequence or a
     * carriage return.
     */
    boolean isExact() {
        return exact;
    }

    /** Whether it may match in a line's text. */
    boolean accepts(byte[] bytes, int from, int to) {
        int[] next = table;
        int state = BEGIN;
        for (int i = from; i < to && state > LOST; i++) {
            state = next[state + (bytes[i] & 0xff)];
        }
        return next[state + Bytes.NEWLINE] == FOUND;
    }

    /** Makes the table: a state is what places may have been come to. */
    private static final class Maker {
        private final List<ByteParts.Place> places;
        private final int start;
        private final int[] kinds;
        private final int[] kindBytes;
        private final BitSet unanchored;
        private final Map<BitSet, Integer> states = new HashMap<>();
        private final ArrayDeque<BitSet> open = new ArrayDeque<>();
        private final List<int[]> rows = new ArrayList<>();

        Maker(ByteParts parts) {
            places = parts.places();
            start = parts.start();
            kinds = new int[1 << 8];
            kindBytes = kinds();
            unanchored = reached(one(start), false, false);
        }

        /** Bytes that no place tells apart are of one kind; answers one byte of each. */
        private int[] kinds() {
            Map<BitSet, Integer> known = new HashMap<>();
            List<Integer> first = new ArrayList<>();
            for (int b = 0; b < kinds.length; b++) {
                BitSet takers = new BitSet();
                for (int i = 0; i < places.size(); i++) {
                    takers.set(i, places.get(i).bytes.get(b));
                }
                takers.set(places.size(), mayEnd(b));
                int kind = known.computeIfAbsent(takers, _ -> known.size());
                if (kind == first.size()) {
                    first.add(b);
                }
                kinds[b] = kind;
            }
            return first.stream().mapToInt(Integer::intValue).toArray();
        }

        /** Before a carriage return and some characters beyond ASCII a line may end too. */
        private static boolean mayEnd(int b) {
            return b == '\r' || b >= 0x80;
        }

        private static BitSet one(int place) {
            BitSet set = new BitSet();
            set.set(place);
            return set;
        }

        /** The places that are reached from some without taking a byte; only those that wait. */
        private BitSet reached(BitSet from, boolean begins, boolean ends) {
            BitSet seen = (BitSet) from.clone();
            BitSet waiting = new BitSet();
            ArrayDeque<Integer> todo = new ArrayDeque<>();
            from.stream().forEach(todo::push);
            while (!todo.isEmpty()) {
                int at = todo.pop();
                ByteParts.Place place = places.get(at);
                boolean goes =
                        switch (place.way) {
                            case TAKE, FOUND -> false;
                            case SPLIT -> true;
                            case BEGIN -> begins;
                            case END -> ends;
                        };
                if (place.way != ByteParts.Way.SPLIT && place.way != ByteParts.Way.BEGIN) {
                    waiting.set(at);
                }
                for (int next : goes ? place.next : new int[0]) {
                    if (!seen.get(next)) {
                        seen.set(next);
                        todo.push(next);
                    }
                }
            }
            return waiting;
        }

        private boolean found(BitSet set) {
            return set.stream().anyMatch(at -> places.get(at).way == ByteParts.Way.FOUND);
        }

        /** All states; only {@link #FOUND} where nothing is needed to be there. */
        int[] table() throws ByteParts.TooLarge {
            BitSet begin = reached(one(start), true, false);
            if (found(begin)) {
                return new int[0];
            }
            begin.set(places.size()); // so that it is no other state
            rows.add(new int[1 << 8]);
            rows.add(new int[1 << 8]);
            states.put(new BitSet(), LOST);
            state(begin);
            for (BitSet set = open.poll(); set != null; set = open.poll()) {
                fill(set, rows.get(states.getOrDefault(set, 0) >> 8));
            }
            Arrays.fill(rows.get(LOST >> 8), LOST);
            rows.get(LOST >> 8)[Bytes.NEWLINE] = BEGIN;
            int[] all = new int[rows.size() << 8];
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(rows.get(i), 0, all, i << 8, 1 << 8);
            }
            return all;
        }

        private void fill(BitSet set, int[] row) throws ByteParts.TooLarge {
            boolean begins = set.get(places.size());
            BitSet here = (BitSet) set.clone();
            here.clear(places.size());
            int[] next = new int[kindBytes.length];
            BitSet ended = reached(here, begins, true);
            for (int kind = 0; kind < next.length; kind++) {
                next[kind] = after(here, ended, kindBytes[kind]);
            }
            for (int b = 0; b < row.length; b++) {
                row[b] = next[kinds[b]];
            }
            row[Bytes.NEWLINE] = found(ended) ? FOUND : BEGIN;
        }

        private int after(BitSet here, BitSet ended, int b) throws ByteParts.TooLarge {
            BitSet taken = new BitSet();
            for (int at : (mayEnd(b) ? ended : here).stream().toArray()) {
                ByteParts.Place place = places.get(at);
                if (place.way == ByteParts.Way.END && mayEnd(b)) {
                    taken.set(at);
                } else if (place.bytes.get(b)) {
                    taken.set(place.next[0]);
                }
            }
            taken = reached(taken, false, false);
            taken.or(unanchored);
            if (found(taken) || (mayEnd(b) && found(ended))) {
                return FOUND;
            }
            return state(taken);
        }

        private int state(BitSet set) throws ByteParts.TooLarge {
            Integer known = states.get(set);
            if (known != null) {
                return known;
            }
            if (rows.size() == MOST_STATES) {
                throw new ByteParts.TooLarge();
            }
            int state = rows.size() << 8;
            states.put(set, state);
            open.add(set);
            rows.add(new int[1 << 8]);
            return state;
        }
    }
}
