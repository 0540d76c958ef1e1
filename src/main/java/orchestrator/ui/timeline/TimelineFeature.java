package orchestrator.ui.timeline;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import javafx.scene.Node;
import orchestrator.model.RunHistory;
import orchestrator.model.RunSnapshot;
import orchestrator.rules.TimeRange;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Parts;
import org.jspecify.annotations.Nullable;

/**
 * The timeline in the window. It reads the journal in the background, only while it is in sight,
 * and never twice at once. FX thread only.
 */
public final class TimelineFeature {
    private static final String RANGE = "timeline/range";
    private final Parts parts;
    private final Background background;
    private final TimelineModel model = new TimelineModel();
    private final TimelineView view;
    private final AtomicLong eventsRead = new AtomicLong();
    private Optional<RunSnapshot> run = Optional.empty();
    private Instant now = Instant.EPOCH;
    private boolean reading;
    private @Nullable String remembered;

    /** A timeline of the parts' run. */
    public TimelineFeature(Parts parts) {
        this.parts = parts;
        background = new Background(parts.texts());
        view = new TimelineView(model, parts);
        now = parts.clock().instant();
        remembered = parts.memory().get(RANGE).orElse(null);
        view.visibleProperty()
                .subscribe(shown -> {
                    if (shown) {
                        read();
                    }
                });
        model.changesProperty().subscribe((_, _) -> remember());
    }

    /** The node to show. */
    public Node view() {
        return view;
    }

    /** The time goes on, or something has happened: to be called once a second at least. */
    public void update(Optional<RunSnapshot> newest, Instant at) {
        run = newest;
        now = at;
        if (view.isVisible() && view.getScene() != null) {
            read();
        }
    }

    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        background.run(
                "history",
                () -> parts.control().history().read(this::heard),
                history -> {
                    reading = false;
                    take(history);
                },
                fault -> {
                    reading = false;
                    view.showFault(fault);
                });
    }

    /** On the reading thread; at most one word waits for the FX thread. */
    private void heard(long events) {
        if (eventsRead.getAndSet(events) == 0) {
            Platform.runLater(() -> view.showReading(eventsRead.getAndSet(0)));
        }
    }

    private void take(RunHistory history) {
        boolean first = model.isEmpty();
        model.update(history, run, now);
        if (first && !model.isEmpty()) {
            Optional.ofNullable(remembered).ifPresent(this::restore);
        }
        view.showHistory();
    }

    private void remember() {
        if (!model.isEmpty()) {
            parts.memory()
                    .put(
                            RANGE,
                            switch (model.follow()) {
                                case ALL -> "";
                                case NOW -> "now " + model.range().length();
                                case NOTHING ->
                                        model.axis().timeAt(model.range().from())
                                                + " "
                                                + model.axis().timeAt(model.range().to());
                            });
        }
    }

    /** What is remembered may be of another version, or of a journal that is no more. */
    private void restore(String text) {
        try {
            String[] words = text.split(" ", -1);
            TimeRange whole = model.axis().whole();
            if (words[0].equals("now")) {
                double length = Double.parseDouble(words[1]);
                model.show(new TimeRange(whole.to() - length, whole.to()).within(whole));
                model.followNow();
            } else {
                double from = model.axis().placeOf(Instant.parse(words[0]));
                double to = model.axis().placeOf(Instant.parse(words[1]));
                if (to - from >= TimeRange.LEAST && to > whole.from() && from < whole.to()) {
                    model.show(new TimeRange(from, to).within(whole));
                }
            }
        } catch (RuntimeException notOurs) {
            model.fit();
        }
    }
}
