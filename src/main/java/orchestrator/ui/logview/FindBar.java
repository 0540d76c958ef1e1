package orchestrator.ui.logview;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import orchestrator.log.LogQuery;
import orchestrator.model.Fault;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.logview.LogDocument.Finding;
import org.kordamp.ikonli.feather.Feather;

/** Where one says what is looked for in a log, and sees how much was found. */
final class FindBar extends VBox {
    private final Texts texts;
    private final CustomTextField field = new CustomTextField();
    private final ToggleButton matchCase;
    private final ToggleButton regex;
    private final ToggleButton only;
    private final Label count = Nodes.label("", "find-count");
    private final Label trouble = Nodes.label("", "find-problem");
    private final Consumer<Optional<LogQuery>> find;
    private final Consumer<Boolean> step;
    private String problem = "";

    /**
     * A bar that is not shown yet.
     *
     * @param find is told what is looked for
     * @param step is told to go to the next match (true) or the previous one
     * @param filter is told whether only what matches is to be seen
     * @param close is told that it is put away
     */
    FindBar(
            String name,
            Texts texts,
            Consumer<Optional<LogQuery>> find,
            Consumer<Boolean> step,
            Consumer<Boolean> filter,
            Runnable close) {
        this.texts = texts;
        this.find = find;
        this.step = step;
        getStyleClass().add("find-bar");
        setId(name + "-find");
        HBox row = new HBox();
        row.getStyleClass().add("find-row");
        row.setAlignment(Pos.CENTER_LEFT);
        trouble.setId(name + "-find-problem");
        trouble.setWrapText(true);
        Nodes.shown(trouble, false);
        getChildren().addAll(row, trouble);
        field.setId(name + "-find-text");
        field.setPromptText(texts.get("find.prompt"));
        field.setAccessibleText(texts.get("find.prompt"));
        field.setLeft(Nodes.icon(Feather.SEARCH));
        field.setMinWidth(90);
        HBox.setHgrow(field, Priority.ALWAYS);
        field.setMaxWidth(420);
        matchCase = toggle(name + "-find-case", "Aa", texts.get("find.case"));
        regex = toggle(name + "-find-regex", ".*", texts.get("find.regex"));
        only = toggle(name + "-find-only", "", texts.get("find.only"));
        only.setGraphic(Nodes.icon(Feather.FILTER));
        count.setId(name + "-find-count");
        count.setMinWidth(USE_PREF_SIZE);
        field.textProperty().subscribe((_, _) -> look());
        matchCase.selectedProperty().subscribe((_, _) -> look());
        regex.selectedProperty().subscribe((_, _) -> look());
        only.selectedProperty().subscribe((_, on) -> filter.accept(on));
        row.getChildren()
                .addAll(
                        field,
                        matchCase,
                        regex,
                        only,
                        count,
                        Nodes.spacer(),
                        button(
                                name + "-find-back",
                                Feather.CHEVRON_UP,
                                texts.get("find.back"),
                                () -> step.accept(false)),
                        button(
                                name + "-find-next",
                                Feather.CHEVRON_DOWN,
                                texts.get("find.next"),
                                () -> step.accept(true)),
                        button(name + "-find-close", Feather.X, texts.get("find.close"), close));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    private static ToggleButton toggle(String id, String text, String hint) {
        ToggleButton toggle = new ToggleButton(text);
        toggle.setId(id);
        toggle.setMnemonicParsing(false);
        toggle.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        toggle.setAccessibleText(hint);
        toggle.setTooltip(new Tooltip(hint));
        toggle.setMinWidth(USE_PREF_SIZE);
        return toggle;
    }

    private static Button button(String id, Feather icon, String hint, Runnable handler) {
        return LogHead.tool(id, icon, hint, handler);
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            step.accept(!event.isShiftDown());
            event.consume();
        }
    }

    private void look() {
        problem = "";
        Optional<LogQuery> query = Optional.empty();
        if (!field.getText().isEmpty()) {
            try {
                query =
                        Optional.of(
                                LogQuery.of(
                                        field.getText(),
                                        regex.isSelected(),
                                        matchCase.isSelected()));
            } catch (Fault invalid) {
                problem = invalid.sentence();
            }
        }
        only.setDisable(query.isEmpty());
        find.accept(query);
    }

    /** Looks again, after another log was opened or the bar was put away. */
    void again() {
        look();
        if (only.isSelected() && !only.isDisabled()) {
            only.setSelected(false);
        }
    }

    /** Gets the focus. */
    void enter() {
        field.requestFocus();
        field.selectAll();
    }

    boolean isFiltering() {
        return only.isSelected() && !only.isDisabled();
    }

    void filterOff() {
        only.setSelected(false);
    }

    /** Something that was not known when the pattern was read. */
    void refuse(String sentence) {
        problem = sentence;
        show(Optional.empty(), -1);
    }

    /**
     * Shows how much was found.
     *
     * @param current which match one is at, from 0; below 0: none
     */
    void show(Optional<Finding> finding, long current) {
        boolean nothing =
                !problem.isEmpty()
                        || finding.filter(it -> it.complete() && it.hits() == 0).isPresent();
        field.pseudoClassStateChanged(Styles.STATE_DANGER, nothing);
        count.setText(finding.map(it -> words(it, current)).orElse(""));
        trouble.setText(problem);
        Nodes.shown(trouble, !problem.isEmpty());
    }

    private String words(Finding finding, long current) {
        String all =
                current >= 0 && current < finding.hits()
                        ? texts.get("find.at", current + 1, finding.hits())
                        : finding.hits() == 0
                                ? texts.get(finding.complete() ? "find.none" : "find.searching")
                                : texts.get("find.count", finding.hits());
        return finding.complete()
                ? all
                : texts.get("find.going", all, (int) (100 * finding.done()));
    }
}
