package orchestrator.ui.logview;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Texts;
import org.kordamp.ikonli.feather.Feather;

/** The head of a log's pane: which log is shown, and buttons for what the keys do too. */
final class LogHead extends HBox {
    /** In a narrower pane what the keys and the menu do too has no button. */
    private static final double ALL_BUTTONS = 520;

    private final Parts parts;

    /**
     * The head of a pane.
     *
     * @param name begins the ids of its nodes
     * @param find opens the search
     */
    LogHead(
            String name,
            Parts parts,
            LogMenus menus,
            LogArea area,
            Runnable find,
            Runnable copying) {
        this.parts = parts;
        Texts texts = parts.texts();
        ToggleButton following = new ToggleButton("", Nodes.icon(Feather.CHEVRONS_DOWN));
        following.setId(name + "-follow");
        following.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.SMALL, Styles.FLAT);
        following.setTooltip(new Tooltip(texts.get("log.follow-hint")));
        following.setAccessibleText(texts.get("log.follow"));
        following.selectedProperty().bindBidirectional(area.followProperty());
        following.setMinWidth(USE_PREF_SIZE);
        Button search = tool(name + "-search", Feather.SEARCH, texts.get("log.search"), find);
        Button copy = tool(name + "-copy", Feather.COPY, texts.get("log.copy"), copying);
        getChildren()
                .addAll(
                        menus.target(),
                        menus.attempts(),
                        menus.kinds(),
                        Nodes.spacer(),
                        search,
                        copy,
                        following,
                        more(name, texts));
        widthProperty()
                .subscribe(width -> {
                    boolean wide = width.doubleValue() >= ALL_BUTTONS;
                    Nodes.shown(search, wide);
                    Nodes.shown(copy, wide);
                });
        getStyleClass().add("panel-head");
        setAlignment(Pos.CENTER_LEFT);
    }

    private MenuButton more(String name, Texts texts) {
        MenuButton more = new MenuButton("", Nodes.icon(Feather.MORE_HORIZONTAL));
        more.setId(name + "-more");
        more.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.SMALL, Styles.FLAT, "no-arrow");
        more.setAccessibleText(texts.get("log.more"));
        more.setTooltip(new Tooltip(texts.get("log.more")));
        more.setMinWidth(USE_PREF_SIZE);
        for (List<String> group : Logs.IN_MENU) {
            if (!more.getItems().isEmpty()) {
                more.getItems().add(new SeparatorMenuItem());
            }
            group.forEach(id -> more.getItems().add(item(id)));
        }
        return more;
    }

    /**
     * The keys stand in the title: as the item's accelerator they would be taken from the action,
     * and would be gone from the window with the pane.
     */
    private MenuItem item(String id) {
        Action action = parts.actions().get(id);
        MenuItem item = parts.actions().menuItem(id);
        item.setAccelerator(null);
        action.keys()
                .ifPresent(keys -> item.setText(action.title() + "\u2003" + keys.getDisplayText()));
        return item;
    }

    static Button tool(String id, Feather icon, String title, Runnable handler) {
        Button button = new Button("", Nodes.icon(icon));
        button.setId(id);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        button.setAccessibleText(title);
        button.setTooltip(new Tooltip(title));
        button.setOnAction(_ -> handler.run());
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }
}
