package orchestrator.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Span;

/**
 * A history at a time: where what has not ended yet ends for those who draw it, and the ruler it is
 * drawn along.
 *
 * @param now when it is looked at
 * @param running whether somebody watches over the attempts: then what has not ended goes on
 */
public record Timeline(RunHistory history, Instant now, boolean running) {
    /** When a bar ends: by now, or, where nobody is at work any more, when the last was heard. */
    public Instant end(Bar bar) {
        Instant end = bar.to().orElseGet(this::open);
        return end.isBefore(bar.from()) ? bar.from() : end;
    }

    /** When a span ends, by the same rule. */
    public Instant end(Span span) {
        Instant end = span.to().orElseGet(this::open);
        return end.isBefore(span.from()) ? span.from() : end;
    }

    private Instant open() {
        return running ? now : history.last().orElse(now);
    }

    /** A ruler on which all attempts and the monitors' coming and going are in sight. */
    public TimeAxis axis() {
        List<TimeAxis.Busy> all = new ArrayList<>();
        for (Lane lane : history.lanes()) {
            for (Bar bar : lane.bars()) {
                all.add(
                        new TimeAxis.Busy(
                                TimeAxis.seconds(bar.from()), TimeAxis.seconds(end(bar))));
            }
        }
        history.marks().forEach(mark -> all.add(at(mark.at())));
        if (running || all.isEmpty()) {
            all.add(at(now));
        }
        return TimeAxis.of(all);
    }

    private static TimeAxis.Busy at(Instant time) {
        return new TimeAxis.Busy(TimeAxis.seconds(time), TimeAxis.seconds(time));
    }
}
