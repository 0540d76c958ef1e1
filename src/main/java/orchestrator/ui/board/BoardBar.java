package orchestrator.ui.board;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import java.util.EnumMap;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import org.controlsfx.control.SegmentedButton;
import org.kordamp.ikonli.feather.Feather;

/** What stands over the columns: the filter, the grouping, what is chosen, the finish. */
final class BoardBar extends HBox {
    private static final Map<Grouping, String> TITLES =
            new EnumMap<>(
                    Map.of(
                            Grouping.WAVE, "group.wave",
                            Grouping.STATE, "group.state",
                            Grouping.STAGE, "group.stage",
                            Grouping.PROJECT, "group.project"));

    /**
     * AtlantaFX's and not ControlsFX's: that one's style sheet knows only the old theme's colours.
     */
    private final CustomTextField filter = new CustomTextField();

    private final Label chosen = Nodes.label("", "board-chosen");
    private final Texts texts;

    BoardBar(BoardModel model, Texts texts, FinishLabel finish, Button... buttons) {
        this.texts = texts;
        getStyleClass().add("board-bar");
        setAlignment(Pos.CENTER_LEFT);
        filter.setId("board-filter");
        filter.setPromptText(texts.get("board.filter"));
        filter.setAccessibleText(texts.get("board.filter"));
        filter.setTooltip(new Tooltip(texts.get("board.filter-hint")));
        filter.setLeft(Nodes.icon(Feather.SEARCH, "filter-icon"));
        filter.setRight(clear());
        filter.textProperty().bindBidirectional(model.filterProperty());
        filter.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE && !filter.getText().isEmpty()) {
                        filter.clear();
                        event.consume();
                    }
                });
        Label by = Nodes.label(texts.get("group.by"), "board-by");
        chosen.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(filter, by, groups(model), chosen, Nodes.spacer(), finish);
        getChildren().addAll(buttons);
    }

    private Button clear() {
        Button clear = new Button("", Nodes.icon(Feather.X));
        clear.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "filter-clear");
        clear.setId("board-filter-clear");
        clear.setAccessibleText(texts.get("board.filter-clear"));
        clear.setTooltip(new Tooltip(texts.get("board.filter-clear")));
        clear.setFocusTraversable(false); // Escape does it by key
        clear.setCursor(Cursor.DEFAULT);
        clear.visibleProperty().bind(filter.textProperty().isNotEmpty());
        clear.setOnAction(_ -> filter.clear());
        return clear;
    }

    private SegmentedButton groups(BoardModel model) {
        SegmentedButton groups = new SegmentedButton();
        groups.setId("board-groups");
        ToggleGroup one = new ToggleGroup();
        groups.setToggleGroup(one);
        for (Grouping grouping : Grouping.values()) {
            String title = texts.get(TITLES.getOrDefault(grouping, "group.wave"));
            ToggleButton button = new ToggleButton(title);
            button.setId("group-by-" + grouping.word());
            button.setMnemonicParsing(false);
            button.setAccessibleText(texts.get("group.by") + " " + title);
            button.setOnAction(_ -> {
                // A press on the one that is on would switch it off.
                button.setSelected(true);
                model.groupingProperty().set(grouping);
            });
            model.groupingProperty().subscribe(now -> button.setSelected(now == grouping));
            groups.getButtons().add(button);
        }
        return groups;
    }

    void showChosen(int number) {
        chosen.setText(number > 1 ? texts.get("board.chosen", number) : "");
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }
}
