package orchestrator.rules;

/** A stretch of the ruler, in its seconds; {@code to} is after {@code from}. */
public record TimeRange(double from, double to) {
    /** Closer than that nobody needs to look. */
    public static final double LEAST = 5;

    public double length() {
        return to - from;
    }

    /** The same, so much further on. */
    public TimeRange moved(double by) {
        return new TimeRange(from + by, to + by);
    }

    /**
     * Closer or further away around a place that stays where it is.
     *
     * @param factor below 1: closer
     * @param most how long it may become
     */
    public TimeRange zoomed(double place, double factor, double most) {
        double length = Math.clamp(length() * factor, LEAST, Math.max(LEAST, most));
        double share = (place - from) / length();
        double start = place - share * length;
        return new TimeRange(start, start + length);
    }

    /** Moved so far that it does not leave {@code bounds}, if it is no longer than them. */
    public TimeRange within(TimeRange bounds) {
        if (length() >= bounds.length()) {
            return bounds;
        }
        if (from < bounds.from) {
            return moved(bounds.from - from);
        }
        return to > bounds.to ? moved(bounds.to - to) : this;
    }
}
