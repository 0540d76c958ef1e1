package orchestrator.monitor;

import java.util.List;
import java.util.stream.Stream;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.TimedEvent;

/**
 * The newest events as sentences, each made once: two hundred of them cost more than all the rest
 * of a snapshot. The monitor thread only.
 */
final class RecentViews {
    private List<EventView> views = List.of();

    /** These events, the newest of a journal, as sentences. */
    List<EventView> of(List<TimedEvent> events) {
        long first = events.isEmpty() ? Long.MAX_VALUE : events.getFirst().seq();
        long known = views.isEmpty() ? 0 : views.getLast().seq();
        views =
                Stream.concat(
                                views.stream().filter(view -> view.seq() >= first),
                                events.stream()
                                        .filter(event -> event.seq() > known)
                                        .map(Sentences::view))
                        .toList();
        return views;
    }
}
