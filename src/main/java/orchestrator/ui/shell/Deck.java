package orchestrator.ui.shell;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Tabs;
import org.kordamp.ikonli.feather.Feather;

/** The tabs at the bottom: the log of the chosen worker stays, what was opened can be closed. */
final class Deck extends TabPane implements Tabs {
    Deck() {
        setId("deck");
        getStyleClass().add("deck");
        setTabClosingPolicy(TabClosingPolicy.ALL_TABS);
        setTabDragPolicy(TabDragPolicy.REORDER);
    }

    /** Adds a tab that stays. */
    void keep(String id, String title, Feather icon, Node content) {
        Tab tab = tab(id, title, icon, content);
        tab.setClosable(false);
        getTabs().add(tab);
    }

    @Override
    public void open(String id, Supplier<Part> make) {
        Tab tab = find(id).orElseGet(() -> add(id, make.get()));
        getSelectionModel().select(tab);
        if (tab.getUserData() instanceof Part part) {
            // The content takes part in the scene only once the tab is shown.
            Platform.runLater(part.first()::requestFocus);
        }
    }

    private Tab add(String id, Part part) {
        Tab tab = tab(id, part.title(), part.icon(), part.content());
        tab.setUserData(part);
        tab.setOnClosed(_ -> part.onClosed().run());
        getTabs().add(tab);
        return tab;
    }

    private static Tab tab(String id, String title, Feather icon, Node content) {
        Tab tab = new Tab(Format.line(title), content);
        tab.setId("tab-" + id);
        tab.setGraphic(Nodes.icon(icon));
        return tab;
    }

    @Override
    public void rename(String id, String title) {
        find(id).ifPresent(tab -> tab.setText(Format.line(title)));
    }

    @Override
    public void close(String id) {
        find(id).ifPresent(tab -> {
            getTabs().remove(tab);
            tab.getOnClosed().handle(new javafx.event.Event(tab, tab, Tab.CLOSED_EVENT));
        });
    }

    /** Closes all that were opened, as the window does when it goes. */
    void closeAll() {
        getTabs().stream()
                .filter(Tab::isClosable)
                .map(tab -> tab.getId().substring("tab-".length()))
                .toList()
                .forEach(this::close);
    }

    private Optional<Tab> find(String id) {
        return getTabs().stream().filter(tab -> ("tab-" + id).equals(tab.getId())).findFirst();
    }
}
