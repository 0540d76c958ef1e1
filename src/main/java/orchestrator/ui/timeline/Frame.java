package orchestrator.ui.timeline;

import orchestrator.rules.TimeRange;

/**
 * Where everything is on the canvas, in pixels.
 *
 * @param scroll how far the lanes are scrolled up
 */
record Frame(double width, double height, int lanes, TimeRange range, double scroll) {
    /** The names of the lanes. */
    static final double LEFT = 104;

    static final double AXIS = 36;
    static final double CHART = 112;
    private static final double RIGHT = 12;
    private static final double LEAST_ROW = 24;
    private static final double MOST_ROW = 38;
    private static final double CHART_SHARE = 0.34;

    double chartHeight() {
        return Math.min(CHART, height * CHART_SHARE);
    }

    /** The lower edge of the lanes in sight. */
    double lanesBottom() {
        return height - chartHeight();
    }

    double lanesHeight() {
        return Math.max(0, lanesBottom() - AXIS);
    }

    double row() {
        return Math.clamp(lanesHeight() / Math.max(1, lanes), LEAST_ROW, MOST_ROW);
    }

    /** How far the lanes can be scrolled. */
    double scrollable() {
        return Math.max(0, lanes * row() - lanesHeight());
    }

    double laneTop(int index) {
        return AXIS + index * row() - scroll;
    }

    /** The lane at a height, or -1. */
    int laneAt(double y) {
        if (y < AXIS || y >= lanesBottom()) {
            return -1;
        }
        int index = (int) ((y - AXIS + scroll) / row());
        return index < lanes ? index : -1;
    }

    /** The lower edge of the last lane, as far as it is in sight. */
    double lanesEnd() {
        return Math.min(lanesBottom(), laneTop(lanes));
    }

    double right() {
        return width - RIGHT;
    }

    /** Pixels a second of the ruler. */
    double scale() {
        return Math.max(1, right() - LEFT) / range.length();
    }

    double x(double place) {
        return LEFT + (place - range.from()) * scale();
    }

    double place(double x) {
        return range.from() + (x - LEFT) / scale();
    }
}
