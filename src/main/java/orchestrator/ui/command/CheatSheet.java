package orchestrator.ui.command;

import java.util.ArrayList;
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
    private static final double WIDTH = 1180;
    private static final double COLUMN = 344;
    private static final int COLUMNS = 3;

    /** Keys that belong to what has the focus: text keys of what they do, and the keys. */
    private static final List<List<String>> OF_VIEWS =
            List.of(
                    List.of("keys.choose", "↑ ↓ ← →"),
                    List.of("keys.open", "Enter"),
                    List.of("keys.menu", "Shift+F10"),
                    List.of("keys.next-part", "Tab"),
                    List.of("keys.away", "Esc"));

    private static final List<List<String>> OF_BOARD =
            List.of(
                    List.of("keys.move-wave", "Alt+← →"),
                    List.of("keys.move-place", "Alt+↑ ↓"),
                    List.of("keys.move-new", "Alt+Shift+← →"));

    private final Parts parts;

    /** Registers itself with the window's actions. */
    public CheatSheet(Parts parts) {
        this.parts = parts;
        parts.register("keys", Feather.COMMAND, "F1", this::open);
    }

    private void open() {
        Texts texts = parts.texts();
        Dialog dialog = new Dialog("keys-dialog", texts.get("keys.title"), "", WIDTH);
        List<List<List<String>>> groups = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (Groups group : Groups.ALL) {
            List<List<String>> lines =
                    group.actions().stream()
                            .flatMap(id -> parts.actions().find(id).stream())
                            .flatMap(action -> line(action).stream())
                            .toList();
            if (!lines.isEmpty()) {
                titles.add(texts.get(group.key()));
                groups.add(lines);
            }
        }
        titles.add(texts.get("keys.of-board"));
        groups.add(named(OF_BOARD));
        titles.add(texts.get("keys.of-views"));
        groups.add(named(OF_VIEWS));
        dialog.body().getChildren().add(columns(titles, groups));
        Button close =
                Dialog.button(
                        "keys-close",
                        texts.get("dialog.close"),
                        () -> parts.overlay().hide(dialog));
        dialog.footer(close);
        parts.overlay().show(dialog, close);
    }

    private List<List<String>> named(List<List<String>> lines) {
        return lines.stream()
                .map(line -> List.of(parts.texts().get(line.get(0)), line.get(1)))
                .toList();
    }

    private static Optional<List<String>> line(Action action) {
        return action.keys()
                .map(KeyCombination::getDisplayText)
                .map(keys -> List.of(action.title(), keys));
    }

    /** Columns of about the same height, read from top to bottom; fewer where there is no room. */
    private static FlowPane columns(List<String> titles, List<List<List<String>>> groups) {
        FlowPane pane = new FlowPane();
        pane.getStyleClass().add("keys-groups");
        pane.setPrefWrapLength(WIDTH);
        int all = groups.stream().mapToInt(CheatSheet::height).sum();
        VBox column = column();
        int filled = 0;
        for (int i = 0; i < groups.size(); i++) {
            boolean full = filled + height(groups.get(i)) / 2 > all / COLUMNS;
            if (full && pane.getChildren().size() < COLUMNS - 1) {
                pane.getChildren().add(column);
                column = column();
                filled = 0;
            }
            column.getChildren().add(group(titles.get(i), groups.get(i)));
            filled += height(groups.get(i));
        }
        pane.getChildren().add(column);
        return pane;
    }

    /** In lines: its title and the room below it count as two. */
    private static int height(List<List<String>> group) {
        return group.size() + 2;
    }

    private static VBox column() {
        VBox column = new VBox();
        column.getStyleClass().add("keys-column");
        return column;
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
