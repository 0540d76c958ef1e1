package orchestrator.ui.board;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** The place behind the last wave where cards become a wave of their own. */
final class NewWave extends VBox {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");
    private static final PseudoClass OFFERED = PseudoClass.getPseudoClass("offered");
    private final Texts texts;
    private final Label name = Nodes.label("", "new-wave-name");
    private final Tooltip hint = new Tooltip();

    NewWave(Texts texts) {
        this.texts = texts;
        getStyleClass().add("new-wave");
        setId("new-wave");
        setAlignment(Pos.CENTER);
        name.setWrapText(true);
        hint.setText(texts.get("wave.new-hint"));
        Tooltip.install(this, hint);
        getChildren().addAll(Nodes.icon(Feather.PLUS, "new-wave-icon"), name);
    }

    void show(int wave, boolean offered, boolean target, boolean refused) {
        name.setText(texts.get("wave.title", Integer.toString(wave)));
        name.setVisible(offered);
        pseudoClassStateChanged(OFFERED, offered);
        pseudoClassStateChanged(TARGET, target);
        pseudoClassStateChanged(REFUSED, refused);
    }
}
