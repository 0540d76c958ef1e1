package orchestrator.ui.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.rules.Move;
import orchestrator.rules.WaveBounds.Refusal;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Notices;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** The board: columns of cards side by side, and what a move in the making would change. */
final class BoardView extends StackPane {
    private final BoardModel model;
    private final Moving moving;
    private final Texts texts;
    private final Notices notices;
    private final Consumer<IssueView> opener;
    private final Runnable editor;
    private final ContextMenu menu;
    private final BoardBar bar;
    private final PreviewBar preview;
    private final HBox columns = new HBox();
    private final ScrollPane scroll = new ScrollPane(columns);
    private final VBox content;
    private final NewWave newWave;
    private final Map<ColumnModel, ColumnView> views = new HashMap<>();
    private final Map<Integer, Gap> gaps = new HashMap<>();
    private final CardDrag drag;
    private final BoardKeys keys;
    private final EmptyState loading;
    private final EmptyState none;

    /**
     * A board over the model.
     *
     * @param opener opens an issue
     * @param editor edits the issue that is chosen
     */
    BoardView(
            BoardModel model,
            Moving moving,
            Texts texts,
            Notices notices,
            ContextMenu menu,
            Consumer<IssueView> opener,
            Runnable editor,
            BoardBar bar,
            PreviewBar preview) {
        this.model = model;
        this.moving = moving;
        this.texts = texts;
        this.notices = notices;
        this.menu = menu;
        this.opener = opener;
        this.editor = editor;
        this.bar = bar;
        this.preview = preview;
        newWave = new NewWave(texts);
        drag = new CardDrag(model, moving, scroll);
        keys = new BoardKeys(model, moving, new Hands());
        content = new VBox(bar, scroll);
        loading =
                new EmptyState(
                        Feather.LOADER, texts.get("empty.loading"), texts.get("empty.loading-do"));
        none =
                new EmptyState(
                        Feather.INBOX, texts.get("empty.issues"), texts.get("empty.issues-do"));
        build();
    }

    private void build() {
        getStyleClass().add("board");
        setId("board");
        columns.getStyleClass().add("waves");
        scroll.getStyleClass().add("board-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        StackPane.setAlignment(preview, Pos.TOP_CENTER);
        getChildren().addAll(content, preview, loading, none);
        none.setPickOnBounds(false); // what can be done about it stands behind it
        drag.onto(newWave);
        columns.addEventFilter(KeyEvent.KEY_PRESSED, keys::pressed);
        columns.addEventFilter(KeyEvent.KEY_RELEASED, keys::released);
        columns.addEventFilter(KeyEvent.KEY_TYPED, keys::typed);
        columns.addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::showMenu);
        columns.focusWithinProperty()
                .subscribe((_, within) -> {
                    if (!within) {
                        keys.left();
                    }
                    markAll();
                });
        ListChangeListener<ColumnModel> changed = _ -> placeColumns();
        model.columns().addListener(changed);
        model.loadedProperty().subscribe((_, _) -> showContent());
        model.selection()
                .chosenProperty()
                .subscribe(chosen -> {
                    markAll();
                    bar.showChosen(chosen.issues().size());
                });
        moving.stateProperty().subscribe((_, _) -> showMove());
        moving.faultProperty().subscribe((_, _) -> showMove());
        placeColumns();
        showMove();
    }

    private void placeColumns() {
        views.forEach((column, view) -> {
            if (!model.columns().contains(column)) {
                view.release();
            }
        });
        views.keySet().retainAll(model.columns());
        List<Node> wanted = new ArrayList<>();
        Optional<ColumnModel> before = Optional.empty();
        for (ColumnModel column : model.columns()) {
            wanted.add(
                    before.<Node>map(it -> gaps.computeIfAbsent(it.key().order(), this::newGap))
                            .orElseGet(BoardView::noGap));
            wanted.add(views.computeIfAbsent(column, this::newColumn));
            before = Optional.of(column).filter(ColumnModel::isWave);
        }
        if (model.groupingProperty().get() == Grouping.WAVE && !wanted.isEmpty()) {
            wanted.add(noGap());
            wanted.add(newWave);
        }
        columns.getChildren().setAll(wanted);
        showMove();
        showContent();
    }

    private Gap newGap(int wave) {
        Gap gap = new Gap(wave, texts);
        drag.onto(gap);
        return gap;
    }

    /** Room where no wave can be made. */
    private static Node noGap() {
        Region room = new Region();
        room.getStyleClass().add("wave-gap");
        return room;
    }

    private ColumnView newColumn(ColumnModel column) {
        ColumnView view = new ColumnView(column, texts, this::newCard);
        if (column.isWave()) {
            drag.onto(view);
        }
        return view;
    }

