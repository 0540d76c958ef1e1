package orchestrator.monitor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import orchestrator.model.Fault;
import orchestrator.model.WindowRef;
import orchestrator.model.WorkspaceConfig;
import orchestrator.tmux.Terminal;

/** The words a person's terminal runs to see the session. Blocks. */
public final class Attach {
    private Attach() {}

    /**
     * A look at a worker's window from a terminal of its own.
     *
     * @param command the words the terminal runs
     */
    record View(List<String> command, Terminal terminal, Terminal.Session session, String name) {
        /** Lets its size count while nobody else looks at the session; false: it is not there. */
        boolean fit() {
            return terminal.fitView(session, name);
        }
    }

    /**
     * A look at a worker's window that leaves everyone else who is attached as they are.
     *
     * @throws Fault when there is no session, or no such window
     */
    static View view(RunContext context, WorkspaceConfig config, int worker) {
        Terminal.Session session = session(context, config);
        WindowRef window = window(context, config, session, worker);
        Terminal terminal = context.ports().terminal();
        String unique = Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 32);
        String name = "%s-view-%d-%s".formatted(session.name(), worker, unique);
        return new View(terminal.viewCommand(session, window, name), terminal, session, name);
    }

    /**
     * The words for the terminal of this very process, which may be inside of tmux.
     *
     * @param worker whose window is to be shown; empty: the one last shown
     * @throws Fault when there is no session, or no such window
     */
    public static List<String> here(
            RunContext context, WorkspaceConfig config, Optional<Integer> worker) {
        Terminal.Session session = session(context, config);
        Optional<WindowRef> window = worker.map(number -> window(context, config, session, number));
        String inside = context.environment().getOrDefault("TMUX", "");
        return context.ports().terminal().attachCommand(session, window, inside);
    }

    private static Terminal.Session session(RunContext context, WorkspaceConfig config) {
        if (context.ports().terminal().version().isEmpty()) {
            throw new Fault("prerequisites-missing", Prerequisites.NO_TMUX);
        }
        String name = config.settings().tmuxSession();
        return new Windows(context)
                .find(name)
                .orElseThrow(() ->
                        new Fault(
                                "session-absent",
                                "There is no tmux session '%s'; begin the run with `launch`."
                                        .formatted(name)));
    }

    private static WindowRef window(
            RunContext context, WorkspaceConfig config, Terminal.Session session, int number) {
        return context.ports().terminal().panes(session).stream()
                .filter(pane -> pane.name().equals(Windows.nameOf(number)))
                .findFirst()
                .map(Terminal.Pane::window)
                .orElseThrow(() ->
                        new Fault(
                                "window-absent",
                                "Session '%s' has no window of worker %d; there are workers 1 to %d."
                                        .formatted(
                                                session.name(),
                                                number,
                                                config.settings().workers())));
    }
}
