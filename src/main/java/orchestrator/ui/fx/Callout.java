package orchestrator.ui.fx;

import java.util.List;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import orchestrator.model.Fault;
import org.kordamp.ikonli.feather.Feather;

/** A framed remark: an icon, a heading and sentences that can be selected. */
public final class Callout extends HBox {
    private Callout(Tone tone, Feather icon, String title, List<String> sentences) {
        getStyleClass().add("callout");
        tone.apply(this);
        VBox text = new VBox(Nodes.label(title, "callout-title"));
        text.getStyleClass().add("callout-text");
        sentences.forEach(sentence -> text.getChildren().add(new SelectableText(sentence)));
        HBox.setHgrow(text, Priority.ALWAYS);
        setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(Nodes.icon(icon, "callout-icon"), text);
    }

    /** What keeps something from being done. */
    public static Callout problems(String title, List<String> sentences) {
        return new Callout(Tone.DANGER, Feather.X_CIRCLE, title, sentences);
    }

    /** What is worth knowing before something is done. */
    public static Callout warnings(String title, List<String> sentences) {
        return new Callout(Tone.WARNING, Feather.ALERT_TRIANGLE, title, sentences);
    }

    /** A failure: its sentence and its code. */
    public static Callout fault(Texts texts, String title, Fault fault) {
        return new Callout(
                Tone.DANGER,
                Feather.X_CIRCLE,
                title,
                List.of(fault.sentence(), texts.get("fault.code", fault.code())));
    }
}
