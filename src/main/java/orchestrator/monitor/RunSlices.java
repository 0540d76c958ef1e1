package orchestrator.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import orchestrator.model.Event;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Span;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the history of a workspace into its runs, by the order of the events and not by their times:
 * a clock may have been set back. A run begins with the first monitor, and with each that comes
 * after all work was stopped. One thread.
 */
final class RunSlices {
    private final OptionalInt stateOf;
    private final List<Slice> ended = new ArrayList<>();
    private HistoryFold fold = new HistoryFold();
    private RunState state = RunState.EMPTY;
    private @Nullable Begin current;
    private boolean stopped;
    private @Nullable Instant to;

    /**
     * A run.
     *
     * @param to when all work was stopped; empty: it was not
     * @param history what happened in it; what it began with, where that had not ended before
     */
    record Slice(Instant from, Optional<Instant> to, RunHistory history) {}

    /** Where the newest run begins, and what was known before it. */
    private record Begin(Instant at, RunHistory before) {}

    /**
     * Slices of what is taken from now on.
     *
     * @param stateOf the run at whose end {@link #state} stops; empty: nobody wants it
     */
    RunSlices(OptionalInt stateOf) {
        this.stateOf = stateOf;
    }

    /** Takes the next events. */
    void take(List<TimedEvent> events) {
        if (events.getFirst().seq() <= fold.events()) {
            startOver(); // The journal was replaced: it is told anew.
        }
        int from = 0;
        for (int i = 0; i < events.size(); i++) {
            TimedEvent event = events.get(i);
            if (event.event() instanceof Event.MonitorStarted && (current == null || stopped)) {
                fold(events.subList(from, i));
                from = i;
                begin(event.at());
            }
            fold.take(event);
            switch (event.event()) {
                case Event.RunStopping _ -> {
                    stopped = true;
                    to = event.at();
                }
                case Event.MonitorStopped _ when stopped -> to = event.at();
                default -> {}
            }
        }
        fold(events.subList(from, events.size()));
    }

    private void startOver() {
        current = null;
        ended.clear();
        fold = new HistoryFold();
        state = RunState.EMPTY;
        stopped = false;
        to = null;
    }

    private void fold(List<TimedEvent> events) {
        if (stateOf.isPresent() && ended.size() < stateOf.getAsInt()) {
            state = state.applyAll(events);
        }
    }

    private void begin(Instant at) {
        RunHistory now = fold.history();
        Begin last = current;
        if (last != null) {
            ended.add(slice(last, now));
        }
        current = new Begin(at, now);
        stopped = false;
        to = null;
    }

    private Slice slice(Begin begin, RunHistory now) {
        return new Slice(begin.at(), Optional.ofNullable(to), since(begin.before(), now));
    }

    /** How many runs there were. */
    int runs() {
        return ended.size() + (current == null ? 0 : 1);
    }

    /** One of them, from 1. */
    Slice of(int run) {
        return run <= ended.size()
                ? ended.get(run - 1)
                : slice(Objects.requireNonNull(current), fold.history());
    }

    /** All of them as one. */
    Slice all() {
        Instant from = of(1).from();
        return new Slice(from, Optional.ofNullable(to), fold.history());
    }

    /** What was known at the end of the run it was asked for. */
    RunState state() {
        return state;
    }

    /** What the later history has beyond the earlier, and what had not ended in that. */
    private static RunHistory since(RunHistory before, RunHistory now) {
        Map<Integer, List<Bar>> known = new HashMap<>();
        before.lanes().forEach(lane -> known.put(lane.worker(), lane.bars()));
        List<Lane> lanes = new ArrayList<>();
        for (Lane lane : now.lanes()) {
            List<Bar> old = known.getOrDefault(lane.worker(), List.of());
            List<Bar> bars = new ArrayList<>();
            for (int i = 0; i < lane.bars().size(); i++) {
                if (i >= old.size() || old.get(i).to().isEmpty()) {
                    bars.add(lane.bars().get(i));
                }
            }
            if (!bars.isEmpty()) {
                lanes.add(new Lane(lane.worker(), bars));
            }
        }
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < now.spans().size(); i++) {
            if (i >= before.spans().size() || before.spans().get(i).to().isEmpty()) {
                spans.add(now.spans().get(i));
            }
        }
        return new RunHistory(
                lanes,
                spans,
                now.marks().subList(before.marks().size(), now.marks().size()),
                now.sums().subList(before.sums().size(), now.sums().size()),
                now.last(),
                now.events());
    }
}
