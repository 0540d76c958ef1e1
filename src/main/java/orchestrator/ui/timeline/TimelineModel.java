package orchestrator.ui.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import orchestrator.model.IssueId;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Span;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.rules.TimeAxis;
import orchestrator.rules.TimeRange;
import orchestrator.rules.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * What the timeline shows: the history, the range in sight, the filter, and the bar in focus. FX
 * thread only.
 */
final class TimelineModel {
    private static final double HOUR = 3600;
    private static final double ROOM = 0.02;

    /** Which range is kept in sight while time goes on. */
    enum Follow {
        /** All there is. */
        ALL,
        /** The newest, as much of it as is in sight. */
        NOW,
        /** What the user has chosen stays. */
        NOTHING
    }

    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper(this, "changes");
    private Timeline timeline = new Timeline(RunHistory.EMPTY, Instant.EPOCH, false);
    private Map<IssueId, String> titles = Map.of();
    private List<Row> rows = List.of();
    private TimeAxis axis = TimeAxis.of(List.of(new TimeAxis.Busy(0, 1)));
    private TimeRange range = new TimeRange(0, 1);
    private Follow follow = Follow.ALL;
    private String filter = "";
    private @Nullable Bar focus;

    /** Counts up whenever something is to be drawn anew. */
    ReadOnlyLongProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    private void changed() {
        changes.set(changes.get() + 1);
    }

    /** Another history, or the same at a later time. */
    void update(RunHistory next, Optional<RunSnapshot> run, Instant at) {
        boolean first = isEmpty();
        Instant left = axis.timeAt(range.from());
        Instant right = axis.timeAt(range.to());
        boolean running =
                run.filter(it -> it.monitor().state() != RunSnapshot.MonitorState.STOPPED)
                        .isPresent();
        timeline = new Timeline(next, at, running);
        run.ifPresent(this::readTitles);
        if (!next.lanes().isEmpty() || !next.marks().isEmpty()) {
            axis = timeline.axis();
            rows = laidOut();
            refocus();
            place(first, left, right);
        }
        changed();
    }

    private void place(boolean first, Instant left, Instant right) {
        TimeRange whole = axis.whole();
        double length = range.length();
        range =
                switch (follow) {
                    case ALL -> whole;
                    case NOW -> newest(length);
                    // What was in sight stays, also when a gap before it was folded.
                    case NOTHING ->
                            first
                                    ? range.within(whole)
                                    : new TimeRange(axis.placeOf(left), axis.placeOf(right));
                };
    }

    private void readTitles(RunSnapshot run) {
        if (titles.size() != run.issues().size()) {
            titles = new HashMap<>();
        }
        for (IssueView issue : run.issues()) {
            titles.put(issue.id(), issue.title());
        }
    }

    /** When a bar ends, by {@link Timeline#end(Bar)}. */
    Instant end(Bar bar) {
        return timeline.end(bar);
    }

    /** When a span ends, by the same rule. */
    Instant end(Span span) {
        return timeline.end(span);
    }

    private List<Row> laidOut() {
        List<Row> all = new ArrayList<>();
        for (Lane lane : history().lanes()) {
            List<Bar> bars =
                    filter.isEmpty()
                            ? lane.bars()
                            : lane.bars().stream().filter(this::matches).toList();
            all.add(new Row(lane.worker(), bars, axis, this::end));
        }
        return all;
    }

    private boolean matches(Bar bar) {
        String text =
                bar.issue()
                        + " "
                        + titles.getOrDefault(bar.issue(), "")
                        + " "
                        + bar.stage()
                        + " "
                        + bar.reason();
        return text.toLowerCase(Locale.ROOT).contains(filter);
    }

    /** The bar in focus has become another object when it ended. */
    private void refocus() {
        Bar old = focus;
        if (old != null) {
            focus =
                    rows.stream()
                            .filter(row -> row.worker() == old.worker())
                            .flatMap(row -> row.bars().stream())
                            .filter(bar -> isSame(bar, old))
                            .findFirst()
                            .orElse(null);
        }
    }

    private static boolean isSame(Bar one, Bar other) {
        return one.issue().equals(other.issue()) && one.number() == other.number();
    }

