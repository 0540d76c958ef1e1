package orchestrator.tmux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.model.Fault;
import orchestrator.model.WindowRef;
import orchestrator.process.Await;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;

/**
 * The real tmux, 3.2 or later. Safe on any thread; each call starts one to three tmux clients of a
 * few milliseconds, none may take longer than {@link #TIMEOUT}.
 *
 * <p>Faults: {@code tmux-failed} when tmux could not be asked or refused; {@code tmux-gone} when it
 * says for certain that the server, session or window is not there; {@code tmux-bad-name} for a
 * name that must not reach it.
 */
public final class Tmux implements Terminal {
    /** How long one call of tmux may take. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A server takes its signal within milliseconds, on a loaded machine a little later. */
    private static final Duration REVIVAL = Duration.ofSeconds(2);

    private static final String SERVER = "#{pid}.#{start_time}";
    private static final Pattern SESSION =
            Pattern.compile("(\\$\\d+) (\\d+\\.\\d+) \\[(\\S*)] (.*)");
    private static final Pattern PANE =
            Pattern.compile("(@\\d+) (%\\d+) (\\d+) \\[(\\d*)] \\[(\\d*)] (\\d+\\.\\d+) (.*)");
    private static final Pattern MADE =
            Pattern.compile("(\\$\\d+) (@\\d+) (%\\d+) (\\d+\\.\\d+)\\s*");

    /** The TMUX variable: the socket, the server's pid, the session's number. */
    private static final Pattern INSIDE = Pattern.compile(".*,(\\d+),\\d+", Pattern.DOTALL);

    private static final Pattern VERSION = Pattern.compile("tmux (\\S+)");

    /** Holds a new window open until its options are set; ends with its terminal. */
    private static final List<String> PLACEHOLDER = List.of("cat", "-");

    private final TmuxClient client;
    private final TmuxViews views;

    /**
     * A terminal on one tmux server.
     *
     * @param socket a socket's name (as for {@code tmux -L}), or its path when it holds a slash;
     *     empty: the user's own server. {@code TMUX_TMPDIR} counts in the first and last case
     */
    public Tmux(CommandRunner runner, Optional<String> socket) {
        client = new TmuxClient(runner, socket);
        views = new TmuxViews(client);
    }

    /** The installed tmux's version, such as {@code tmux 3.3a}; empty when there is none to run. */
    @Override
    public Optional<String> version() {
        return switch (client.runner().run(TmuxClient.command(List.of("tmux", "-V")))) {
            case Outcome.Exited exited -> {
                Matcher matcher = VERSION.matcher(exited.stdout());
                yield matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
            }
            case Outcome.TimedOut late -> Optional.empty();
            case Outcome.CouldNotStart none -> Optional.empty();
        };
    }

