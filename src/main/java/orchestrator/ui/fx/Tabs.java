package orchestrator.ui.fx;

import java.util.function.Supplier;
import javafx.scene.Node;
import org.kordamp.ikonli.feather.Feather;

/** The tabs at the bottom of the window, where logs, terminals and differences are opened. */
public interface Tabs {
    /**
     * What a tab holds.
     *
     * @param title a few words; foreign text in it is made one line by whoever shows it
     * @param first what gets the focus when the tab is opened by the user
     * @param onClosed what is let go of once it is closed; called once, on the FX thread
     */
    record Part(String title, Feather icon, Node content, Node first, Runnable onClosed) {}

    /**
     * Goes to the tab of that id, which is made first when it is not there. FX thread only.
     *
     * @param id what it shows, such as {@code terminal-3}
     */
    void open(String id, Supplier<Part> make);

    /** Gives the tab of that id another title; nothing happens when it is not there. */
    void rename(String id, String title);

    /** Closes the tab of that id; nothing happens when it is not there. */
    void close(String id);
}
