package orchestrator.ui.board;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.Planning;
import orchestrator.rules.Outlook;
import orchestrator.ui.fx.Background;
import org.jspecify.annotations.Nullable;

/**
 * What is to come, asked for anew when the run has changed, though not more often than people can
 * read it. FX thread only.
 */
public final class OutlookModel {
    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final Duration AT_LEAST = Duration.ofSeconds(30);
    private final Planning planning;
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<Outlook>> outlook =
            new ReadOnlyObjectWrapper<>(this, "outlook", Optional.empty());
    private Instant asked = Instant.EPOCH;
    private @Nullable RunSnapshot seen;

    /** Asks that planning. */
    public OutlookModel(Planning planning, Background background) {
        this.planning = planning;
        this.background = background;
    }

    /** The newest; empty before the first, and while the files have faults. */
    public ReadOnlyObjectProperty<Optional<Outlook>> outlookProperty() {
        return outlook.getReadOnlyProperty();
    }

    /** Asks again if it is time to. */
    @SuppressWarnings("ReferenceEquality") // to compare contents costs more than to ask
    public void update(RunSnapshot snapshot, Instant now) {
        Duration since = Duration.between(asked, now).abs();
        boolean due = snapshot != seen && since.compareTo(AT_MOST) >= 0;
        if (background.busyProperty().get() || (!due && since.compareTo(AT_LEAST) < 0)) {
            return;
        }
        seen = snapshot;
        asked = now;
        background.run(
                "outlook",
                planning::outlook,
                newest -> outlook.set(Optional.of(newest)),
                _ -> outlook.set(Optional.empty()));
    }

    /** Asks with the next update, whenever the last was: the plan was edited here. */
    public void refresh() {
        asked = Instant.EPOCH;
        seen = null;
    }
}
