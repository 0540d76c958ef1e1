package orchestrator.ui.shell;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import orchestrator.model.IssueId;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Memory;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Tabs;
import org.kordamp.ikonli.feather.Feather;

/** The tabs at the bottom: the log of the chosen worker stays, what was opened can be closed. */
final class Deck extends TabPane implements Tabs {
    private static final String OPEN = "tabs";
    private static final String PREFIX = "tab-";
    private boolean closing;

    Deck() {
        setId("deck");
        getStyleClass().add("deck");
        setTabClosingPolicy(TabClosingPolicy.ALL_TABS);
        setTabDragPolicy(TabDragPolicy.REORDER);
    }

    /**
     * Opens the tabs that were open when the window was closed last, as far as they are about an
     * issue that there still is, and remembers from now on which are open. A terminal is not opened
     * again by itself: it would attach to a worker that nobody asked for.
     *
     * @param ways how a tab whose id begins with a word is opened, such as {@code log}
     */
    void remember(Memory memory, Set<IssueId> issues, Map<String, Consumer<IssueId>> ways) {
        Tab shown = getSelectionModel().getSelectedItem();
        memory.get(OPEN).stream()
                .flatMap(text -> text.lines())
                .forEach(id -> reopen(id, issues, ways));
        getSelectionModel().select(shown);
        ListChangeListener<Tab> changed =
                _ -> {
                    if (!closing) {
                        memory.put(
                                OPEN,
                                getTabs().stream()
                                        .filter(Tab::isClosable)
                                        .map(Deck::idOf)
                                        .collect(Collectors.joining("\n")));
                    }
                };
        getTabs().addListener(changed);
    }

    private static void reopen(
            String id, Set<IssueId> issues, Map<String, Consumer<IssueId>> ways) {
        ways.forEach((word, open) ->
                issues.stream()
                        .filter(issue ->
                                id.equals(word + "-" + issue.project() + "-" + issue.number()))
                        .findFirst()
                        .ifPresent(open));
    }

    private static String idOf(Tab tab) {
        return tab.getId().substring(PREFIX.length());
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
        tab.setId(PREFIX + id);
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
        closing = true;
        getTabs().stream().filter(Tab::isClosable).map(Deck::idOf).toList().forEach(this::close);
    }

    private Optional<Tab> find(String id) {
        return getTabs().stream().filter(tab -> (PREFIX + id).equals(tab.getId())).findFirst();
    }
}
