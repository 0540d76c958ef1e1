package orchestrator.ui.settings;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Named;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Preferences.Colours;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** The preferences; what is changed takes effect at once, so there is nothing to confirm. */
public final class SettingsDialog {
    private static final double WIDTH = 540;
    private static final double LABELS = 120;
    private final Parts parts;
    private final Texts texts;
    private final Preferences preferences;
    private final Supplier<List<String>> terminals;
    private final Background background;
    private final GridPane grid = new GridPane();

    /**
     * Registers itself with the window's actions.
     *
     * @param terminals names of the terminal programs of this machine; asked off the FX thread
     */
    public SettingsDialog(Parts parts, Supplier<List<String>> terminals) {
        this.parts = parts;
        this.terminals = terminals;
        texts = parts.texts();
        preferences = parts.preferences();
        background = new Background(texts);
        parts.register("settings", Feather.SETTINGS, "Shortcut+Comma", this::open);
    }

    private void open() {
        Dialog dialog =
                new Dialog(
                        "settings-dialog",
                        texts.get("settings.title"),
                        texts.get("settings.sentence"),
                        WIDTH);
        grid.getChildren().clear();
        grid.getColumnConstraints().setAll(labels(), controls());
        grid.getStyleClass().add("settings");
        Node first = colours();
        row(texts.get("settings.colours"), first, "");
        row(texts.get("settings.font-size"), fontSize(), "");
        row("", motion(), texts.get("settings.motion-what"));
        row(texts.get("settings.terminal"), terminal(), texts.get("settings.terminal-what"));
        row(texts.get("settings.editor"), editor(), texts.get("settings.editor-what"));
        row("", notifications(), texts.get("settings.notifications-what"));
        dialog.body().getChildren().add(grid);
        Button close =
                Dialog.button(
                        "settings-close",
                        texts.get("dialog.close"),
                        () -> parts.overlay().hide(dialog));
        dialog.footer(close);
        parts.overlay().show(dialog, first);
    }

    private static ColumnConstraints labels() {
        ColumnConstraints labels = new ColumnConstraints(LABELS);
        labels.setHalignment(HPos.LEFT);
        return labels;
    }

    private static ColumnConstraints controls() {
        ColumnConstraints controls = new ColumnConstraints();
        controls.setHgrow(Priority.ALWAYS);
        return controls;
    }

    private void row(String name, Node control, String sentence) {
        Label label = Nodes.label(name, "settings-name");
        label.setLabelFor(control);
        VBox cell = new VBox(control);
        cell.getStyleClass().add("settings-cell");
        if (!sentence.isEmpty()) {
            Label what = Nodes.label(sentence, "settings-what");
            what.setWrapText(true);
            what.setMinHeight(VBox.USE_PREF_SIZE);
            cell.getChildren().add(what);
            control.setAccessibleHelp(sentence);
        }
        GridPane.setValignment(label, VPos.TOP);
        grid.addRow(grid.getRowCount(), label, cell);
    }

    private Node colours() {
        ChoiceBox<Colours> box = new ChoiceBox<>();
        box.setId("settings-colours");
        box.setAccessibleText(texts.get("settings.colours"));
        box.getItems().setAll(Colours.values());
        box.setConverter(
                Named.by(colours ->
                        switch (colours) {
                            case SYSTEM -> texts.get("settings.system");
                            case LIGHT -> texts.get("settings.light");
                            case DARK -> texts.get("settings.dark");
                        }));
        box.valueProperty().bindBidirectional(preferences.colours);
        return box;
    }

    private Node fontSize() {
        Spinner<Integer> spinner =
                new Spinner<>(
                        new IntegerSpinnerValueFactory(
                                Preferences.SMALLEST,
                                Preferences.LARGEST,
                                preferences.fontSize.get()));
        spinner.setId("settings-font-size");
        spinner.setAccessibleText(texts.get("settings.font-size"));
        spinner.setPrefWidth(110);
        spinner.valueProperty().subscribe(preferences.fontSize::set);
        return spinner;
    }

    private Node motion() {
        CheckBox box = new CheckBox(texts.get("settings.motion"));
        box.setId("settings-motion");
        box.selectedProperty().bindBidirectional(preferences.reducedMotion);
        return box;
    }

    private Node terminal() {
        ChoiceBox<String> box = new ChoiceBox<>();
        box.setId("settings-terminal");
        box.setAccessibleText(texts.get("settings.terminal"));
        box.setConverter(
                Named.by(name ->
                        name.equals(Preferences.EMBEDDED) ? texts.get("settings.embedded") : name));
        String chosen = preferences.terminal.get();
        box.getItems().setAll(Stream.of(Preferences.EMBEDDED, chosen).distinct().toList());
        box.setValue(chosen);
        box.valueProperty().subscribe((_, next) -> preferences.terminal.set(next));
        background.run(
                "find-terminals",
                terminals::get,
                found ->
                        found.stream()
                                .filter(name -> !box.getItems().contains(name))
                                .forEach(box.getItems()::add),
                fault -> parts.notices().refused(fault.sentence()));
        return box;
    }

    private Node editor() {
        TextField field = new TextField();
        field.setId("settings-editor");
        field.setAccessibleText(texts.get("settings.editor"));
        field.setPromptText(texts.get("settings.editor-none"));
        field.textProperty().bindBidirectional(preferences.editor);
        return field;
    }

    private Node notifications() {
        CheckBox box = new CheckBox(texts.get("settings.notifications"));
        box.setId("settings-notifications");
        box.selectedProperty().bindBidirectional(preferences.notifications);
        return box;
    }
}
