package orchestrator.ui.changes;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.ui.changes.ChangesModel.Difference;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Memory;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** The difference that is chosen, and what can be done with it. */
final class DiffPane extends VBox {
    private static final KeyCombination FIND = KeyCombination.keyCombination("Shortcut+F");
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");
    private static final String SIDES = "changes/side-by-side";
    private final ChangesModel model;
    private final Texts texts;
    private final DiffView view;
    private final Label name = Nodes.label("", "diff-name");
    private final Label count = Nodes.label("", "diff-count");
    private final Label cut = Nodes.label("", "diff-cut");
    private final CustomTextField search = new CustomTextField();
    private final StackPane body = new StackPane();

    DiffPane(ChangesModel model, Parts parts) {
        this.model = model;
        texts = parts.texts();
        view = new DiffView(texts);
        getStyleClass().add("diff-pane");
        setMinWidth(0);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMinWidth(0);
        count.setMinWidth(USE_PREF_SIZE);
        cut.setText(texts.get("changes.cut"));
        cut.setGraphic(Nodes.icon(Feather.SCISSORS));
        VBox.setVgrow(body, Priority.ALWAYS);
        VBox.setVgrow(view, Priority.ALWAYS);
        HBox head = new HBox(name, count, Nodes.spacer());
        head.getStyleClass().add("diff-head");
        head.setAlignment(Pos.CENTER_LEFT);
        buildSearch();
        Button before = tool("diff-previous", Feather.CHEVRON_UP, texts.get("changes.previous"));
        before.setOnAction(_ -> view.jump(-1));
        Button next = tool("diff-next", Feather.CHEVRON_DOWN, texts.get("changes.next"));
        next.setOnAction(_ -> view.jump(1));
        Button copy = tool("diff-copy", Feather.COPY, texts.get("changes.copy"));
        copy.setOnAction(_ -> view.copy());
        ToggleButton sides = toggle("diff-sides", Feather.COLUMNS, texts.get("changes.sides"));
        remember(sides, parts.memory());
        view.sideBySideProperty().bind(sides.selectedProperty());
        ToggleButton space = toggle("diff-space", Feather.DELETE, texts.get("changes.space"));
        space.selectedProperty().bindBidirectional(model.ignoreSpaceProperty());
        head.getChildren().addAll(search, before, next, sides, space, copy);
        getChildren().addAll(head, body, cut);
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (FIND.match(event)) {
                        search.requestFocus();
                        search.selectAll();
                        event.consume();
                    }
                });
        model.differenceProperty().subscribe(this::show);
    }

    private void buildSearch() {
        search.setId("diff-search");
        search.getStyleClass().addAll(Styles.SMALL, "diff-search");
        search.setPromptText(texts.get("changes.find"));
        search.setAccessibleText(texts.get("changes.find"));
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                find(event.isShiftDown() ? -1 : 1);
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                search.clear();
                view.list().requestFocus();
                event.consume();
            }
        });
        search.textProperty().subscribe(_ -> search.pseudoClassStateChanged(WRONG, false));
    }

    private void find(int direction) {
        boolean found = view.find(search.getText(), direction);
        search.pseudoClassStateChanged(WRONG, !found && !search.getText().isEmpty());
        search.setAccessibleHelp(found ? "" : texts.get("changes.not-found"));
    }

    private static Button tool(String id, Feather icon, String title) {
        return ChangesView.tool(id, icon, title);
    }

    private static ToggleButton toggle(String id, Feather icon, String title) {
        ToggleButton button = new ToggleButton("", Nodes.icon(icon));
        button.setId(id);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        button.setAccessibleText(title);
        button.setTooltip(new Tooltip(title));
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private static void remember(ToggleButton sides, Memory memory) {
        sides.setSelected(memory.get(SIDES).isPresent());
        sides.selectedProperty().subscribe((_, on) -> memory.put(SIDES, on ? "yes" : ""));
    }

    private void show(Difference difference) {
        name.setText(
                model.file()
                        .map(FileChange::path)
                        .map(Format::line)
                        .orElse(texts.get("changes.all-files")));
        Nodes.shown(cut, difference instanceof Difference.There there && there.cut());
        switch (difference) {
            // What was shown stays until there is something else: no flicker.
            case Difference.Loading l -> {}
            case Difference.Failed failed -> {
                count.setText("");
                body.getChildren().setAll(ChangesView.fault(texts, failed.fault()));
            }
            case Difference.There there -> show(there.diff());
        }
    }

    private void show(Diff diff) {
        count.setText(
                texts.get(
                        "changes.count",
                        diff.count(Diff.Kind.ADDED),
                        diff.count(Diff.Kind.REMOVED)));
        view.show(diff);
        if (diff.lines().isEmpty()) {
            body.getChildren().setAll(nothing());
        } else if (!Optional.of(view).filter(body.getChildren()::contains).isPresent()) {
            body.getChildren().setAll(view);
        }
    }

    private EmptyState nothing() {
        return new EmptyState(
                Feather.FILE,
                texts.get("changes.same"),
                texts.get(
                        model.ignoreSpaceProperty().get()
                                ? "changes.same-space"
                                : "changes.same-do"));
    }
}
