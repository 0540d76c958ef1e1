package orchestrator.ui.logview;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;

/** The newest events, oldest first: what earlier snapshots brought is kept, up to a bound. */
public final class EventsModel {
    static final int MOST_EVENTS = 1_000;
    private final ObservableList<EventView> events = FXCollections.observableArrayList();

    /** Takes a snapshot: only events that are new are added. */
    public void update(RunSnapshot snapshot) {
        List<EventView> recent = snapshot.recent();
        long last = events.isEmpty() ? 0 : events.getLast().seq();
        if (!recent.isEmpty() && recent.getLast().seq() < last) {
            events.setAll(recent); // another journal: numbers began anew
            return;
        }
        List<EventView> fresh = recent.stream().filter(event -> event.seq() > last).toList();
        if (!fresh.isEmpty()) {
            int excess = events.size() + fresh.size() - MOST_EVENTS;
            if (excess > 0) {
                events.remove(0, Math.min(excess, events.size()));
            }
            events.addAll(fresh);
        }
    }

    /** The events. */
    public ObservableList<EventView> events() {
        return events;
    }
}
