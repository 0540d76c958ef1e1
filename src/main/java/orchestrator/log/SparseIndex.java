package orchestrator.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where some of a file's lines (or hits) begin: enough to find any of them by reading a little. It
 * never holds more than so many places, whatever the size of the file: when it is full, every other
 * place is forgotten and the distance between new ones doubles. Any thread.
 */
final class SparseIndex {
    /** 2 MiB of places. */
    static final int MOST = 1 << 17;

    /** A stride for what is kept by the other one alone. */
    static final long NEVER = Long.MAX_VALUE / 4;

    private static final int FIRST = 1 << 8;
    private final int most;
    private long[] ordinals = new long[FIRST];
    private long[] offsets = new long[FIRST];
    private int count;
    private long ordinalStride;
    private long byteStride;

    /** A place: the {@code ordinal}-th of them begins at the file's byte {@code offset}. */
    record Place(long ordinal, long offset) {}

    /** An index of at most {@link #MOST} places that holds nothing. */
    SparseIndex(long ordinalStride, long byteStride) {
        this(ordinalStride, byteStride, MOST);
    }

    /**
     * An index that holds nothing.
     *
     * @param ordinalStride a place is kept once so many have gone by, 1 or more
     * @param byteStride or so many bytes
     * @param most places, 2 or more
     */
    SparseIndex(long ordinalStride, long byteStride, int most) {
        this.ordinalStride = ordinalStride;
        this.byteStride = byteStride;
        this.most = most;
    }

    /** Keeps a place when it is far enough from the last that was kept; they come in order. */
    synchronized void offer(long ordinal, long offset) {
        if (ordinal < nextOrdinal() && offset < nextOffset()) {
            return;
        }
        if (count == most) {
            thin();
            if (ordinal < nextOrdinal() && offset < nextOffset()) {
                return;
            }
        }
        if (count == ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        ordinals[count] = ordinal;
        offsets[count] = offset;
        count++;
    }

    /**
     * Takes what another one holds of what comes behind, its ordinals counted from {@code base}.
     */
    synchronized void offer(SparseIndex behind, long base) {
        for (int i = 0; i < behind.count; i++) {
            offer(base + behind.ordinals[i], behind.offsets[i]);
        }
    }

    private void thin() {
        for (int i = 0; 2 * i < count; i++) {
            ordinals[i] = ordinals[2 * i];
            offsets[i] = offsets[2 * i];
        }
        count = (count + 1) / 2;
        ordinalStride *= 2;
        byteStride = Math.min(NEVER, 2 * byteStride);
    }

    /** From this ordinal on the next is kept. */
    synchronized long nextOrdinal() {
        return count == 0 ? 0 : ordinals[count - 1] + ordinalStride;
    }

    /** From this offset on the next is kept. */
    synchronized long nextOffset() {
        return count == 0 ? 0 : offsets[count - 1] + byteStride;
    }

    /** The last place at or before the ordinal; the first one where there is none. */
    synchronized Place byOrdinal(long ordinal) {
        return placeBefore(ordinals, ordinal);
    }

    /** The last place at or before the offset; the first one where there is none. */
    synchronized Place byOffset(long offset) {
        return placeBefore(offsets, offset);
    }

    private Place placeBefore(long[] keys, long key) {
        int found = Arrays.binarySearch(keys, 0, count, key);
        int at = Math.max(0, found >= 0 ? found : -found - 2);
        return count == 0 ? new Place(0, 0) : new Place(ordinals[at], offsets[at]);
    }

    /** The places from an ordinal on, at most so many. */
    synchronized List<Place> from(long ordinal, int atMost) {
        int found = Arrays.binarySearch(ordinals, 0, count, ordinal);
        List<Place> places = new ArrayList<>();
        for (int at = found >= 0 ? found : -found - 1; at < count && places.size() < atMost; at++) {
            places.add(new Place(ordinals[at], offsets[at]));
        }
        return places;
    }

    /** The first place behind the offset, if one is kept. */
    synchronized Optional<Place> after(long offset) {
        int found = Arrays.binarySearch(offsets, 0, count, offset);
        int at = found >= 0 ? found + 1 : -found - 1;
        return at < count ? Optional.of(new Place(ordinals[at], offsets[at])) : Optional.empty();
    }

    /** How many places are kept. */
    synchronized int size() {
        return count;
    }
}
