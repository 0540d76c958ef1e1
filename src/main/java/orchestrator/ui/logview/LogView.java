package orchestrator.ui.logview;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.ui.fx.Clipboards;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Follow;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.logview.LogModel.Content;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The log of the chosen worker: its newest lines, followed while they come. */
public final class LogView extends VBox {
    private static final double ROW = 20;
    private static final KeyCombination COPY =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private final LogModel model;
    private final Texts texts;
    private final ListView<String> list = new ListView<>();
    private final Follow follow;
    private final Label title = Nodes.label("", "panel-title");
    private final Label subtitle = Nodes.label("", "panel-subtitle");
    private final Node noWorker;
    private final Node noLog;
    private final Node silent;

    /** A viewer over the model's lines. */
    public LogView(LogModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        getStyleClass().add("panel");
        follow = new Follow(list);
        noWorker = empty("empty.no-worker", "empty.no-worker-do");
        noLog = empty("empty.no-log", "empty.no-log-do");
        silent = empty("empty.silent", "empty.silent-do");
        buildList();
        StackPane stack = new StackPane(list, noWorker, noLog, silent);
        stack.getStyleClass().add("log-stack");
        VBox.setVgrow(stack, Priority.ALWAYS);
        getChildren().addAll(head(), stack);
        model.contentProperty().subscribe(this::showContent);
    }

    private Node empty(String heading, String sentence) {
        return new EmptyState(Feather.FILE_TEXT, texts.get(heading), texts.get(sentence));
    }

    private void buildList() {
        list.setId("log-lines");
        list.getStyleClass().addAll("log-lines", "code");
        list.setFixedCellSize(ROW);
        list.setItems(model.lines());
        list.setAccessibleText(texts.get("log.title"));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setCellFactory(_ -> new LineCell());
        list.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (COPY.match(event)) {
                        copy();
                        event.consume();
                    }
                });
        ListChangeListener<String> grown = _ -> follow.grown();
        model.lines().addListener(grown);
    }

    private Node head() {
        title.setText(texts.get("log.title"));
        title.setMinWidth(USE_PREF_SIZE);
        ToggleButton following =
                new ToggleButton(texts.get("log.follow"), Nodes.icon(Feather.CHEVRONS_DOWN));
        following.setId("log-follow");
        following.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        following.setTooltip(new Tooltip(texts.get("log.follow-hint")));
        following.selectedProperty().bindBidirectional(follow.onProperty());
        following.setMinWidth(USE_PREF_SIZE);
        Button end = tool("log-end", Feather.ARROW_DOWN, texts.get("log.end"), this::jumpToEnd);
        Button copy = tool("log-copy", Feather.COPY, texts.get("log.copy"), this::copy);
        HBox head = new HBox(title, subtitle, Nodes.spacer(), following, end, copy);
        head.getStyleClass().add("panel-head");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private static Button tool(String id, Feather icon, String title, Runnable handler) {
        Button button = new Button("", Nodes.icon(icon));
        button.setId(id);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        button.setAccessibleText(title);
        button.setTooltip(new Tooltip(title));
        button.setOnAction(_ -> handler.run());
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private void jumpToEnd() {
        follow.onProperty().set(true);
        follow.grown();
    }

    /** Copies the selected lines, or all of them when none is selected. */
    private void copy() {
        List<String> selected = list.getSelectionModel().getSelectedItems();
        Clipboards.copy(String.join("\n", selected.isEmpty() ? model.lines() : selected));
    }

    private void showContent(Content content) {
        Nodes.shown(noWorker, content == Content.NO_WORKER);
        Nodes.shown(noLog, content == Content.NO_LOG);
        Nodes.shown(silent, content == Content.SILENT);
        Nodes.shown(list, content == Content.LINES || content == Content.UNREADABLE);
    }

    /** Whose log it is. */
    public StringProperty subtitleProperty() {
        return subtitle.textProperty();
    }

    private static final class LineCell extends ListCell<String> {
        @Override
        protected void updateItem(@Nullable String item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? "" : item);
        }
    }
}
