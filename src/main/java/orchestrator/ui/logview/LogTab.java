package orchestrator.ui.logview;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/** What a tab holds: one pane, or two of them beside or below each other. */
final class LogTab extends SplitPane {
    private static final Pattern SPLIT = Pattern.compile("(horizontal|vertical) (0\\.\\d\\d)");
    private final String name;
    private final LogPane first;
    private final Function<LogTarget, LogPane> makeSecond;
    private final Consumer<LogPane> used;
    private @Nullable LogPane second;

    /**
     * A tab that is not split.
     *
     * @param name tells it from others; begins the ids of its nodes
     * @param makeSecond makes the other half, once
     * @param used is told in which half something is done
     */
    LogTab(
            String name,
            LogPane first,
            Function<LogTarget, LogPane> makeSecond,
            Consumer<LogPane> used) {
        this.name = name;
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

    String name() {
        return name;
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

    /** Shows one more log, beside or below; where it is split, turns it. */
    void split(Orientation orientation, LogState state) {
        setOrientation(orientation);
        if (second == null) {
            LogPane other = makeSecond.apply(state.target());
            second = other;
            add(other);
            other.recall(state);
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

    /**
     * What it shows, to be remembered: {@link LogState#text} of the first half and, where it is
     * split, {@code horizontal 0.50} and that of the other; tabulators between.
     */
    String remembered() {
        LogPane other = second;
        String shown = first.state().text();
        return other == null
                ? shown
                : String.format(
                        Locale.ROOT,
                        "%s\t%s %.2f\t%s",
                        shown,
                        getOrientation().name().toLowerCase(Locale.ROOT),
                        getDividerPositions()[0],
                        other.state().text());
    }

    /** Shows what it did; what cannot be read is as if nothing had been remembered. */
    void recall(String remembered) {
        String[] parts = remembered.split("\t", -1);
        LogState.parse(parts[0]).ifPresent(first::recall);
        Matcher how = SPLIT.matcher(parts.length == 3 ? parts[1] : "");
        Optional<LogState> other = how.matches() ? LogState.parse(parts[2]) : Optional.empty();
        other.ifPresent(state -> {
            split(
                    how.group(1).equals("vertical") ? Orientation.VERTICAL : Orientation.HORIZONTAL,
                    state);
            setDividerPositions(Double.parseDouble(how.group(2)));
        });
    }

    void release() {
        panes().forEach(LogPane::release);
    }
}
