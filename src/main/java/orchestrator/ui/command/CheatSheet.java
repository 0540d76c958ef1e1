package orchestrator.ui.command;

import java.util.List;
import java.util.Optional;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/**
 * All keys on one sheet: those of the actions, by group, and those that views know by themselves.
 */
public final class CheatSheet {
    private static final double WIDTH = 860;
    private static final double COLUMN = 380;

    /** Keys that belong to what has the focus: text keys of what they do, and the keys. */
    private static final List<List<String>> OF_VIEWS =
            List.of(
                    List.of("keys.choose", "↑ ↓ ← →"),
                    List.of("keys.open", "Enter"),
                    List.of("keys.menu", "Shift+F10"),
                    List.of("keys.next-part", "Tab"),
                    List.of("keys.away", "Esc"));

    private final Parts parts;

    /** Registers itself with the window's actions. */
    public CheatSheet(Parts parts) {
        this.parts = parts;
        parts.register("keys", Feather.COMMAND, "F1", this::open);
    }

    private void open() {
        Texts texts = parts.texts();
        Dialog dialog = new Dialog("keys-dialog", texts.get("keys.title"), "", WIDTH);
        FlowPane groups = new FlowPane();
        groups.getStyleClass().add("keys-groups");
        groups.setPrefWrapLength(WIDTH);
        for (Groups group : Groups.ALL) {
            List<List<String>> lines =
                    group.actions().stream()
                            .flatMap(id -> parts.actions().find(id).stream())
                            .flatMap(action -> line(action).stream())
                            .toList();
            if (!lines.isEmpty()) {
                groups.getChildren().add(group(texts.get(group.key()), lines));
            }
        }
        groups.getChildren()
                .add(
                        group(
                                texts.get("keys.of-views"),
                                OF_VIEWS.stream()
                                        .map(line -> List.of(texts.get(line.get(0)), line.get(1)))
                                        .toList()));
        dialog.body().getChildren().add(groups);
        Button close =
                Dialog.button(
                        "keys-close",
                        texts.get("dialog.close"),
                        () -> parts.overlay().hide(dialog));
        dialog.footer(close);
        parts.overlay().show(dialog, close);
    }

    private static Optional<List<String>> line(Action action) {
        return action.keys()
                .map(KeyCombination::getDisplayText)
                .map(keys -> List.of(action.title(), keys));
    }

    private static Region group(String title, List<List<String>> lines) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("keys-lines");
        ColumnConstraints what = new ColumnConstraints();
        what.setHgrow(Priority.ALWAYS);
        ColumnConstraints keys = new ColumnConstraints();
        keys.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(what, keys);
        for (int row = 0; row < lines.size(); row++) {
            Label text = Nodes.label(lines.get(row).get(0), "keys-what");
            Label key = Nodes.label(lines.get(row).get(1), "keys-key");
            key.setMinWidth(Region.USE_PREF_SIZE);
            text.setLabelFor(key);
            grid.addRow(row, text, key);
        }
        VBox box = new VBox(Nodes.label(title, "keys-title"), grid);
        box.getStyleClass().add("keys-group");
        box.setPrefWidth(COLUMN);
        return box;
    }
}
