package orchestrator.ui.fx;

import atlantafx.base.theme.Styles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;

/**
 * Everything that can be done in the window: the one registry behind buttons, menus and keys. Keys
 * do nothing while an overlay asks something ({@link #suspendedProperty()}).
 */
public final class Actions {
    private final Map<String, Action> byId = new LinkedHashMap<>();
    private final BooleanProperty suspended = new SimpleBooleanProperty();

    /**
     * Adds an action.
     *
     * @throws IllegalArgumentException when its id is taken
     */
    public Action add(Action action) {
        if (byId.putIfAbsent(action.id(), action) != null) {
            throw new IllegalArgumentException("two actions have the id " + action.id());
        }
        return action;
    }

    /**
     * The action of that id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Action get(String id) {
        Action action = byId.get(id);
        if (action == null) {
            throw new IllegalArgumentException("no action has the id " + id);
        }
        return action;
    }

    /** The action of that id, if there is one. */
    public Optional<Action> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, in the order they were added. */
    public List<Action> all() {
        return List.copyOf(byId.values());
    }

    /** Whether keys do nothing for now. */
    public BooleanProperty suspendedProperty() {
        return suspended;
    }

    /** Makes the keys of all actions work in a scene. */
    public void install(Scene scene) {
        for (Action action : byId.values()) {
            action.keys().ifPresent(keys -> scene.getAccelerators().put(keys, () -> byKey(action)));
        }
    }

    private void byKey(Action action) {
        if (!suspended.get()) {
            action.run();
        }
    }

    /** A button with icon and title. */
    public Button button(String id) {
        Action action = get(id);
        Button button = new Button(action.title(), Nodes.icon(action.icon()));
        return prepared(button, action);
    }

    /** A button with an icon alone; its title is said to whoever listens. */
    public Button iconButton(String id) {
        Action action = get(id);
        Button button = new Button("", Nodes.icon(action.icon()));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        return prepared(button, action);
    }

    private static Button prepared(Button button, Action action) {
        button.setId("action-" + action.id());
        button.setMnemonicParsing(false);
        button.setAccessibleText(action.title());
        button.setAccessibleHelp(action.hint());
        button.setTooltip(new Tooltip(action.hintWithKeys()));
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.disableProperty().bind(action.enabled().not());
        button.setOnAction(_ -> action.run());
        return button;
    }

    /** An item of a menu. */
    public MenuItem menuItem(String id) {
        Action action = get(id);
        MenuItem item = new MenuItem(action.title(), Nodes.icon(action.icon()));
        item.setMnemonicParsing(false);
        action.keys().ifPresent(item::setAccelerator);
        item.disableProperty().bind(action.enabled().not());
        item.setOnAction(_ -> chosen(item, action));
        return item;
    }

    /**
     * A menu's keys are installed in the scene by JavaFX itself, in place of ours, and fire the
     * item while no menu is open: that is a key like any other.
     */
    private void chosen(MenuItem item, Action action) {
        if (item.getParentPopup() != null && item.getParentPopup().isShowing()) {
            action.run();
        } else {
            byKey(action);
        }
    }
}
