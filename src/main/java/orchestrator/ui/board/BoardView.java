package orchestrator.ui.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The board: waves as columns, side by side. */
public final class BoardView extends StackPane {
    /** Told which issue the user means by choosing a card. */
    @FunctionalInterface
    public interface Chooser {
        /** Chooses that issue, and its worker if it has one. */
        void choose(IssueView issue);
    }

    private final BoardModel model;
    private final Texts texts;
    private final Actions actions;
    private final Chooser chooser;
    private final ObservableValue<@Nullable Integer> chosenWorker;
    private final HBox columns = new HBox();
    private final ScrollPane scroll = new ScrollPane(columns);
    private final Map<WaveModel, WaveColumn> views = new HashMap<>();
    private final Map<CardModel, CardView> cards = new HashMap<>();
    private final ContextMenu menu;
    private final EmptyState loading;
    private final EmptyState none;

    /**
     * A board over the model.
     *
     * @param chosenWorker the number of the worker that is chosen, or null
     */
    public BoardView(
            BoardModel model,
            Texts texts,
            Actions actions,
            Chooser chooser,
            ObservableValue<@Nullable Integer> chosenWorker) {
        this.model = model;
        this.texts = texts;
        this.actions = actions;
        this.chooser = chooser;
        this.chosenWorker = chosenWorker;
        menu =
                new ContextMenu(
                        actions.menuItem("attach"),
                        actions.menuItem("changes"),
                        new SeparatorMenuItem(),
                        actions.menuItem("restart"),
                        actions.menuItem("stop-worker"),
                        actions.menuItem("push"),
                        actions.menuItem("retry"),
                        new SeparatorMenuItem(),
                        actions.menuItem("complete"),
                        actions.menuItem("park"),
                        actions.menuItem("fail"));
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
        getChildren().addAll(scroll, loading, none);
        ListChangeListener<WaveModel> changed = _ -> placeColumns();
        model.waves().addListener(changed);
        model.loadedProperty().subscribe((_, _) -> showContent());
        chosenWorker.subscribe((_, _) -> cards.values().forEach(this::markChosen));
        placeColumns();
    }

    private void placeColumns() {
        views.keySet().retainAll(model.waves());
        List<Node> wanted = new ArrayList<>();
        for (WaveModel wave : model.waves()) {
            wanted.add(views.computeIfAbsent(wave, w -> new WaveColumn(w, texts, this::cardFor)));
        }
        columns.getChildren().setAll(wanted);
        cards.keySet().retainAll(model.waves().stream().flatMap(w -> w.cards().stream()).toList());
        showContent();
    }

    private void showContent() {
        boolean loaded = model.loadedProperty().get();
        boolean empty = model.waves().isEmpty();
        Nodes.shown(loading, !loaded);
        Nodes.shown(none, loaded && empty);
        Nodes.shown(scroll, loaded && !empty);
    }

    /** A card keeps its node when its issue moves to another wave. */
    private CardView cardFor(CardModel card) {
        return cards.computeIfAbsent(card, this::newCard);
    }

    private CardView newCard(CardModel card) {
        CardView view = new CardView(card, texts);
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> pressed(view, event));
        view.addEventHandler(KeyEvent.KEY_PRESSED, event -> key(view, event));
        view.setOnContextMenuRequested(event -> {
            choose(view);
            menu.show(view, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        view.focusedProperty().subscribe(focused -> chooseIf(view, focused));
        card.issueProperty().subscribe((_, _) -> markChosen(view));
        markChosen(view);
        return view;
    }

    private void pressed(CardView view, MouseEvent event) {
        view.requestFocus();
        choose(view);
        if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            attach(view);
        }
    }

    private void key(CardView view, KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            attach(view);
            event.consume();
        }
    }

    private void attach(CardView view) {
        if (hasWorker(view)) {
            choose(view);
            actions.get("attach").run();
        }
    }

    private static boolean hasWorker(CardView view) {
        return view.model().issueProperty().get().worker().isPresent();
    }

    private void chooseIf(CardView view, boolean focused) {
        if (focused) {
            choose(view);
        }
    }

    private void choose(CardView view) {
        chooser.choose(view.model().issueProperty().get());
    }

    private void markChosen(CardView view) {
        Integer chosen = chosenWorker.getValue();
        view.setChosen(
                chosen != null
                        && view.model().issueProperty().get().worker().stream()
                                .anyMatch(chosen::equals));
    }
}
