package orchestrator.ui.workers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * When a worker was seen to be active in the last ten minutes: what the window has observed itself
 * since it watches. A value; it changes when something happens or a bucket of time goes by.
 *
 * @param from when the first bucket begins
 * @param counts for each bucket in how many of its seconds there was a sign of life, oldest first
 */
record Activity(Instant from, List<Integer> counts) {
    /** How much time a bucket holds. */
    static final Duration BUCKET = Duration.ofSeconds(30);

    /** How many buckets make ten minutes. */
    static final int BUCKETS = 20;

    Activity {
        counts = List.copyOf(counts);
    }

    /** Nothing seen. */
    static Activity none(Instant now) {
        return new Activity(beginning(now), Collections.nCopies(BUCKETS, 0));
    }

    private static Instant beginning(Instant now) {
        long size = BUCKET.toSeconds();
        long last = Math.floorDiv(now.getEpochSecond(), size) * size;
        return Instant.ofEpochSecond(last - size * (BUCKETS - 1));
    }

    /** The same later: what is older than ten minutes is forgotten. */
    Activity at(Instant now) {
        Instant next = beginning(now);
        long gone = Duration.between(from, next).toSeconds() / BUCKET.toSeconds();
        if (gone == 0) {
            return this;
        }
        List<Integer> shifted = new ArrayList<>(Collections.nCopies(BUCKETS, 0));
        for (int i = 0; i < BUCKETS; i++) {
            long there = i - gone;
            if (there >= 0 && there < BUCKETS) {
                shifted.set((int) there, counts.get(i));
            }
        }
        return new Activity(next, shifted);
    }

    /** With a sign of life in one more second; one that is out of the ten minutes is not kept. */
    Activity with(Instant sign) {
        long bucket = Math.floorDiv(Duration.between(from, sign).toSeconds(), BUCKET.toSeconds());
        if (bucket < 0 || bucket >= BUCKETS) {
            return this;
        }
        List<Integer> more = new ArrayList<>(counts);
        more.set((int) bucket, more.get((int) bucket) + 1);
        return new Activity(from, more);
    }

    /** In how many of the last ten minutes' seconds there was a sign of life. */
    int total() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
