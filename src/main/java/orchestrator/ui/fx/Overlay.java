package orchestrator.ui.fx;

import atlantafx.base.controls.ModalPane;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * Questions and answers over the window. One is shown at a time; while it is, the focus stays in it
 * and goes back to where it was afterwards. Escape or a click beside it puts it away, unless it
 * must be answered.
 */
public final class Overlay {
    private final ModalPane pane = new ModalPane();
    private @Nullable Node focusBefore;

    /** An overlay with nothing in it. */
    public Overlay() {
        pane.setId("overlay");
        pane.setFocusTraversable(false); // what it shows has the focus, never the pane itself
        pane.setAlignment(Pos.CENTER);
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        pane.addEventFilter(KeyEvent.KEY_PRESSED, this::escape);
        pane.sceneProperty().subscribe(this::keepFocusInside);
        pane.displayProperty().subscribe(this::displayed);
    }

    /** The node to lay over everything else. */
    public Node node() {
        return pane;
    }

    /** Shows a dialog in place of what was shown, and gives {@code first} the focus. */
    public void show(Region dialog, Node first) {
        Scene scene = pane.getScene();
        if (!pane.isDisplay() && scene != null) {
            focusBefore = scene.getFocusOwner();
        }
        dialog.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        pane.setPersistent(false);
        pane.show(dialog);
        pane.applyCss(); // the first time, this is what puts the dialog into the scene
        pane.layout();
        first.requestFocus();
    }

    private void escape(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && pane.isDisplay()) {
            event.consume();
            if (!pane.getPersistent()) {
                pane.hide(true);
            }
        }
    }

    /** Whether it must be answered: Escape and a click beside it do nothing. */
    public void setMustAnswer(boolean mustAnswer) {
        pane.setPersistent(mustAnswer);
    }

    /** Puts away {@code dialog} if it is what is shown. */
    public void hide(Region dialog) {
        if (isShowing(dialog)) {
            pane.hide(true);
        }
    }

    /** True while {@code dialog} is shown. */
    public boolean isShowing(Region dialog) {
        return pane.isDisplay() && dialog.equals(pane.getContent());
    }

    /** True while something is shown. */
    public ObservableValue<Boolean> showing() {
        return pane.displayProperty();
    }

    private void displayed(boolean shown) {
        Node before = focusBefore;
        if (!shown && before != null) {
            focusBefore = null;
            before.requestFocus();
        }
    }

    private void keepFocusInside(@Nullable Scene scene) {
        if (scene == null) {
            return;
        }
        scene.focusOwnerProperty()
                .addListener((_, old, owner) -> {
                    if (pane.isDisplay()
                            && owner != null
                            && !isInside(owner)
                            && old != null
                            && isInside(old)) {
                        old.requestFocus();
                    }
                });
    }

    private boolean isInside(Node node) {
        for (@Nullable Parent up = node.getParent(); up != null; up = up.getParent()) {
            if (up.equals(pane)) {
                return true;
            }
        }
        return node.equals(pane);
    }
}