    /** Only bars whose issue, title, stage or reason holds that text; empty: all. */
    void setFilter(String text) {
        filter = text.strip().toLowerCase(Locale.ROOT);
        rows = laidOut();
        refocus();
        changed();
    }

    RunHistory history() {
        return timeline.history();
    }

    boolean isEmpty() {
        return history().lanes().isEmpty();
    }

    List<Row> rows() {
        return rows;
    }

    TimeAxis axis() {
        return axis;
    }

    TimeRange range() {
        return range;
    }

    Instant now() {
        return timeline.now();
    }

    boolean isRunning() {
        return timeline.running();
    }

    String titleOf(IssueId issue) {
        return titles.getOrDefault(issue, "");
    }

    Follow follow() {
        return follow;
    }

    /** Shows all there is, from now on too. */
    void fit() {
        follow = Follow.ALL;
        range = axis.whole();
        changed();
    }

    /** Shows the last hour, and goes on with the time. */
    void lastHour() {
        follow = Follow.NOW;
        TimeRange whole = axis.whole();
        range = newest(Math.min(HOUR, whole.length()));
        changed();
    }

    /** Goes on with the time from what is in sight. */
    void followNow() {
        follow = Follow.NOW;
        range = newest(range.length());
        changed();
    }

    /** The newest stretch of that length, with a little room after it. */
    private TimeRange newest(double length) {
        double to = axis.end() + length * ROOM;
        return new TimeRange(to - length, to).within(axis.whole());
    }

    /** Closer (below 1) or further away, around a place. */
    void zoom(double place, double factor) {
        TimeRange whole = axis.whole();
        TimeRange next = range.zoomed(place, factor, whole.length()).within(whole);
        show(next);
    }

    /** Moves what is in sight. */
    void pan(double by) {
        show(range.moved(by).within(axis.whole()));
    }

    /** Shows that range from now on. */
    void show(TimeRange next) {
        if (!next.equals(range)) {
            TimeRange whole = axis.whole();
            follow =
                    next.length() >= whole.length()
                            ? Follow.ALL
                            : next.to() >= axis.end() && timeline.running()
                                    ? Follow.NOW
                                    : Follow.NOTHING;
            range = next;
            changed();
        }
    }

    /** The bar in focus, if there is one. */
    Optional<Bar> focus() {
        return Optional.ofNullable(focus);
    }

    /** Puts the focus on a bar, and brings it into sight; null: on none. */
    void focus(@Nullable Bar bar) {
        focus = bar;
        if (bar != null) {
            double from = axis.placeOf(bar.from());
            double to = axis.placeOf(end(bar));
            double margin = range.length() * 0.05;
            if (to < range.from() + margin) {
                pan(from - margin - range.from());
            } else if (from > range.to() - margin) {
                pan(Math.min(from - margin - range.from(), to + margin - range.to()));
            }
        }
        changed();
    }

    /** Moves the focus along its lane; without one, to the last bar in sight. */
    void step(int direction) {
        Bar old = focus;
        if (old == null) {
            rows.stream()
                    .filter(row -> !row.bars().isEmpty())
                    .findFirst()
                    .ifPresent(row -> focus(nearest(row, range.to())));
            return;
        }
        for (Row row : rows) {
            if (row.worker() == old.worker()) {
                int next = row.bars().indexOf(old) + direction;
                if (next >= 0 && next < row.bars().size()) {
                    focus(row.bars().get(next));
                }
            }
        }
    }

    /** Moves the focus to the lane above or below, to what went on there at the same time. */
    void stepLane(int direction) {
        Bar old = focus;
        if (old == null) {
            step(1);
            return;
        }
        int at = -1;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).worker() == old.worker()) {
                at = i;
            }
        }
        for (int i = at + direction; i >= 0 && i < rows.size(); i += direction) {
            if (!rows.get(i).bars().isEmpty()) {
                focus(nearest(rows.get(i), axis.placeOf(old.from())));
                return;
            }
        }
    }

    private static Bar nearest(Row row, double place) {
        int index = row.firstEndingAfter(place);
        return row.bars().get(Math.min(index, row.bars().size() - 1));
    }
}
