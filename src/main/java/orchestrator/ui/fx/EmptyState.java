package orchestrator.ui.fx;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What is shown where there is nothing to show yet: what this place is for, and what to do. */
public final class EmptyState extends VBox {
    private static final double WIDEST = 420;

    /** An empty state, with what can be done about it, if anything. */
    public EmptyState(Feather icon, String title, String sentence, Node... actions) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        Label text = Nodes.label(sentence, "empty-sentence");
        text.setWrapText(true);
        text.setAlignment(Pos.CENTER);
        text.setMaxWidth(WIDEST);
        text.setMinHeight(USE_PREF_SIZE);
        getChildren()
                .addAll(Nodes.icon(icon, "empty-icon"), Nodes.label(title, "empty-title"), text);
        getChildren().addAll(actions);
    }
}
