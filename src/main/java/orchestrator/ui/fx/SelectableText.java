package orchestrator.ui.fx;

import javafx.scene.control.TextArea;
import javafx.scene.text.Text;

/** Text of several lines that can be selected and copied, as high as it needs to be. */
public final class SelectableText extends TextArea {
    private final Text measure = new Text();

    /** A text. It stays out of the order of the Tab key, for it is read and not filled in. */
    public SelectableText(String text) {
        super(text);
        getStyleClass().add("selectable-text");
        setEditable(false);
        setWrapText(true);
        setFocusTraversable(false);
        setPrefRowCount(1);
        measure.fontProperty().bind(fontProperty());
        measure.textProperty().bind(textProperty());
        widthProperty().subscribe((_, _) -> fit());
        fontProperty().subscribe((_, _) -> fit());
        textProperty().subscribe((_, _) -> fit());
    }

    private void fit() {
        if (getWidth() > 0) {
            measure.setWrappingWidth(Math.max(1, getWidth() - 4));
            double height = Math.ceil(measure.getLayoutBounds().getHeight()) + 4;
            setMinHeight(height);
            setPrefHeight(height);
        }
    }
}
