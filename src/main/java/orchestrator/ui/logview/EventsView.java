package orchestrator.ui.logview;

import java.time.ZoneId;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Follow;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The events as sentences, the newest at the bottom; what needs a person is marked. */
public final class EventsView extends VBox {
    private static final double LEAST_HEIGHT = 26;
    private static final double MOST_HEIGHT = 62; // four lines; the rest is in the tooltip

    /** A list over the model's events. */
    public EventsView(EventsModel model, Texts texts, ZoneId zone) {
        getStyleClass().add("panel");
        ListView<EventView> list = new ListView<>(model.events());
        list.setId("events");
        list.getStyleClass().add("events");
        list.setAccessibleText(texts.get("events.title"));
        list.setCellFactory(_ -> new EventCell(texts, zone));
        list.setPlaceholder(
                new EmptyState(
                        Feather.LIST, texts.get("empty.events"), texts.get("empty.events-do")));
        Follow follow = new Follow(list);
        ListChangeListener<EventView> grown = _ -> follow.grown();
        model.events().addListener(grown);
        StackPane stack = new StackPane(list);
        VBox.setVgrow(stack, Priority.ALWAYS);
        HBox head = new HBox(Nodes.label(texts.get("events.title"), "panel-title"));
        head.getStyleClass().add("panel-head");
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, stack);
    }

    private static final class EventCell extends ListCell<EventView> {
        private final Texts texts;
        private final ZoneId zone;
        private final Label time = Nodes.label("", "event-time");
        private final FontIcon warning = Nodes.icon(Feather.ALERT_TRIANGLE, "event-icon");
        private final StackPane mark = new StackPane(warning);
        private final Label sentence = Nodes.label("", "event-sentence");
        private final HBox row = new HBox(time, mark, sentence);
        private final Tooltip whole = new Tooltip();

        EventCell(Texts texts, ZoneId zone) {
            this.texts = texts;
            this.zone = zone;
            row.getStyleClass().add("event-row");
            row.setAlignment(Pos.TOP_LEFT);
            row.setMinWidth(0);
            row.setPrefWidth(0);
            sentence.setWrapText(true);
            sentence.setMaxHeight(MOST_HEIGHT);
            mark.getStyleClass().add("event-mark");
            mark.setAlignment(Pos.TOP_CENTER);
            time.setMinWidth(Region.USE_PREF_SIZE);
            mark.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(sentence, Priority.ALWAYS);
            whole.setWrapText(true);
            whole.setMaxWidth(520);
        }

        /** A cell asks its graphic for its height at any width; ours depends on the width. */
        @Override
        protected double computePrefHeight(double width) {
            if (isEmpty()) {
                return LEAST_HEIGHT;
            }
            double insets = snappedLeftInset() + snappedRightInset();
            double room = (width < 0 ? getWidth() : width) - insets;
            double height = snappedTopInset() + row.prefHeight(room) + snappedBottomInset();
            return Math.max(LEAST_HEIGHT, snapSizeY(height));
        }

        @Override
        protected void updateItem(@Nullable EventView item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            String text = Format.line(item.sentence());
            time.setText(Format.clockSeconds(item.at(), zone));
            sentence.setText(text);
            whole.setText(text);
            warning.setVisible(item.warning());
            (item.warning() ? Tone.WARNING : Tone.NEUTRAL).apply(row);
            setAccessibleText(item.warning() ? texts.get("events.warning", text) : text);
            setGraphic(row);
            setTooltip(whole);
        }
    }
}
