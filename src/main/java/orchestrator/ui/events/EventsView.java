package orchestrator.ui.events;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.ui.events.EventsModel.Kind;
import orchestrator.ui.fx.Clipboards;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Follow;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Named;
import orchestrator.ui.fx.Navigator;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.fx.Tone;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The events as sentences, the newest at the bottom; what needs a person is marked. Scrolling up to
 * the first one reads on in the journal.
 */
public final class EventsView extends VBox {
    private static final double LEAST_HEIGHT = 26;
    private static final double MOST_HEIGHT = 62; // four lines; the rest is in the tooltip
    private final EventsModel model;
    private final Texts texts;
    private final Navigator navigator;
    private final InstantSource clock;
    private final ZoneId zone;
    private final ListView<EventView> list;
    private final CustomTextField search = new CustomTextField();
    private final ChoiceBox<Kind> kind = new ChoiceBox<>();

    /** A list over the model's events. */
    public EventsView(EventsModel model, Parts parts) {
        this.model = model;
        texts = parts.texts();
        navigator = parts.navigator();
        clock = parts.clock();
        zone = parts.zone();
        list = new ListView<>(model.events());
        getStyleClass().add("panel");
        buildList();
        StackPane stack = new StackPane(list);
        VBox.setVgrow(stack, Priority.ALWAYS);
        Label problem = Nodes.label("", "events-problem");
        problem.setWrapText(true);
        problem.textProperty().bind(model.problemProperty());
        model.problemProperty().subscribe(text -> Nodes.shown(problem, !text.isEmpty()));
        getChildren().addAll(head(), problem, stack);
    }

    private void buildList() {
        list.setId("events");
        list.getStyleClass().add("events");
        list.setAccessibleText(texts.get("events.title"));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setCellFactory(_ -> new EventCell());
        showPlaceholder();
        Follow follow = new Follow(list);
        ListChangeListener<EventView> changed =
                change -> {
                    while (change.next()) {
                        if (change.wasAdded() && change.getFrom() == 0 && !change.wasRemoved()) {
                            stay(change.getAddedSize());
                        }
                    }
                    follow.grown();
                    showPlaceholder();
                };
        model.events().addListener(changed);
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        list.addEventFilter(
                ScrollEvent.SCROLL,
                event -> {
                    if (event.getDeltaY() > 0) {
                        readOlderAtBegin();
                    }
                });
    }

    private void showPlaceholder() {
        boolean filtered = model.isFiltered();
        list.setPlaceholder(
                filtered
                        ? new EmptyState(
                                Feather.FILTER,
                                texts.get("empty.filtered"),
                                texts.get("empty.filtered-do"))
                        : new EmptyState(
                                Feather.LIST,
                                texts.get("empty.events"),
                                texts.get("empty.events-do")));
    }

    /** What is read before what is seen must not push it away. */
    private void stay(int added) {
        if (list.getItems().size() > added
                && list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
                && flow.getFirstVisibleCell() != null) {
            int first = flow.getFirstVisibleCell().getIndex();
            javafx.application.Platform.runLater(() -> list.scrollTo(first + added));
        }
    }

