package orchestrator.ui.terminal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import orchestrator.monitor.Terminals;
import orchestrator.monitor.Terminals.Screen;
import orchestrator.ui.fx.Action;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Tabs;
import org.kordamp.ikonli.feather.Feather;

/**
 * Opens terminals where the user wants them: in a tab of the window, or in a terminal program of
 * theirs. FX thread only; returns at once.
 */
public final class Attaching {
    private final Parts parts;
    private final Background background;
    private final Map<String, TerminalView> open = new LinkedHashMap<>();

    /**
     * Opens them with what a window gives.
     *
     * @param leave where the focus goes from a terminal
     */
    public Attaching(Parts parts, Runnable leave) {
        this.parts = parts;
        background = new Background(parts.texts());
        register("leave-terminal", Feather.CORNER_LEFT_UP, "Shortcut+Shift+Page Up", leave);
        register("close-terminal", Feather.X, "Shortcut+Shift+W", this::closeFocused);
        enable();
    }

    private void register(String id, Feather icon, String keys, Runnable handler) {
        parts.actions().add(Action.of(parts.texts(), id, icon, keys, handler));
    }

    private void enable() {
        parts.actions().get("leave-terminal").enabled().set(!open.isEmpty());
        parts.actions().get("close-terminal").enabled().set(!open.isEmpty());
    }

    /** The one with the focus, or else the one that was opened last. */
    private void closeFocused() {
        open.entrySet().stream()
                .filter(entry -> entry.getValue().hasKeys())
                .findFirst()
                .or(() -> open.entrySet().stream().reduce((_, last) -> last))
                .ifPresent(entry -> parts.tabs().close(entry.getKey()));
    }

    private Terminals terminals() {
        return parts.control().terminals();
    }

    /** A terminal on a worker's window. */
    public void to(int worker) {
        String title = parts.texts().get("attach.terminal-title", worker);
        open(
                "terminal-" + worker,
                title,
                Feather.TERMINAL,
                (columns, rows) -> terminals().attach(worker, columns, rows),
                program -> terminals().attachIn(program, title, worker));
    }

    /**
     * A shell in a folder.
     *
     * @param id of the tab: one a folder
     * @param title of the tab or of the program's window
     */
    public void shell(String id, String title, Path folder) {
        open(
                id,
                title,
                Feather.CHEVRON_RIGHT,
                (columns, rows) -> terminals().shell(folder, columns, rows),
                program -> terminals().shellIn(program, title, folder));
    }

    private void open(
            String id,
            String title,
            Feather icon,
            BiFunction<Integer, Integer, Screen> here,
            Consumer<String> elsewhere) {
        String program = parts.preferences().terminal.get();
        if (program.equals(Preferences.EMBEDDED)) {
            parts.tabs().open(id, () -> tab(id, title, icon, here));
        } else {
            background.run(
                    "open " + id,
                    () -> elsewhere.accept(program),
                    () -> {},
                    fault -> parts.notices().refused(fault.sentence()));
        }
    }

    private Tabs.Part tab(
            String id, String title, Feather icon, BiFunction<Integer, Integer, Screen> screen) {
        TerminalView view = new TerminalView(parts, title, screen, () -> parts.tabs().close(id));
        view.setId(id);
        open.put(id, view);
        enable();
        return new Tabs.Part(title, icon, view, view, () -> closed(id, view));
    }

    private void closed(String id, TerminalView view) {
        open.remove(id);
        enable();
        view.release();
    }
}
