package orchestrator.rules;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Times as seconds on a ruler from which long gaps, in which nothing ran, are folded away. Between
 * two gaps a second is a second. Immutable.
 */
public final class TimeAxis {
    /** Shorter gaps stay: they are part of a run. */
    public static final long LEAST_GAP = 30 * 60;

    private static final double FOLDED_SHARE = 0.02;
    private static final double FOLDED_LEAST = 60;
    private static final double FOLDED_MOST = 15 * 60;
    private static final double MARGIN = 0.01;

    /** Distances between ticks, in seconds, that people count in. */
    private static final long[] STEPS = {
        1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
        604_800, 2_592_000
    };

    /** Something went on from one time to the other, in seconds since the epoch. */
    public record Busy(double from, double to) {}

    /**
     * A gap that is folded away.
     *
     * @param from where it begins on the ruler
     * @param to where it ends on the ruler
     * @param seconds how long it was
     */
    public record Gap(double from, double to, double seconds) {}

    /**
     * A tick.
     *
     * @param at its place on the ruler
     * @param newDay whether it is on another day than the tick before it
     */
    public record Tick(double at, Instant time, boolean newDay) {}

    private final double[] times;
    private final double[] places;
    private final List<Gap> gaps;

    /**
     * An axis on which all of that is in sight.
     *
     * @param busy in any order, at least one
     */
    public static TimeAxis of(List<Busy> busy) {
        List<Busy> sorted = new ArrayList<>(busy);
        sorted.sort(Comparator.comparingDouble(Busy::from));
        List<Busy> runs = new ArrayList<>();
        for (Busy next : sorted) {
            Busy last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && next.from() - last.to() < LEAST_GAP) {
                runs.set(runs.size() - 1, new Busy(last.from(), Math.max(last.to(), next.to())));
            } else {
                runs.add(next);
            }
        }
        return new TimeAxis(runs);
    }

    private TimeAxis(List<Busy> runs) {
        double all = runs.stream().mapToDouble(run -> run.to() - run.from()).sum();
        double folded = Math.clamp(all * FOLDED_SHARE, FOLDED_LEAST, FOLDED_MOST);
        times = new double[runs.size() * 2];
        places = new double[runs.size() * 2];
        List<Gap> found = new ArrayList<>();
        double place = 0;
        for (int i = 0; i < runs.size(); i++) {
            Busy run = runs.get(i);
            if (i > 0) {
                double gap = run.from() - runs.get(i - 1).to();
                found.add(new Gap(place, place + folded, gap));
                place += folded;
            }
            times[2 * i] = run.from();
            places[2 * i] = place;
            place += run.to() - run.from();
            times[2 * i + 1] = run.to();
            places[2 * i + 1] = place;
        }
        gaps = List.copyOf(found);
    }

    /** The place of a time; before the first and after the last the ruler goes on. */
    public double placeOf(double seconds) {
        return map(seconds, times, places);
    }

    /** The place of a time. */
    public double placeOf(Instant at) {
        return placeOf(seconds(at));
    }

    /** A time in seconds since the epoch. */
    static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    /** The time at a place. */
    public Instant timeAt(double place) {
        double seconds = map(place, places, times);
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    private static double map(double value, double[] from, double[] to) {
        int last = from.length - 1;
        if (value <= from[0]) {
            return to[0] + value - from[0];
        }
        if (value >= from[last]) {
            return to[last] + value - from[last];
        }
        int low = 0;
        int high = last;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (from[middle] <= value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double span = from[high] - from[low];
        double share = span == 0 ? 0 : (value - from[low]) / span;
        return to[low] + share * (to[high] - to[low]);
    }

    /** Where everything ends. */
    public double end() {
        return places[places.length - 1];
    }

    public List<Gap> gaps() {
        return gaps;
    }

    /** A range in which all is in sight, with a little room around it. */
    public TimeRange whole() {
        double margin = Math.max(1, end() * MARGIN);
        return new TimeRange(-margin, end() + margin);
    }

    /**
     * Ticks at round times of day.
     *
     * @param least how many seconds two ticks are apart at least
     */
    public List<Tick> ticks(TimeRange range, double least, ZoneId zone) {
        long step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && STEPS[i] >= least; i--) {
            step = STEPS[i];
        }
        List<Tick> ticks = new ArrayList<>();
        ZonedDateTime before = null;
        double lastPlace = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < times.length; i += 2) {
            // The ruler goes on before the first run and after the last.
            double begin = i == 0 ? Math.min(range.from(), places[0]) : places[i];
            double end =
                    i == times.length - 2 ? Math.max(range.to(), places[i + 1]) : places[i + 1];
            double from = Math.max(begin, range.from());
            double to = Math.min(end, range.to());
            if (to < from) {
                continue;
            }
            long first = round(timeAt(from), step, zone);
            long stop = timeAt(to).getEpochSecond();
            for (long at = first; at <= stop; at += step) {
                Instant time = Instant.ofEpochSecond(at);
                double place = placeOf(time);
                ZonedDateTime day = time.atZone(zone);
                if (place < from || place - lastPlace < least * 0.9) {
                    continue;
                }
                boolean newDay = before == null || !before.toLocalDate().equals(day.toLocalDate());
                ticks.add(new Tick(place, time, newDay));
                before = day;
                lastPlace = place;
            }
        }
        return ticks;
    }

    /** The first multiple of the step, counted from local midnight, not before a time. */
    private static long round(Instant time, long step, ZoneId zone) {
        long offset = time.atZone(zone).getOffset().getTotalSeconds();
        long local = time.getEpochSecond() + offset;
        long up = Math.floorDiv(local + step - 1, step) * step;
        return up - offset;
    }
}
