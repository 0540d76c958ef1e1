package orchestrator.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.WindowRef;
import orchestrator.store.AttemptFolder;
import orchestrator.tmux.Terminal;

/** The simulated tmux: one server at a time, its sessions, their windows, what runs in them. */
final class Tmux {
    private static final class Window {
        final WindowRef ref;
        final String name;
        final int index;
        Optional<Play> play = Optional.empty();

        Window(WindowRef ref, String name, int index) {
            this.ref = ref;
            this.name = name;
            this.index = index;
        }
    }

    private final World world;
    private Optional<Terminal.Session> session = Optional.empty();
    private final List<Window> windows = new ArrayList<>();
    private int server = 1;
    private int opened;
    private boolean reachable = true;

    Tmux(World world) {
        this.world = world;
    }

    /** The server ends, with all its windows. */
    void killServer() {
        reachable = true;
        session = Optional.empty();
        server++;
        List<Window> gone = List.copyOf(windows);
        windows.clear();
        gone.forEach(window -> window.play.ifPresent(Play::hangUp));
    }

    /** Its socket is deleted: the server and what runs in it live on, and nobody reaches them. */
    void deleteSocket() {
        reachable = session.isEmpty();
    }

    /** A person closes one of the windows. */
    void closeAny() {
        if (!windows.isEmpty()) {
            Window window = world.scheduler.dice.of(windows);
            windows.remove(window);
            world.note("window " + window.name + " is closed");
            window.play.ifPresent(Play::hangUp);
            if (windows.isEmpty()) {
                killServer();
            }
        }
    }

    /** What runs in the windows. */
    List<Play> plays() {
        return windows.stream().flatMap(window -> window.play.stream()).toList();
    }

    private Window window(WindowRef ref) {
        return windows.stream()
                .filter(window -> reachable)
                .filter(window -> window.ref.equals(ref))
                .findFirst()
                .orElseThrow(() -> new Fault("window-gone", ref + " is gone; open another."));
    }

    private void run(Window window, List<String> argv, Map<String, String> environment) {
        String attempt = environment.get(AttemptFolder.MARKER);
        if (attempt == null) {
            return;
        }
        int worker = Integer.parseInt(window.name.substring("worker-".length()));
        Play play =
                new Play(
                        world,
                        Path.of(argv.getLast()),
                        attempt,
                        environment.getOrDefault("ORCHESTRATOR_ISSUE", ""),
                        worker,
                        () -> window.play = Optional.empty());
        window.play = Optional.of(play);
        play.begin();
    }

    /** One process's tmux. */
    Terminal seenBy(Trouble trouble) {
        return new Seen(trouble);
    }

    private final class Seen implements Terminal {
        private final Trouble trouble;

        Seen(Trouble trouble) {
            this.trouble = trouble;
        }

        @Override
        public Optional<String> version() {
            return Optional.of("scripted");
        }

        @Override
        public Optional<Session> find(String name) {
            return trouble.look(
                    "tmux.find", () -> session.filter(one -> reachable && one.name().equals(name)));
        }

        @Override
        public boolean revive(String asked) {
            return trouble.look(
                    "tmux.revive",
                    () -> {
                        reachable |= asked.equals(serverId());
                        return reachable && session.isPresent();
                    });
        }

        @Override
        public Session create(
                String name,
                String owner,
                String firstWindow,
                List<String> argv,
                Map<String, String> environment) {
            return trouble.act(
                    "tmux.create",
                    () -> {
                        if (!reachable) {
                            if (!plays().isEmpty()) {
                                world.witnessed(
                                        "a second tmux server is started beside one with agents");
                            }
                            reachable = true;
                            windows.clear();
                            session = Optional.empty();
                            server++;
                        }
                        if (session.isPresent()) {
                            throw new Fault("session-there", name + " is there already; use it.");
                        }
                        Session made = new Session("$" + server, name, serverId(), owner);
                        session = Optional.of(made);
                        add(firstWindow);
                        return made;
                    });
        }

        private String serverId() {
            return server + ".1";
        }

        private Window add(String name) {
            int number = opened++;
            Window window =
                    new Window(new WindowRef(serverId(), "@" + number, "%" + number), name, number);
            windows.add(window);
            return window;
        }

        private void mustBeThere(Session asked) {
            if (!reachable || session.filter(asked::equals).isEmpty()) {
                throw new Fault("session-gone", asked.name() + " is gone; make it again.");
            }
        }

        @Override
        public WindowRef open(
                Session session, String name, List<String> argv, Map<String, String> environment) {
            return trouble.act(
                    "tmux.open " + name,
                    () -> {
                        mustBeThere(session);
                        return add(name).ref;
                    });
        }

        @Override
        public void run(WindowRef window, List<String> argv, Map<String, String> environment) {
            trouble.act(
                    "tmux.run " + window.windowId(),
                    () -> {
                        Window found = window(window);
                        if (found.play.isPresent()) {
                            throw new Fault("window-busy", found.name + " is busy; wait for it.");
                        }
                        Tmux.this.run(found, argv, environment);
                        return true;
                    });
        }

        @Override
        public void replace(WindowRef window, List<String> argv, Map<String, String> environment) {
            trouble.act(
                    "tmux.replace " + window.windowId(),
                    () -> {
                        Window found = window(window);
                        found.play.ifPresent(Play::hangUp);
                        found.play = Optional.empty();
                        Tmux.this.run(found, argv, environment);
                        return true;
                    });
        }

        @Override
        public List<Pane> panes(Session session) {
            return trouble.look(
                    "tmux.panes",
                    () -> {
                        mustBeThere(session);
                        return windows.stream()
                                .map(one ->
                                        new Pane(
                                                one.ref,
                                                one.name,
                                                one.index,
                                                one.play.isEmpty(),
                                                one.index))
                                .toList();
                    });
        }

        @Override
        public void kill(Session session) {
            trouble.act(
                    "tmux.kill",
                    () -> {
                        killServer();
                        return true;
                    });
        }

        @Override
        public List<String> attachCommand(Session session, Optional<WindowRef> window) {
            return List.of("attach", session.name());
        }
    }
}
