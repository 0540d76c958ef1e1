package orchestrator.store;

import java.util.ArrayList;
import java.util.List;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;

/**
 * What is kept in memory of a journal, however long it is: its fold and its newest events.
 * Immutable.
 *
 * @param state the fold of all its events
 * @param recent the newest of them, at most {@link #RECENT}, oldest first
 */
public record History(RunState state, List<TimedEvent> recent) {
    /** As many as a window or {@code status} shows. */
    public static final int RECENT = 200;

    /** Of a journal that holds nothing. */
    public static final History EMPTY = new History(RunState.EMPTY, List.of());

    public History {
        recent = List.copyOf(recent);
    }

    /** With these events after it. */
    public History with(List<TimedEvent> events) {
        if (events.isEmpty()) {
            return this;
        }
        List<TimedEvent> all = new ArrayList<>(recent);
        all.addAll(events);
        int from = Math.max(0, all.size() - RECENT);
        return new History(state.applyAll(events), all.subList(from, all.size()));
    }

    /** How many events there are; also the number of the last. */
    public long count() {
        return recent.isEmpty() ? 0 : recent.getLast().seq();
    }
}
