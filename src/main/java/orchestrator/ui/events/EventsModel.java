package orchestrator.ui.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.monitor.Archive;
import orchestrator.ui.fx.Background;

/** The events that pass the filter, oldest first, back to where the journal was read. FX thread. */
public final class EventsModel {
    static final int MOST_EVENTS = 20_000;
    private static final int PAGE = 500;
    private static final int ENOUGH = 100;
    private static final int PAGES_AT_ONCE = 40;

    /** Which events are wanted. */
    public enum Kind {
        ALL,
        WARNINGS,
        /** Those about the issue that is chosen in the window. */
        CHOSEN
    }

    /** What was read further back: matches, and how far it was looked. */
    private record Older(List<EventView> events, long examined) {}

    private final Archive archive;
    private final Background background;
    private final ObservableList<EventView> events = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper more = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanProperty reading = new SimpleBooleanProperty();
    private List<EventView> recent = List.of();
    private String text = "";
    private Kind kind = Kind.ALL;
    private Optional<IssueId> chosen = Optional.empty();
    private long last;
    private long examined = Long.MAX_VALUE;
    private int filter;

    /** A model that holds nothing yet. */
    public EventsModel(Archive archive, Background background) {
        this.archive = archive;
        this.background = background;
    }

    /** Takes a snapshot: only events that are new are added. */
    public void update(RunSnapshot snapshot) {
        recent = snapshot.recent();
        if (recent.isEmpty()) {
            return;
        }
        if (recent.getLast().seq() < last || (events.isEmpty() && last == 0)) {
            restart(); // another journal: numbers began anew
            return;
        }
        if (recent.getFirst().seq() > last + 1) {
            restart(); // more has come than a snapshot holds
            return;
        }
        List<EventView> fresh =
                recent.stream().filter(event -> event.seq() > last).filter(passes()).toList();
        last = recent.getLast().seq();
        if (!fresh.isEmpty()) {
            int excess = events.size() + fresh.size() - MOST_EVENTS;
            if (excess > 0) {
                events.remove(0, Math.min(excess, events.size()));
                examined = events.isEmpty() ? last : events.getFirst().seq();
                more.set(true);
            }
            events.addAll(fresh);
        }
    }

    /** Begins with the snapshot's events; what is before is read when it is wanted. */
    private void restart() {
        filter++;
        reading.set(false);
        problem.set("");
        events.setAll(recent.stream().filter(passes()).toList());
        last = recent.isEmpty() ? 0 : recent.getLast().seq();
        examined = recent.isEmpty() ? Long.MAX_VALUE : recent.getFirst().seq();
        more.set(examined > 1);
        if (isFiltered() && events.size() < ENOUGH) {
            readOlder();
        }
    }

    /** Shows what holds that text, in whatever case, and is of that kind. */
    public void filter(String wanted, Kind ofKind) {
        String lower = wanted.strip().toLowerCase(Locale.ROOT);
        if (!lower.equals(text) || ofKind != kind) {
            text = lower;
            kind = ofKind;
            restart();
        }
    }

    /** The issue that is chosen in the window. */
    public void choose(Optional<IssueId> issue) {
        if (!issue.equals(chosen)) {
            chosen = issue;
            if (kind == Kind.CHOSEN) {
                restart();
            }
        }
    }

    /** Whether something is left out. */
    public boolean isFiltered() {
        return !text.isEmpty() || kind != Kind.ALL;
    }

    private Predicate<EventView> passes() {
        String wanted = text;
        Kind of = kind;
        Optional<IssueId> issue = chosen;
        return event ->
                switch (of) {
                            case ALL -> true;
                            case WARNINGS -> event.warning();
                            case CHOSEN -> issue.isPresent() && event.issue().equals(issue);
                        }
                        && (wanted.isEmpty()
                                || event.sentence().toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** Reads further back in the journal, in the background, unless it is being read. */
    public void readOlder() {
        if (reading.get() || !more.get() || events.size() >= MOST_EVENTS) {
            return;
        }
        reading.set(true);
        int of = filter;
        long before = examined;
        Predicate<EventView> wanted = passes();
        background.run(
                "events-read",
                () -> older(before, wanted),
                found -> {
                    if (of == filter) {
                        reading.set(false);
                        examined = found.examined();
                        more.set(examined > 1);
                        events.addAll(0, found.events());
                    }
                },
                fault -> {
                    if (of == filter) {
                        reading.set(false);
                        more.set(false);
                        problem.set(fault.sentence());
                    }
                });
    }

    /** Off the FX thread: back until there is enough to see, or for long enough. */
    private Older older(long before, Predicate<EventView> wanted) {
        List<EventView> found = new ArrayList<>();
        long at = before;
        for (int page = 0; page < PAGES_AT_ONCE && at > 1 && found.size() < ENOUGH; page++) {
            List<EventView> read = archive.eventsBefore(at, PAGE);
            found.addAll(0, read.stream().filter(wanted).toList());
            at = read.isEmpty() ? 1 : read.getFirst().seq();
        }
        return new Older(found, at);
    }

    /** The events. */
    public ObservableList<EventView> events() {
        return events;
    }

    /** Whether there are earlier ones that were not read. */
    public ReadOnlyBooleanProperty moreProperty() {
        return more.getReadOnlyProperty();
    }

    /** Why the journal could not be read; empty: it could. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
