package orchestrator.ui.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.IssueId;
import orchestrator.rules.Move;
import orchestrator.ui.board.ColumnModel.Counts;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.ProgressStrip;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;

/**
 * A column of the board: its head over its cards, which scroll. Only the cards that can be seen are
 * nodes, whatever their number. While cards are moved, a line shows where they would go, or a
 * remark over the cards says why they cannot.
 */
final class ColumnView extends VBox {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");
    private static final double LINE = 2;
    private final ColumnModel model;
    private final Texts texts;
    private final Supplier<CardView> newCard;
    private final Label done = Nodes.label("", "wave-done");
    private final ProgressStrip strip = new ProgressStrip();
    private final Label refusal = Nodes.label("", "wave-refusal");
    private final ListView<CardModel> list;
    private final Region line = new Region();
    private final Region frame = new Region();
    private final List<CardView> made = new ArrayList<>();

    ColumnView(ColumnModel model, Texts texts, Supplier<CardView> newCard) {
        this.model = model;
        this.texts = texts;
        this.newCard = newCard;
        list = new ListView<>(model.cards());
        getStyleClass().add("wave");
        setId(model.isWave() ? "wave-" + model.key().order() : "group-" + model.key().name());
        HBox.setHgrow(this, Priority.ALWAYS);
        Label name = Nodes.label(title(), "wave-title");
        done.setMinWidth(USE_PREF_SIZE);
        HBox heading = new HBox(name, Nodes.spacer(), done);
        heading.setAlignment(Pos.BASELINE_LEFT);
        refusal.setWrapText(true);
        refusal.setMouseTransparent(true);
        refusal.setVisible(false);
        StackPane.setAlignment(refusal, Pos.TOP_CENTER);
        VBox head = new VBox(heading, strip);
        head.getStyleClass().add("wave-head");
        list.getStyleClass().add("wave-cards");
        list.setAccessibleText(title());
        list.setCellFactory(_ -> new CardCell());
        line.getStyleClass().add("drop-line");
        frame.getStyleClass().add("drop-frame");
        for (Region mark : List.of(line, frame)) {
            mark.setMouseTransparent(true);
            mark.setManaged(false);
            mark.setVisible(false);
        }
        StackPane stack = new StackPane(list, frame, line, refusal);
        VBox.setVgrow(stack, Priority.ALWAYS);
        stack.layoutBoundsProperty()
                .subscribe(room -> frame.resizeRelocate(0, 0, room.getWidth(), room.getHeight()));
        getChildren().addAll(head, stack);
        model.countsProperty().subscribe(this::showCounts);
    }

    /** What the column is about. */
    String title() {
        Grouping.Key key = model.key();
        return switch (model.grouping()) {
            case WAVE -> texts.get("wave.title", Integer.toString(key.order()));
            case STATE -> texts.get(key.name());
            case STAGE ->
                    key.name().isEmpty() ? texts.get("group.all-stages") : Format.line(key.name());
            case PROJECT -> Format.line(key.name());
        };
    }

    private void showCounts(Counts counts) {
        String text =
                model.grouping() == Grouping.STATE
                        ? texts.get("wave.count", counts.issues())
                        : texts.get("wave.done", counts.completed(), counts.issues());
        done.setText(
                counts.shown() == counts.issues()
                        ? text
                        : texts.get("wave.shown", counts.shown(), counts.issues()));
        strip.show(
                counts.completed(),
                counts.inProgress(),
                counts.failed(),
                counts.parked(),
                counts.issues());
        strip.setAccessibleText(text);
    }

    ColumnModel model() {
        return model;
    }

    ListView<CardModel> list() {
        return list;
    }

    /** The cards that were made so far: some more than can be seen. */
    List<CardView> cards() {
        return List.copyOf(made);
    }

    /** Follows its issues no more: the column is not shown any longer. */
    void release() {
        made.forEach(card -> card.show(Optional.empty()));
    }

    /** Gives its cards the keys, and brings one of them into sight. */
    void focus(CardModel card) {
        int at = model.cards().indexOf(card);
        if (at >= 0) {
            list.getFocusModel().focus(at);
            reveal(at);
            list.requestFocus();
        }
    }

    private void reveal(int at) {
        Optional<ListCell<?>> seen =
                cells().stream().filter(cell -> cell.getIndex() == at).findFirst();
        boolean whole =
                seen.map(cell -> inList(cell))
                        .filter(bounds ->
                                bounds.getMinY() >= 0 && bounds.getMaxY() <= list.getHeight())
                        .isPresent();
        if (!whole) {
            list.scrollTo(at);
        }
    }

