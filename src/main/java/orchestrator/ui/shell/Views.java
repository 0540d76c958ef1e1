package orchestrator.ui.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Memory;
import orchestrator.ui.fx.Nodes;
import org.controlsfx.control.SegmentedButton;

/** The views in the middle, one shown at a time, and the switch between them. */
final class Views extends VBox {
    private static final String SHOWN = "view";
    private final SegmentedButton segments = new SegmentedButton();
    private final ToggleGroup group = new ToggleGroup();
    private final StackPane stack = new StackPane();
    private final Map<String, Node> views = new LinkedHashMap<>();
    private final Memory memory;
    private final Label summary = Nodes.label("", "view-summary");

    /** Views of which the one that was shown last is shown again. */
    Views(Memory memory) {
        this.memory = memory;
        getStyleClass().add("views");
        segments.setToggleGroup(group);
        HBox head = new HBox(segments, Nodes.spacer(), summary);
        head.getStyleClass().add("views-head");
        head.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(stack, Priority.ALWAYS);
        getChildren().addAll(head, stack);
    }

    /** Adds a view, reached by an action; the first one added is shown. */
    void add(Action action, Node view) {
        ToggleButton button = new ToggleButton(action.title(), Nodes.icon(action.icon()));
        button.setId("view-" + action.id());
        button.setUserData(action.id());
        button.setMnemonicParsing(false);
        button.setTooltip(new Tooltip(action.hintWithKeys()));
        button.setOnAction(_ -> action.run());
        segments.getButtons().add(button);
        stack.getChildren().add(view);
        views.put(action.id(), view);
        String before = memory.get(SHOWN).filter(views::containsKey).orElse("");
        switchTo(before.isEmpty() ? views.keySet().iterator().next() : before);
    }

    /** Shows the view of an action. */
    void show(String id) {
        memory.put(SHOWN, id);
        switchTo(id);
    }

    private void switchTo(String id) {
        views.forEach((name, view) -> Nodes.shown(view, name.equals(id)));
        group.getToggles().stream()
                .filter(toggle -> id.equals(toggle.getUserData()))
                .forEach(group::selectToggle);
        segments.getButtons().stream()
                .filter(button -> id.equals(button.getUserData()))
                .forEach(button -> button.setSelected(true));
    }

    void setSummary(String text) {
        summary.setText(text);
    }
}