    private void readOlderAtBegin() {
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
                && flow.getFirstVisibleCell() != null
                && flow.getFirstVisibleCell().getIndex() == 0) {
            model.readOlder();
        }
    }

    private Node head() {
        search.setId("events-filter");
        search.setLeft(Nodes.icon(Feather.SEARCH));
        search.setPromptText(texts.get("events.filter"));
        search.setAccessibleText(texts.get("events.filter"));
        search.getStyleClass().add(Styles.SMALL);
        search.setMinWidth(90);
        search.setPrefWidth(190);
        kind.setId("events-kind");
        kind.getStyleClass().add(Styles.SMALL);
        kind.setPrefWidth(124);
        kind.setMinWidth(USE_PREF_SIZE);
        kind.setAccessibleText(texts.get("events.kind"));
        kind.getItems().setAll(Kind.values());
        kind.setConverter(Named.by(this::nameOf));
        kind.setValue(Kind.ALL);
        search.textProperty().subscribe((_, _) -> filter());
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::leaveFilter);
        kind.valueProperty().subscribe((_, _) -> filter());
        HBox head =
                new HBox(
                        Nodes.label(texts.get("events.title"), "panel-title"),
                        Nodes.spacer(),
                        earlier(),
                        search,
                        kind);
        head.getStyleClass().add("panel-head");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private Button earlier() {
        Button earlier = new Button("", Nodes.icon(Feather.CHEVRONS_UP));
        earlier.setId("events-earlier");
        earlier.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        earlier.setAccessibleText(texts.get("events.earlier"));
        earlier.setTooltip(new Tooltip(texts.get("events.earlier")));
        earlier.setMinWidth(USE_PREF_SIZE);
        earlier.disableProperty().bind(model.moreProperty().not());
        earlier.setOnAction(_ -> model.readOlder());
        return earlier;
    }

    /** Esc clears what is typed; from an empty field it is for whoever else wants it. */
    private void leaveFilter(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
            search.clear();
            event.consume();
        }
    }

    private void filter() {
        model.filter(search.getText(), kind.getValue());
    }

    private String nameOf(Kind of) {
        return switch (of) {
            case ALL -> texts.get("events.all");
            case WARNINGS -> texts.get("events.warnings");
            case CHOSEN -> texts.get("events.chosen");
        };
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
            copy();
        } else if (event.getCode() == KeyCode.ENTER) {
            EventView chosen = list.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                follow(chosen);
            }
        } else if (event.getCode() == KeyCode.HOME
                || event.getCode() == KeyCode.PAGE_UP
                || event.getCode() == KeyCode.UP) {
            readOlderAtBegin();
            return;
        } else {
            return;
        }
        event.consume();
    }

    private void copy() {
        List<EventView> chosen = List.copyOf(list.getSelectionModel().getSelectedItems());
        List<EventView> copied = chosen.isEmpty() ? List.copyOf(model.events()) : chosen;
        Clipboards.copy(
                copied.stream()
                        .map(event -> timeOf(event.at()) + "  " + Format.line(event.sentence()))
                        .collect(Collectors.joining("\n")));
    }

    private void follow(EventView event) {
        if (event.issue().isPresent()) {
            navigator.showIssue(event.issue().get());
        } else {
            event.worker().ifPresent(navigator::showWorker);
        }
    }

    private String timeOf(Instant at) {
        return Format.moment(at, clock.instant(), zone);
    }

    private final class EventCell extends ListCell<EventView> {
        private final Label time = Nodes.label("", "event-time");
        private final FontIcon warning = Nodes.icon(Feather.ALERT_TRIANGLE, "event-icon");
        private final StackPane mark = new StackPane(warning);
        private final Label sentence = Nodes.label("", "event-sentence");
        private final Hyperlink way = new Hyperlink();
        private final HBox row = new HBox(time, mark, sentence, way);
        private final Tooltip whole = new Tooltip();

        EventCell() {
            way.getStyleClass().add("event-way");
            way.setMinWidth(Region.USE_PREF_SIZE);
            way.setFocusTraversable(false); // Enter on the row does the same
            way.setOnAction(_ -> {
                list.getSelectionModel().clearAndSelect(getIndex());
                goThere();
            });
            setOnMouseClicked(event -> {
                if (event.getClickCount() % 2 == 0) {
                    goThere();
                }
            });
            row.getStyleClass().add("event-row");
            row.setAlignment(Pos.TOP_LEFT);
            row.setMinWidth(0);
            row.setPrefWidth(0);
            sentence.setWrapText(true);
            sentence.setMaxHeight(MOST_HEIGHT);
            mark.getStyleClass().add("event-mark");
            mark.setAlignment(Pos.TOP_CENTER);
            mark.setMinWidth(Region.USE_PREF_SIZE);
            sentence.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(sentence, Priority.ALWAYS);
            whole.setWrapText(true);
            whole.setMaxWidth(520);
        }

        private void goThere() {
            EventView event = getItem();
            if (event != null) {
                EventsView.this.follow(event);
            }
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
            time.setText(timeOf(item.at()));
            String there =
                    item.issue()
                            .map(Object::toString)
                            .or(() ->
                                    item.worker().map(number -> texts.get("log.of-worker", number)))
                            .orElse("");
            way.setText(Format.line(there));
            Nodes.shown(way, !there.isEmpty());
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
