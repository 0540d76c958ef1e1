package orchestrator.ui.fx;

import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/**
 * The stages of a pipeline as dots (done: filled, current: a ring, to come: hollow and faint) and
 * the current one's name. The dots are rebuilt only when their number changes.
 */
public final class StageDots extends HBox {
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass RESTING = PseudoClass.getPseudoClass("resting");
    private final Texts texts;
    private final HBox dots = new HBox();
    private final Label name = Nodes.label("", "stage-name");

    /** Dots for no pipeline yet. */
    public StageDots(Texts texts) {
        this.texts = texts;
        getStyleClass().add("stage-dots");
        dots.getStyleClass().add("dots");
        dots.setAlignment(Pos.CENTER_LEFT);
        dots.setMinWidth(USE_PREF_SIZE);
        setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(dots, name);
    }

    /**
     * Shows a pipeline.
     *
     * @param index of the current stage; the number of stages when all are done; below 0: none
     */
    public void show(List<String> stages, int index) {
        if (dots.getChildren().size() != stages.size()) {
            dots.getChildren().setAll(stages.stream().map(_ -> dot()).toList());
        }
        for (int i = 0; i < stages.size(); i++) {
            dots.getChildren().get(i).pseudoClassStateChanged(DONE, i < index);
            dots.getChildren().get(i).pseudoClassStateChanged(CURRENT, i == index);
        }
        name.setText(nameOf(stages, index));
    }

    /** Whether nothing is being done at the current stage: it is then drawn as one to come. */
    public void setResting(boolean resting) {
        pseudoClassStateChanged(RESTING, resting);
    }

    private String nameOf(List<String> stages, int index) {
        if (stages.isEmpty() || index < 0) {
            return "";
        }
        return index < stages.size() ? Format.line(stages.get(index)) : texts.get("stage.all-done");
    }

    private static Region dot() {
        Region dot = new Region();
        dot.getStyleClass().add("dot");
        return dot;
    }
}
