package orchestrator.ui.fx;

import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a list at its end while it grows, until the user scrolls up to read; scrolling on to the
 * end or asking for it follows again.
 */
public final class Follow {
    private final ListView<?> list;
    private boolean pending;
    private final BooleanProperty on = new SimpleBooleanProperty(this, "follow", true);

    /** Follows from the start. */
    public Follow(ListView<?> list) {
        this.list = list;
        list.addEventFilter(ScrollEvent.SCROLL, event -> wheel(event.getDeltaY()));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::dragged);
        list.heightProperty().subscribe((_, _) -> toEndIfOn());
        list.visibleProperty().subscribe((_, _) -> toEndIfOn());
        on.subscribe((_, _) -> toEndIfOn());
    }

    /** Whether it follows. */
    public BooleanProperty onProperty() {
        return on;
    }

    /** To be called when the list has grown. */
    public void grown() {
        toEndIfOn();
    }

    private void toEndIfOn() {
        if (on.get() && !pending) {
            pending = true;
            Platform.runLater(this::toEnd);
        }
    }

    /** The list learns of new items in its layout; before that it cannot scroll to them. */
    private void toEnd() {
        pending = false;
        int size = list.getItems().size();
        if (on.get() && size > 0) {
            list.layout();
            list.scrollTo(size - 1);
        }
    }

    private void wheel(double up) {
        if (up > 0) {
            on.set(false);
        } else if (up < 0 && atEnd()) {
            on.set(true);
        }
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case UP, PAGE_UP, HOME -> on.set(false);
            case END -> on.set(true);
            default -> {}
        }
    }

    private void dragged(MouseEvent event) {
        if (event.getTarget() instanceof Node node && isInScrollBar(node)) {
            on.set(atEnd());
        }
    }

    private boolean atEnd() {
        return list.lookup(".scroll-bar:vertical") instanceof ScrollBar bar
                && bar.isVisible()
                && bar.getValue() >= bar.getMax() - 0.002;
    }

    private static boolean isInScrollBar(Node node) {
        if (node instanceof ScrollBar) {
            return true;
        }
        for (@Nullable Parent up = node.getParent(); up != null; up = up.getParent()) {
            if (up instanceof ScrollBar) {
                return true;
            }
        }
        return false;
    }
}