    private Bounds inList(ListCell<?> cell) {
        return list.sceneToLocal(cell.localToScene(cell.getLayoutBounds()));
    }

    /** The cells that show a card, from top to bottom; not those the list keeps for measuring. */
    private List<ListCell<?>> cells() {
        List<ListCell<?>> cells = new ArrayList<>();
        list.lookupAll(".list-cell")
                .forEach(node -> {
                    if (node instanceof ListCell<?> cell && !cell.isEmpty() && isSeen(cell)) {
                        cells.add(cell);
                    }
                });
        cells.sort(Comparator.comparingInt(ListCell::getIndex));
        return cells;
    }

    private boolean isSeen(Node node) {
        for (@Nullable Node up = node; up != null && !up.equals(list); up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** Where cards that are let go of at that height of the list would go. */
    Move.Spot spotAt(double y) {
        for (ListCell<?> cell : cells()) {
            Bounds bounds = inList(cell);
            if (y < bounds.getCenterY() && cell.getItem() instanceof CardModel card) {
                return new Move.Spot.Before(card.id());
            }
        }
        return new Move.Spot.Last();
    }

    /** Scrolls while cards are held near its upper or lower edge: a positive step goes down. */
    void scroll(double step) {
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            var _ = flow.scrollPixels(step);
        }
    }

    /** Cards would go there; {@code why} they cannot, or empty. */
    void showTarget(Move.Spot spot, String why) {
        boolean refused = !why.isEmpty();
        frame.pseudoClassStateChanged(TARGET, true);
        frame.pseudoClassStateChanged(REFUSED, refused);
        frame.setVisible(true);
        showRefusal(why);
        Optional<Double> at = refused ? Optional.empty() : lineAt(spot);
        line.setVisible(at.isPresent());
        at.ifPresent(y -> line.resizeRelocate(6, y - LINE / 2, list.getWidth() - 12, LINE));
    }

    /** Nothing would go here; {@code why} nothing can, or empty. */
    void showIdle(String why) {
        line.setVisible(false);
        frame.pseudoClassStateChanged(TARGET, false);
        frame.pseudoClassStateChanged(REFUSED, !why.isEmpty());
        frame.setVisible(!why.isEmpty());
        showRefusal(why);
    }

    private void showRefusal(String why) {
        refusal.setText(why);
        refusal.setVisible(!why.isEmpty());
    }

    private Optional<Double> lineAt(Move.Spot spot) {
        List<ListCell<?>> cells = cells();
        return switch (spot) {
            case Move.Spot.Before(IssueId next) ->
                    cells.stream()
                            .filter(cell ->
                                    cell.getItem() instanceof CardModel card
                                            && card.id().equals(next))
                            .findFirst()
                            .map(cell -> Math.max(LINE, inList(cell).getMinY()));
            case Move.Spot.Last() ->
                    Optional.of(
                            cells.isEmpty()
                                    ? LINE * 2
                                    : Math.min(
                                            inList(cells.getLast()).getMaxY(),
                                            list.getHeight() - LINE));
            case Move.Spot.ByPriority(), Move.Spot.Behind() -> Optional.empty();
        };
    }

    /** A cell with a card of its own, which shows one model after the other. */
    private final class CardCell extends ListCell<CardModel> {
        private final CardView card = newCard.get();

        CardCell() {
            made.add(card);
            setText(null);
            // The flow keeps cells that show nothing for later: they must not be found by an id.
            visibleProperty().subscribe(this::named);
        }

        private void named(boolean visible) {
            card.setNamed(visible);
        }

        /** A cell asks its graphic for its height at any width; ours depends on the width. */
        @Override
        protected double computePrefHeight(double width) {
            if (isEmpty()) {
                return 0;
            }
            double insets = snappedLeftInset() + snappedRightInset();
            double room = (width < 0 ? getWidth() : width) - insets;
            return snapSizeY(snappedTopInset() + card.prefHeight(room) + snappedBottomInset());
        }

        @Override
        protected double computePrefWidth(double height) {
            return 0; // never wider than the list: no scrolling sideways
        }

        @Override
        protected void updateItem(@Nullable CardModel item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                card.show(Optional.empty());
                setAccessibleText(null);
            } else {
                card.show(Optional.of(item));
                setGraphic(card);
                setAccessibleText(card.getAccessibleText());
            }
        }
    }
}