    @Override
    public Optional<Session> find(String name) {
        Words.name(name);
        try {
            return sessions().stream().filter(it -> it.name().equals(name)).findFirst();
        } catch (Fault e) {
            if (e.code().equals(TmuxClient.GONE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<Session> sessions() {
        String format = "#{session_id} " + SERVER + " [#{@orchestrator_owner}] #{session_name}";
        return client.askPatiently(
                        "could not list the sessions", List.of("list-sessions", "-F", format))
                .lines()
                .map(SESSION::matcher)
                .filter(Matcher::matches) // Others may have marked theirs with anything.
                .map(it -> new Session(it.group(1), it.group(4), it.group(2), it.group(3)))
                .toList();
    }

    @Override
    public Session create(
            String name,
            String owner,
            String firstWindow,
            List<String> argv,
            Map<String, String> environment) {
        String what = "could not make the session " + Words.name(name);
        String mark = Words.owner(owner);
        String target = "=" + name + ":";
        List<String> words = new ArrayList<>();
        words.addAll(List.of("new-session", "-d", "-P", "-F", made(), "-s", name));
        words.addAll(List.of("-n", Words.name(firstWindow), "-x", "200", "-y", "50"));
        words.addAll(PLACEHOLDER);
        // In the same call: the user's own settings might end a session nobody is attached to.
        option(words, target, "destroy-unattached", "off");
        option(words, target, "@orchestrator_owner", mark);
        option(words, target, "history-limit", "5000");
        option(words, target, "renumber-windows", "off");
        option(words, target, "base-index", "0");
        words.addAll(List.of(";", "move-window", "-r", "-t", target));
        Matcher made = TmuxClient.parse(MADE, client.askPatiently(what, words), what);
        Session session = new Session(made.group(1), name, made.group(4), owner);
        WindowRef window = new WindowRef(made.group(4), made.group(2), made.group(3));
        try {
            dress(what, window, argv, environment);
        } catch (Fault e) {
            kill(session);
            throw e;
        }
        return session;
    }

    @Override
    public WindowRef open(
            Session session, String name, List<String> argv, Map<String, String> environment) {
        String what =
                "could not open the window %s in the session %s"
                        .formatted(Words.name(name), session.name());
        sameServer(what, session.server());
        List<String> words = new ArrayList<>();
        words.addAll(List.of("new-window", "-d", "-a", "-P", "-F", made()));
        words.addAll(List.of("-t", session.id() + ":{end}", "-n", name));
        words.addAll(PLACEHOLDER);
        Matcher made = TmuxClient.parse(MADE, client.ask(what, words), what);
        WindowRef window = new WindowRef(made.group(4), made.group(2), made.group(3));
        try {
            dress(what, window, argv, environment);
        } catch (Fault e) {
            client.ask(what, List.of("kill-window", "-t", window.windowId()));
            throw e;
        }
        return window;
    }

    private static String made() {
        return "#{session_id} #{window_id} #{pane_id} " + SERVER;
    }

    private static void option(List<String> words, String target, String name, String value) {
        words.addAll(List.of(";", "set-option", "-t", target, name, value));
    }

    /** Sets what a window of ours needs before its process can end, then gives it the process. */
    private void dress(
            String what, WindowRef window, List<String> argv, Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        for (List<String> option :
                List.of(
                        List.of("remain-on-exit", "on"),
                        List.of("remain-on-exit-format", ""),
                        List.of("automatic-rename", "off"),
                        List.of("allow-rename", "off"))) {
            // -q: before 3.3 there is no remain-on-exit-format.
            words.addAll(List.of("set-option", "-w", "-q", "-t", window.windowId()));
            words.addAll(option);
            words.add(";");
        }
        words.addAll(respawn(window, List.of("-k"), argv, environment));
        client.ask(what, words);
    }

    private static List<String> respawn(
            WindowRef window,
            List<String> flags,
            List<String> argv,
            Map<String, String> environment) {
        // Not respawn-window: that brings the window before the eyes of whoever is attached, and
        // ends
        // what a person has split off beside our pane.
        List<String> words = new ArrayList<>(List.of("respawn-pane"));
        words.addAll(flags);
        words.addAll(List.of("-t", window.paneId()));
        words.addAll(Words.environment(environment));
        words.addAll(Words.process(argv));
        return words;
    }

    @Override
    public void run(WindowRef window, List<String> argv, Map<String, String> environment) {
        String what = "could not run a command in the window " + window.windowId();
        sameServer(what, window.server());
        client.ask(what, respawn(window, List.of(), argv, environment));
    }

    @Override
    public void replace(WindowRef window, List<String> argv, Map<String, String> environment) {
        String what = "could not replace what runs in the window " + window.windowId();
        sameServer(what, window.server());
        client.ask(what, respawn(window, List.of("-k"), argv, environment));
    }

    @Override
    public List<Pane> panes(Session session) {
        String what = "could not list the windows of the session " + session.name();
        // The name is last: it alone may hold spaces and brackets.
        String format =
                "#{window_id} #{pane_id} #{window_index} [#{pane_dead}] [#{pane_pid}] "
                        + SERVER
                        + " #{window_name}";
        List<Pane> panes =
                client.ask(what, List.of("list-panes", "-s", "-t", session.id(), "-F", format))
                        .lines()
                        .map(line -> pane(line, what))
                        .toList();
        if (panes.stream().anyMatch(pane -> !pane.window().server().equals(session.server()))) {
            throw otherServer(what);
        }
        return panes;
    }

    private static Pane pane(String line, String what) {
        Matcher it = TmuxClient.parse(PANE, line, what);
        return new Pane(
                new WindowRef(it.group(6), it.group(1), it.group(2)),
                it.group(7),
                Integer.parseInt(it.group(3)),
                it.group(4).equals("1"),
                it.group(5).isEmpty() ? 0 : Long.parseLong(it.group(5)));
    }

    @Override
    public void kill(Session session) {
        // Checked and done by the server in one step: an id may mean another session elsewhere.
        String same = "#{==:" + SERVER + "," + session.server() + "}";
        // Those who look through a session of their own would keep the windows alive.
        String act =
                Stream.concat(views.of(session), Stream.of(session.id()))
                        .map(id -> "kill-session -t '" + id + "'")
                        .collect(Collectors.joining(" ; "));
        try {
            client.ask(
                    "could not end the session " + session.name(),
                    List.of("if-shell", "-F", same, act));
        } catch (Fault e) {
            // With its last session the server ends, perhaps before it has answered.
            if (!e.code().equals(TmuxClient.GONE) && stands(session)) {
                throw e;
            }
        }
    }

    private boolean stands(Session session) {
        return find(session.name())
                .filter(it -> it.id().equals(session.id()))
                .filter(it -> it.server().equals(session.server()))
                .isPresent();
    }

    /**
     * {@inheritDoc}
     *
     * <p>For a terminal outside tmux. The session's current window changes for everyone who is
     * attached to it.
     */
    @Override
    public List<String> attachCommand(Session session, Optional<WindowRef> window) {
        return attaching("attach-session", session, window);
    }

    @Override
    public List<String> attachCommand(Session session, Optional<WindowRef> window, String inside) {
        Matcher there = INSIDE.matcher(inside);
        if (inside.isEmpty()) {
            return attachCommand(session, window);
        }
        if (there.matches() && session.server().startsWith(there.group(1) + ".")) {
            return attaching("switch-client", session, window);
        }
        List<String> words = new ArrayList<>(List.of("env", "-u", "TMUX", "-u", "TMUX_PANE"));
        words.addAll(attachCommand(session, window));
        return List.copyOf(words);
    }

    private List<String> attaching(String verb, Session session, Optional<WindowRef> window) {
        List<String> words = new ArrayList<>(client.base());
        String target = "=" + session.name();
        words.addAll(List.of(verb, "-t"));
        words.add(window.map(ref -> target + ":" + ref.windowId()).orElse(target));
        return List.copyOf(words);
    }

    @Override
    public List<String> viewCommand(Session session, WindowRef window, String view) {
        return views.command(session, window, view);
    }

    @Override
    public boolean fitView(Session session, String view) {
        return views.fit(session, view);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Nothing is done while any server answers: to put ours in its place would take it away from
     * whoever uses it.
     */
    @Override
    public boolean revive(String server) {
        if (answers() || !recreateSocket(server)) {
            return false;
        }
        return Await.until(REVIVAL, this::answers);
    }

    private boolean answers() {
        return client.call(List.of("list-sessions", "-F", "#{session_id}"))
                        instanceof Outcome.Exited exited
                && exited.ok();
    }

    /** Has a living server put its deleted socket back; false when there is no such server. */
    boolean recreateSocket(String server) {
        return ServerProcess.of(server)
                .filter(it -> it.recreateSocket(client.runner()))
                .isPresent();
    }

    private void sameServer(String what, String server) {
        if (!client.ask(what, List.of("display-message", "-p", SERVER)).strip().equals(server)) {
            throw otherServer(what);
        }
    }

    private static Fault otherServer(String what) {
        return new Fault(
                TmuxClient.GONE,
                "tmux %s: another server answers; the one it was made on has ended."
                        .formatted(what));
    }
}
