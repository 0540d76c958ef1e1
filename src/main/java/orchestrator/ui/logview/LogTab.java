package orchestrator.ui.logview;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/** What a tab holds: one pane, or two of them beside or below each other. */
final class LogTab extends SplitPane {
    private final LogPane first;
    private final Function<LogTarget, LogPane> makeSecond;
    private final Consumer<LogPane> used;
    private @Nullable LogPane second;

    /**
     * A tab that is not split.
     *
     * @param makeSecond makes the other half, once
     * @param used is told in which half something is done
     */
    LogTab(LogPane first, Function<LogTarget, LogPane> makeSecond, Consumer<LogPane> used) {
        this.first = first;
        this.makeSecond = makeSecond;
        this.used = used;
        getStyleClass().add("log-tab");
        add(first);
    }

    private void add(LogPane pane) {
        pane.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> used.accept(pane));
        pane.setMinWidth(200);
        getItems().add(pane);
    }

    LogPane first() {
        return first;
    }

    Stream<LogPane> panes() {
        LogPane other = second;
        return other == null ? Stream.of(first) : Stream.of(first, other);
    }

    boolean isSplit() {
        return second != null;
    }

    /** Shows the same log once more, beside or below; where it is split, turns it. */
    void split(Orientation orientation, LogTarget target) {
        setOrientation(orientation);
        if (second == null) {
            LogPane other = makeSecond.apply(target);
            second = other;
            add(other);
            other.update();
            setDividerPositions(0.5);
        }
    }

    /** Gives all the room to one half again: to the first, or to what the other shows. */
    void unsplit() {
        LogPane other = second;
        if (other != null) {
            getItems().remove(other);
            other.release();
            second = null;
            used.accept(first);
        }
    }

    /** How it is split, to be remembered: {@code horizontal 0.50 2}, or nothing. */
    String remembered() {
        LogPane other = second;
        if (other == null) {
            return "";
        }
        String worker = other.target() instanceof LogTarget.OfWorker of ? of.number() + "" : "0";
        return String.format(
                Locale.ROOT,
                "%s %.2f %s",
                getOrientation().name().toLowerCase(Locale.ROOT),
                getDividerPositions()[0],
                worker);
    }

    /** Splits as it was; what cannot be read is as if nothing had been remembered. */
    void recall(Optional<String> remembered) {
        String[] words = remembered.orElse("").split(" ", -1);
        if (words.length != 3 || !words[1].matches("0\\.\\d\\d") || !words[2].matches("\\d{1,4}")) {
            return;
        }
        int worker = Integer.parseInt(words[2]);
        split(
                words[0].equals("vertical") ? Orientation.VERTICAL : Orientation.HORIZONTAL,
                worker == 0 ? new LogTarget.Chosen() : new LogTarget.OfWorker(worker));
        setDividerPositions(Double.parseDouble(words[1]));
    }

    void release() {
        panes().forEach(LogPane::release);
    }
}
