package orchestrator.ui.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import orchestrator.ui.board.WaveModel.Counts;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.ProgressStrip;
import orchestrator.ui.fx.Texts;

/** A column of the board: a wave's head over its cards, which scroll. */
final class WaveColumn extends VBox {
    private final WaveModel model;
    private final Texts texts;
    private final Function<CardModel, CardView> cardView;
    private final Label done = Nodes.label("", "wave-done");
    private final ProgressStrip strip = new ProgressStrip();
    private final VBox cards = new VBox();
    private final Map<CardModel, CardView> views = new HashMap<>();

    WaveColumn(WaveModel model, Texts texts, Function<CardModel, CardView> cardView) {
        this.model = model;
        this.texts = texts;
        this.cardView = cardView;
        getStyleClass().add("wave");
        setId("wave-" + model.number());
        HBox.setHgrow(this, Priority.ALWAYS);
        Label name = Nodes.label(texts.get("wave.title", model.number()), "wave-title");
        HBox line = new HBox(name, Nodes.spacer(), done);
        line.setAlignment(Pos.BASELINE_LEFT);
        VBox head = new VBox(line, strip);
        head.getStyleClass().add("wave-head");
        cards.getStyleClass().add("wave-cards");
        ScrollPane scroll = new ScrollPane(cards);
        scroll.getStyleClass().add("wave-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, scroll);
        model.countsProperty().subscribe(this::showCounts);
        ListChangeListener<CardModel> changed = _ -> placeCards();
        model.cards().addListener(changed);
        placeCards();
    }

    private void showCounts(Counts counts) {
        done.setText(texts.get("wave.done", counts.completed(), counts.issues()));
        strip.show(
                counts.completed(),
                counts.inProgress(),
                counts.failed(),
                counts.parked(),
                counts.issues());
        strip.setAccessibleText(done.getText());
    }

    private void placeCards() {
        views.keySet().retainAll(model.cards());
        List<Node> wanted = new ArrayList<>();
        for (CardModel card : model.cards()) {
            wanted.add(views.computeIfAbsent(card, cardView));
        }
        cards.getChildren().setAll(wanted);
    }

    WaveModel model() {
        return model;
    }
}