    private CardView newCard() {
        CardView card = new CardView(texts, this::mark);
        card.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> pressed(card, event));
        card.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> clicked(card, event));
        drag.from(card);
        return card;
    }

    private void showContent() {
        boolean loaded = model.loadedProperty().get();
        boolean empty = model.columns().isEmpty();
        Nodes.shown(loading, !loaded);
        Nodes.shown(none, loaded && empty);
        Nodes.shown(content, loaded);
        scroll.setVisible(!empty);
    }

    // ── Choosing ────────────────────────────────────────────────────────────────────

    /** Chosen when it is pressed; several that are chosen stay so, for they may be dragged. */
    private void pressed(CardView card, MouseEvent event) {
        card.model()
                .ifPresent(model -> {
                    choose(model.id(), event);
                    showCursor();
                    if (event.getButton() == MouseButton.PRIMARY
                            && event.getClickCount() % 2 == 0) {
                        opener.accept(model.issueProperty().get());
                    }
                });
        event.consume();
    }

    private void choose(IssueId id, MouseEvent event) {
        Selection selection = model.selection();
        if (event.isShiftDown()) {
            selection.extendTo(id, model.shown());
        } else if (event.isShortcutDown()) {
            selection.toggle(id);
        } else if (!selection.contains(id) || selection.issues().size() == 1) {
            selection.only(id);
        }
    }

    /** A plain click on one of several chooses it alone, once it is clear that none is dragged. */
    private void clicked(CardView card, MouseEvent event) {
        boolean plain = !event.isShiftDown() && !event.isShortcutDown();
        if (plain && event.isStillSincePress() && event.getButton() == MouseButton.PRIMARY) {
            card.model().map(CardModel::id).ifPresent(model.selection()::only);
        }
    }

    private void showMenu(ContextMenuEvent event) {
        Optional<IssueId> cursor = model.selection().cursor();
        if (event.getTarget() instanceof Node node) {
            cardOf(node)
                    .map(CardModel::id)
                    .ifPresent(id -> {
                        if (!model.selection().contains(id)) {
                            model.selection().only(id);
                        }
                    });
        }
        if (!model.selection().issues().isEmpty()) {
            if (event.isKeyboardTrigger()) {
                cursor.flatMap(this::cardView)
                        .ifPresent(card -> {
                            Bounds at = card.localToScreen(card.getLayoutBounds());
                            menu.show(card, at.getMinX() + 16, at.getMinY() + 24);
                        });
            } else {
                menu.show(columns, event.getScreenX(), event.getScreenY());
            }
        }
        event.consume();
    }

    private static Optional<CardModel> cardOf(Node node) {
        for (@org.jspecify.annotations.Nullable Node up = node; up != null; up = up.getParent()) {
            if (up instanceof CardView card) {
                return card.model();
            }
        }
        return Optional.empty();
    }

    private Optional<CardView> cardView(IssueId id) {
        return views.values().stream()
                .flatMap(column -> column.cards().stream())
                .filter(card -> card.model().filter(it -> it.id().equals(id)).isPresent())
                .filter(card -> card.getId() != null)
                .findFirst();
    }

    /** Brings the card that keys are about into sight, and gives its column the keys. */
    void showCursor() {
        model.selection()
                .cursor()
                .ifPresent(id ->
                        model.columnOf(id)
                                .flatMap(column -> Optional.ofNullable(views.get(column)))
                                .ifPresent(view -> model.card(id).ifPresent(view::focus)));
    }

    /** After an update: keys stay with their card, also when it stands in another column now. */
    void keepFocus() {
        if (columns.isFocusWithin() && !moving.isOn()) {
            model.selection()
                    .cursor()
                    .flatMap(model::columnOf)
                    .flatMap(column -> Optional.ofNullable(views.get(column)))
                    .filter(view -> !view.list().isFocused())
                    .ifPresent(_ -> showCursor());
        }
    }

    private void markAll() {
        views.values().forEach(column -> column.cards().forEach(this::mark));
    }

    private void mark(CardView card) {
        Optional<IssueId> id = card.model().map(CardModel::id);
        boolean chosen = id.filter(model.selection()::contains).isPresent();
        boolean cursor =
                id.isPresent() && columns.isFocusWithin() && id.equals(model.selection().cursor());
        card.mark(chosen, cursor, id.filter(this::isMoved).isPresent());
    }

    private boolean isMoved(IssueId id) {
        return moving.stateProperty().get().issues().contains(id);
    }

    // ── Moving ──────────────────────────────────────────────────────────────────────

    private void showMove() {
        Moving.State state = moving.stateProperty().get();
        Optional<Move> wish = state.wish();
        views.forEach((column, view) -> {
            if (column.isWave()) {
                int wave = column.key().order();
                String why = refusal(state, wave);
                Optional<Move> here =
                        wish.filter(move -> move.wave() == wave && !Moving.isBetween(move));
                if (here.isPresent()) {
                    view.showTarget(here.get().spot(), why);
                } else {
                    view.showIdle(why);
                }
            }
        });
        gaps.values()
                .forEach(gap ->
                        gap.show(
                                state.isOn(),
                                wish.filter(move ->
                                                Moving.isBetween(move) && move.wave() == gap.wave())
                                        .isPresent(),
                                state.refusal().isPresent()));
        int next = model.lastWave() + 1;
        newWave.show(
                next,
                state.isOn(),
                wish.filter(move -> move.wave() == next).isPresent(),
                !refusal(state, next).isEmpty());
        preview.show(state, moving.faultProperty().get(), keys.isMoving());
        markAll();
    }

    private String refusal(Moving.State state, int wave) {
        return state.isOn()
                ? state.refusal(wave).map(why -> Refusals.text(texts, why)).orElse("")
                : "";
    }

    /** What keys have it do. */
    private final class Hands implements BoardKeys.Doer {
        @Override
        public void open() {
            model.selection()
                    .cursor()
                    .flatMap(model::card)
                    .ifPresent(card -> opener.accept(card.issueProperty().get()));
        }

        @Override
        public void edit() {
            editor.run();
        }

        @Override
        public void showCursor() {
            BoardView.this.showCursor();
        }

        @Override
        public void sayGroupedOtherwise() {
            notices.refused(texts.get("move.group-first"));
        }

        @Override
        public void sayRefused(Refusal why) {
            notices.refused(texts.get("move.refused", Refusals.text(texts, why)));
        }

        @Override
        public void filter() {
            bar.focusFilter();
        }
    }
}
