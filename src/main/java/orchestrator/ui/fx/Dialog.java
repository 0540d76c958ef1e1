package orchestrator.ui.fx;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The frame of what is shown in an {@link Overlay}: a title, a sentence, a body, buttons. */
public final class Dialog extends VBox {
    private final HBox footer = new HBox();
    private final VBox body = new VBox();

    /** A dialog of a preferred width in pixels. */
    public Dialog(String id, String title, String sentence, double width) {
        setId(id);
        getStyleClass().add("dialog");
        setPrefWidth(width);
        Label text = Nodes.label(sentence, "dialog-sentence");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        Nodes.shown(text, !sentence.isEmpty());
        VBox head = new VBox(Nodes.label(title, "dialog-title"), text);
        head.getStyleClass().add("dialog-head");
        body.getStyleClass().add("dialog-body");
        footer.getStyleClass().add("dialog-footer");
        footer.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(head, body, footer);
    }

    /** Where the content goes. */
    public VBox body() {
        return body;
    }

    /** Adds to the row of buttons, from left to right. */
    public Dialog footer(Node... nodes) {
        footer.getChildren().addAll(nodes);
        return this;
    }

    /** A button for a dialog. */
    public static Button button(String id, String text, Runnable handler, String... classes) {
        Button button = new Button(text);
        button.setId(id);
        button.setMnemonicParsing(false);
        button.setMinWidth(USE_PREF_SIZE);
        button.getStyleClass().addAll(classes);
        button.setOnAction(_ -> handler.run());
        return button;
    }
}
