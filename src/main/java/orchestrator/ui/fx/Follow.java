package orchestrator.ui.fx;

import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a list at its end while it grows, until the user scrolls up to read; scrolling on to the
 * end or asking for it follows again.
 */
public final class Follow {
    private static final int TRIES = 6;
    private final ListView<?> list;
    private boolean pending;
    private final BooleanProperty on = new SimpleBooleanProperty(this, "follow", true);

    /** Follows from the start. */
    public Follow(ListView<?> list) {
        this.list = list;
        list.addEventFilter(ScrollEvent.SCROLL, event -> wheel(event.getDeltaY()));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::barMoved);
        list.addEventFilter(MouseEvent.MOUSE_RELEASED, this::barMoved);
        list.heightProperty().subscribe((_, _) -> toEndIfOn());
        list.visibleProperty().subscribe((_, _) -> toEndIfOn());
        on.subscribe((_, _) -> toEndIfOn());
        list.skinProperty().subscribe((_, _) -> Platform.runLater(this::watchBar));
    }

    /**
     * Rows of different heights (another theme, another width) move the end without the list having
     * grown; the user's own scrolling has switched following off before the bar moves.
     */
    private void watchBar() {
        if (list.lookup(".scroll-bar:vertical") instanceof ScrollBar bar) {
            bar.valueProperty()
                    .subscribe((_, _) -> {
                        if (!atEnd()) {
                            toEndIfOn();
                        }
                    });
        }
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
            Platform.runLater(() -> {
                pending = false;
                toEnd(TRIES);
            });
        }
    }

    /**
     * The list learns of new items in its layout, and before that it cannot go to them. A virtual
     * flow that grows may also end a line short of its end; so the next frame is looked at.
     */
    private void toEnd(int tries) {
        Scene scene = list.getScene();
        if (!on.get() || scene == null || list.getItems().isEmpty()) {
            return;
        }
        list.layout();
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            if (list.getFixedCellSize() > 0) {
                flow.setPosition(1);
            } else {
                // With rows of different heights the flow only estimates where the end is, and
                // takes position 1 for reached when it is not.
                flow.scrollTo(list.getItems().size() - 1);
            }
            flow.requestLayout();
            if (tries > 0) {
                afterLayout(scene, () -> againUnlessThere(flow, tries - 1));
            }
        }
    }

    private void againUnlessThere(VirtualFlow<?> flow, int tries) {
        IndexedCell<?> last = flow.getLastVisibleCell();
        boolean there =
                last != null
                        && last.getIndex() == list.getItems().size() - 1
                        && last.getBoundsInParent().getMaxY() <= flow.getHeight() + 1;
        if (!there) {
            toEnd(tries);
        }
    }

    private static void afterLayout(Scene scene, Runnable work) {
        Runnable once =
                new Runnable() {
                    @Override
                    public void run() {
                        scene.removePostLayoutPulseListener(this);
                        Platform.runLater(work);
                    }
                };
        scene.addPostLayoutPulseListener(once);
        Platform.requestNextPulse();
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

    private void barMoved(MouseEvent event) {
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
