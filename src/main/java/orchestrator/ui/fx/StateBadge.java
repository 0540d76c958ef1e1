package orchestrator.ui.fx;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A state as icon and word. */
public final class StateBadge extends HBox {
    private final Texts texts;
    private final FontIcon icon = Nodes.icon(Feather.CIRCLE, "state-icon");
    private final Label word = Nodes.label("", "state-word");

    /** A badge that shows nothing yet. */
    public StateBadge(Texts texts) {
        this.texts = texts;
        getStyleClass().add("state-badge");
        setAlignment(Pos.CENTER_LEFT);
        word.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(icon, word);
    }

    /** Shows a state. */
    public void show(Look look) {
        icon.setIconCode(look.icon());
        word.setText(texts.get(look.word()));
        look.tone().apply(this);
    }
}
