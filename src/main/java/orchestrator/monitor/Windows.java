package orchestrator.monitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.RunState;
import orchestrator.model.WindowRef;
import orchestrator.store.AttemptFolder;
import orchestrator.tmux.Terminal;
import orchestrator.tmux.Terminal.Pane;
import orchestrator.tmux.Terminal.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session and its windows: {@code orchestrator}, {@code worker-1} … {@code worker-N}, {@code
 * dashboard}. Blocks; any thread, one at a time.
 */
final class Windows {
    private static final Logger LOG = LoggerFactory.getLogger(Windows.class);

    static final String MONITOR_WINDOW = "orchestrator";
    private static final String DASHBOARD_WINDOW = "dashboard";

    private final RunContext context;
    private final Terminal terminal;

    /** Held while tmux is asked: two at once would open a worker's window twice. */
    private final Lock ensuring;

    private final Map<Integer, WindowRef> windows = new ConcurrentHashMap<>();

    Windows(RunContext context) {
        this.context = context;
        terminal = context.ports().terminal();
        ensuring = context.ports().threads().lock();
    }

    /** The name of a worker's window. */
    static String nameOf(int worker) {
        return "worker-" + worker;
    }

    /** Our session of that name, if it is there; a Fault when there is one that is not ours. */
    Optional<Session> find(String name) {
        Optional<Session> found = terminal.find(name);
        if (found.isPresent() && !found.get().owner().equals(context.workspaceId())) {
            throw new Fault(
                    "session-foreign",
                    "A tmux session named '%s' is there that this workspace did not make; end it (tmux kill-session -t =%s) or set another tmux_session."
                            .formatted(name, name));
        }
        return found;
    }

    /** The same; a server that lost its socket is made reachable first. */
    Optional<Session> find(RunState state, String name) {
        Optional<Session> found = find(name);
        if (found.isPresent()) {
            return found;
        }
        Set<String> servers = new LinkedHashSet<>();
        state.workers().values().stream()
                .flatMap(worker -> worker.window().stream())
                .forEach(window -> servers.add(window.server()));
        for (String server : servers) {
            if (terminal.revive(server)) {
                LOG.warn("The socket of the tmux server {} was gone; it is there again", server);
                return find(name);
            }
        }
        return Optional.empty();
    }

    /** Makes the session with its first window if it is not there. */
    Session ensureSession(
            RunState state, String name, List<String> monitorWindow, List<Event> events) {
        Optional<Session> found = find(state, name);
        if (found.isPresent()) {
            return found.get();
        }
        Session made =
                terminal.create(
                        name, context.workspaceId(), MONITOR_WINDOW, monitorWindow, Map.of());
        events.add(new Event.SessionCreated(name, made.server()));
        return made;
    }

    /**
     * Makes what is missing of session and windows, finds again what is there, and tells what
     * changed.
     */
    List<Event> ensure(RunState state, String sessionName, int workers) {
        ensuring.lock();
        try {
            return ensureAlone(state, sessionName, workers);
        } finally {
            ensuring.unlock();
        }
    }

    private List<Event> ensureAlone(RunState state, String sessionName, int workers) {
        List<Event> events = new ArrayList<>();
        Session session = ensureSession(state, sessionName, passiveMonitorWindow(), events);
        List<Pane> panes = terminal.panes(session);
        Set<WindowRef> present = new HashSet<>();
        panes.forEach(pane -> present.add(pane.window()));
        Map<Integer, WindowRef> found = new HashMap<>();
        for (int number = 1; number <= workers; number++) {
            int worker = number;
            // Ours is newer than the state's, whose turn comes with our events.
            Optional<WindowRef> known = of(number).or(() -> state.worker(worker).window());
            if (known.isPresent() && !present.contains(known.get())) {
                events.add(new Event.WindowLost(number));
            }
            WindowRef window =
                    known.filter(present::contains)
                            .orElseGet(() -> openWorker(state, session, panes, worker));
            found.put(number, window);
            if (!known.equals(Optional.of(window))) {
                events.add(new Event.WindowOpened(number, window));
            }
        }
        if (byName(panes, DASHBOARD_WINDOW).isEmpty()) {
            terminal.open(session, DASHBOARD_WINDOW, context.command("dashboard"), Map.of());
        }
        // Only now: what broke off in the middle has told nobody of the windows it opened, and the
        // next time they are found by their names and told.
        windows.putAll(found);
        return events;
    }

    private WindowRef openWorker(RunState state, Session session, List<Pane> panes, int number) {
        // The session carries our mark, so a window of that name in it is ours even if we died
        // before noting its id.
        return byName(panes, nameOf(number))
                .map(Pane::window)
                .orElseGet(() ->
                        terminal.open(session, nameOf(number), waiting(state, number), Map.of()));
    }

    /** What a worker's new window shows until an attempt is run in it. */
    private List<String> waiting(RunState state, int number) {
        // An agent outlives its window (a killed session): what it does is shown again.
        return state.worker(number)
                .issue()
                .flatMap(issue -> state.begun(issue).attempt())
                .filter(CurrentAttempt::isLive)
                .map(current -> AttemptFolder.of(context.state(), current.attempt()))
                .map(folder -> List.of("tail", "-n", "+1", "-F", folder.transcript().toString()))
                .orElseGet(() ->
                        List.of("printf", "worker %s waits for work\\n", Integer.toString(number)));
    }

    private static Optional<Pane> byName(List<Pane> panes, String name) {
        return panes.stream().filter(pane -> pane.name().equals(name)).findFirst();
    }

    /** Has the monitor take window 0 of a session that is there. */
    void startMonitor(Session session, List<String> monitor) {
        Optional<Pane> window = byName(terminal.panes(session), MONITOR_WINDOW);
        if (window.isPresent()) {
            terminal.replace(window.get().window(), monitor, Map.of());
        } else {
            terminal.open(session, MONITOR_WINDOW, monitor, Map.of());
        }
    }

    /** The window of a worker, if {@link #ensure} has made or found it. */
    Optional<WindowRef> of(int worker) {
        return Optional.ofNullable(windows.get(worker));
    }

    /** What window 0 shows while the monitor runs elsewhere. */
    private List<String> passiveMonitorWindow() {
        return List.of("tail", "-n", "200", "-F", context.state().monitorLog().toString());
    }
}
