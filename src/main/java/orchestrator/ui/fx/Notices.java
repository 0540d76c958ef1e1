package orchestrator.ui.fx;

import atlantafx.base.controls.Notification;
import atlantafx.base.theme.Styles;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/**
 * A sentence at the lower edge of the window that says what became of something: good news goes by
 * itself after a while, the rest stays until it is put away or another comes. Takes no focus and
 * covers no more than itself. FX thread only.
 */
public final class Notices {
    private static final Duration READ = Duration.seconds(6);
    private static final double WIDTH = 560;
    private final StackPane pane = new StackPane();
    private final PauseTransition read = new PauseTransition(READ);

    /** No notice yet. */
    public Notices() {
        pane.setId("notices");
        pane.setAlignment(Pos.BOTTOM_CENTER);
        pane.setPickOnBounds(false);
        read.setOnFinished(_ -> clear());
    }

    /** The node to lay over the window. */
    public Node node() {
        return pane;
    }

    /** Something was done. */
    public void done(String sentence) {
        show(sentence, Feather.CHECK_CIRCLE, Styles.SUCCESS);
        read.playFromStart();
    }

    /** Something will be done later, or nobody knows yet. */
    public void pending(String sentence) {
        show(sentence, Feather.CLOCK, Styles.WARNING);
    }

    /** Something was not done. */
    public void refused(String sentence) {
        show(sentence, Feather.X_CIRCLE, Styles.DANGER);
    }

    private void show(String sentence, Feather icon, String style) {
        read.stop();
        Notification notice = new Notification(sentence, Nodes.icon(icon));
        notice.setId("notice");
        notice.setAccessibleText(sentence);
        notice.getStyleClass().addAll(style, Styles.ELEVATED_1);
        notice.setPrefWidth(WIDTH);
        notice.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        notice.setOnClose(_ -> clear());
        pane.getChildren().setAll(notice);
    }

    private void clear() {
        read.stop();
        pane.getChildren().clear();
    }
}
