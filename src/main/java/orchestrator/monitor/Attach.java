package orchestrator.monitor;

import java.util.List;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.WindowRef;
import orchestrator.model.WorkspaceConfig;
import orchestrator.tmux.Terminal;

/** The words a person's terminal runs to see the session. Blocks. */
public final class Attach {
    private Attach() {}

    /**
     * The words for a terminal of its own, such as one that the window opens.
     *
     * @param worker whose window is to be shown; empty: the one last shown
     * @throws Fault when there is no session, or no such window
     */
    public static List<String> command(
            RunContext context, WorkspaceConfig config, Optional<Integer> worker) {
        boolean inherits = context.environment().containsKey("TMUX");
        // A new terminal inherits our TMUX variable, though it is not inside of that tmux.
        return words(context, config, worker, inherits ? "none" : "");
    }

    /** The words for the terminal of this very process, which may be inside of tmux. */
    public static List<String> here(
            RunContext context, WorkspaceConfig config, Optional<Integer> worker) {
        return words(context, config, worker, context.environment().getOrDefault("TMUX", ""));
    }

    private static List<String> words(
            RunContext context, WorkspaceConfig config, Optional<Integer> worker, String inside) {
        String name = config.settings().tmuxSession();
        Terminal terminal = context.ports().terminal();
        if (terminal.version().isEmpty()) {
            throw new Fault("prerequisites-missing", Prerequisites.NO_TMUX);
        }
        Terminal.Session session =
                new Windows(context)
                        .find(name)
                        .orElseThrow(() ->
                                new Fault(
                                        "session-absent",
                                        "There is no tmux session '%s'; begin the run with `launch`."
                                                .formatted(name)));
        Optional<WindowRef> window =
                worker.map(number ->
                        terminal.panes(session).stream()
                                .filter(pane -> pane.name().equals(Windows.nameOf(number)))
                                .findFirst()
                                .map(Terminal.Pane::window)
                                .orElseThrow(() ->
                                        new Fault(
                                                "window-absent",
                                                "Session '%s' has no window of worker %d; there are workers 1 to %d."
                                                        .formatted(
                                                                name,
                                                                number,
                                                                config.settings().workers()))));
        return terminal.attachCommand(session, window, inside);
    }
}
