package orchestrator.monitor.scripted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.model.WindowRef;
import orchestrator.tmux.Terminal;

/**
 * Windows that are only names. What a window runs is given to {@code player}; a fault of {@code
 * terminal.run} comes before it, one of {@code terminal.run-late} after it. Any thread.
 */
public final class ScriptedTerminal implements Terminal {
    private static final String SERVER = "1.1";

    private final Faults faults;
    private final Consumer<List<String>> player;
    private final Map<String, Session> sessions = new HashMap<>();
    private final List<Pane> panes = new ArrayList<>();
    private int runs;
    private int replaced;

    ScriptedTerminal(Faults faults, Consumer<List<String>> player) {
        this.faults = faults;
        this.player = player;
    }

    /** How often a window was given something to run, with or without success. */
    public synchronized int runs() {
        return runs;
    }

    /** How often what ran in a window was ended for something else. */
    public synchronized int replaced() {
        return replaced;
    }

    /** A person closes a window. */
    public synchronized void close(String name) {
        panes.removeIf(pane -> pane.name().equals(name));
    }

    /** The names of all windows, in order. */
    public synchronized List<String> windows() {
        return panes.stream().map(Pane::name).toList();
    }

    @Override
    public Optional<String> version() {
        return Optional.of("scripted");
    }

    @Override
    public synchronized Optional<Session> find(String name) {
        faults.check("terminal.find");
        return Optional.ofNullable(sessions.get(name));
    }

    @Override
    public boolean revive(String server) {
        return false;
    }

    @Override
    public synchronized Session create(
            String name,
            String owner,
            String firstWindow,
            List<String> argv,
            Map<String, String> environment) {
        Session session = new Session("$1", name, SERVER, owner);
        sessions.put(name, session);
        open(session, firstWindow, argv, environment);
        return session;
    }

    @Override
    public synchronized WindowRef open(
            Session session, String name, List<String> argv, Map<String, String> environment) {
        int index = panes.stream().mapToInt(Pane::index).max().orElse(-1) + 1;
        WindowRef window = new WindowRef(SERVER, "@" + index, "%" + index);
        panes.add(new Pane(window, name, index, true, 0));
        return window;
    }

    @Override
    public synchronized void run(
            WindowRef window, List<String> argv, Map<String, String> environment) {
        runs++;
        faults.check("terminal.run");
        if (panes.stream().noneMatch(pane -> pane.window().equals(window))) {
            throw new Fault("window-gone", window + " is not there; open another.");
        }
        player.accept(argv);
        faults.check("terminal.run-late");
    }

    @Override
    public synchronized void replace(
            WindowRef window, List<String> argv, Map<String, String> environment) {
        replaced++;
        faults.check("terminal.replace");
        player.accept(argv);
    }

    @Override
    public synchronized List<Pane> panes(Session session) {
        return List.copyOf(panes);
    }

    @Override
    public synchronized void kill(Session session) {
        sessions.remove(session.name());
        panes.clear();
    }

    @Override
    public List<String> attachCommand(Session session, Optional<WindowRef> window) {
        return List.of("attach", session.name());
    }
}
