package orchestrator.ui.workers;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.workers.WorkerFilter.Group;
import org.kordamp.ikonli.feather.Feather;

/** Above the table: which workers and which columns are shown. */
final class WorkersBar extends HBox {
    private static final Map<Group, String> TITLES =
            new EnumMap<>(
                    Map.of(
                            Group.ALL, "filter.all",
                            Group.AT_WORK, "filter.at-work",
                            Group.WAITING, "filter.waiting",
                            Group.IDLE, "filter.idle"));
    private final Texts texts;
    private final ObjectProperty<WorkerFilter> filter =
            new SimpleObjectProperty<>(this, "filter", WorkerFilter.ALL);
    private final CustomTextField words = new CustomTextField();
    private final ToggleGroup groups = new ToggleGroup();
    private final Label count = Nodes.label("", "workers-count");
    private final MenuButton columns;

    WorkersBar(Texts texts) {
        this.texts = texts;
        getStyleClass().add("workers-bar");
        setAlignment(Pos.CENTER_LEFT);
        words.setId("workers-filter");
        words.setPromptText(texts.get("filter.prompt"));
        words.setAccessibleText(texts.get("filter.prompt"));
        words.setLeft(Nodes.icon(Feather.SEARCH, "filter-icon"));
        words.setRight(clearing());
        words.textProperty().subscribe(this::changed);
        words.addEventHandler(KeyEvent.KEY_PRESSED, this::escapeClears);
        columns = new MenuButton(texts.get("columns.button"), Nodes.icon(Feather.COLUMNS));
        columns.setId("workers-columns");
        columns.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        columns.setAccessibleText(texts.get("columns.hint"));
        getChildren().addAll(words, segments(), Nodes.spacer(), count, columns);
    }

    private Button clearing() {
        Button clear = new Button("", Nodes.icon(Feather.X, "filter-icon"));
        clear.setId("workers-filter-empty");
        clear.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "filter-clear");
        clear.setAccessibleText(texts.get("filter.clear"));
        clear.setFocusTraversable(false); // Escape does the same
        clear.setOnAction(_ -> words.clear());
        clear.visibleProperty().bind(words.textProperty().isNotEmpty());
        return clear;
    }

    private HBox segments() {
        HBox row = new HBox();
        row.setAlignment(Pos.CENTER_LEFT);
        for (Group group : Group.values()) {
            ToggleButton button = new ToggleButton(texts.get(TITLES.getOrDefault(group, "")));
            button.setId("workers-group-" + group.name().toLowerCase(java.util.Locale.ROOT));
            button.setToggleGroup(groups);
            button.setUserData(group);
            button.setSelected(group == Group.ALL);
            button.setMinWidth(USE_PREF_SIZE);
            button.getStyleClass()
                    .addAll(
                            Styles.SMALL,
                            switch (group) {
                                case ALL -> Styles.LEFT_PILL;
                                case AT_WORK, WAITING -> Styles.CENTER_PILL;
                                case IDLE -> Styles.RIGHT_PILL;
                            });
            row.getChildren().add(button);
        }
        groups.selectedToggleProperty()
                .subscribe((before, now) -> {
                    if (now == null) {
                        groups.selectToggle(before); // one of them is always chosen
                    } else {
                        changed();
                    }
                });
        return row;
    }

    private void changed() {
        Group group =
                groups.getSelectedToggle() != null
                                && groups.getSelectedToggle().getUserData() instanceof Group chosen
                        ? chosen
                        : Group.ALL;
        filter.set(new WorkerFilter(group, words.getText()));
    }

    private void escapeClears(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !words.getText().isEmpty()) {
            words.clear();
            event.consume();
        }
    }

    /** Shows all again. */
    void clear() {
        words.clear();
        groups.selectToggle(groups.getToggles().getFirst());
    }

    /** What is to be shown. */
    ObjectProperty<WorkerFilter> filterProperty() {
        return filter;
    }

    /** Says how many are shown, where it is not all. */
    void showCount(ObservableList<?> shown, ObservableList<?> all) {
        count.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        shown.size() == all.size()
                                                ? ""
                                                : texts.get(
                                                        "filter.count", shown.size(), all.size()),
                                shown,
                                all));
    }

    /** Offers the columns to be shown or not, and all of them as they were. */
    void offer(ObservableList<? extends TableColumn<?, ?>> offered, Runnable reset) {
        for (TableColumn<?, ?> column : offered) {
            CheckMenuItem item = new CheckMenuItem(column.getText());
            item.setId("show-" + column.getId());
            item.selectedProperty().bindBidirectional(column.visibleProperty());
            columns.getItems().add(item);
        }
        MenuItem back = new MenuItem(texts.get("columns.reset"));
        back.setOnAction(_ -> reset.run());
        columns.getItems().addAll(new SeparatorMenuItem(), back);
    }
}
