package orchestrator.ui.command;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import java.util.List;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** Everything the window can do, by group, with its keys. */
public final class MainMenu {
    private MainMenu() {}

    /** A button that opens the menu. Made once all actions are registered. */
    public static MenuButton button(Actions actions, Texts texts) {
        MenuButton button = new MenuButton("", Nodes.icon(Feather.MENU));
        button.setId("main-menu");
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Tweaks.NO_ARROW);
        button.setAccessibleText(texts.get("menu.title"));
        button.setTooltip(new Tooltip(texts.get("menu.title")));
        for (Groups group : Groups.ALL) {
            List<MenuItem> items =
                    group.actions().stream()
                            .filter(id -> actions.find(id).isPresent())
                            .map(actions::menuItem)
                            .toList();
            if (!items.isEmpty()) {
                Menu menu = new Menu(texts.get(group.key()));
                menu.getItems().addAll(items);
                button.getItems().add(menu);
            }
        }
        return button;
    }
}
