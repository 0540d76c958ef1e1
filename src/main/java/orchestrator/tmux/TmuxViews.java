package orchestrator.tmux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.model.Fault;
import orchestrator.model.WindowRef;
import orchestrator.tmux.Terminal.Session;

/**
 * Terminals that look at a session's windows through a session of their own in its group. So they
 * choose their window for themselves. Windows are shared, and their size too: a view gives up its
 * say in it while another client looks at the session.
 */
final class TmuxViews {
    private static final String MARK = "@orchestrator_view";
    private static final Pattern VIEW = Pattern.compile("(\\$\\d+) \\[1] (\\S*)");
    private static final Pattern CLIENT =
            Pattern.compile("(\\S+) \\[(\\S*)] \\[(\\S*)] \\[(1?)] (\\S*)");
    private final TmuxClient client;

    TmuxViews(TmuxClient client) {
        this.client = client;
    }

    /** {@link Terminal#viewCommand}. */
    List<String> command(Session session, WindowRef window, String view) {
        List<String> words = new ArrayList<>(client.base());
        // It begins without a say, for nobody knows yet who else is there.
        words.addAll(List.of("new-session", "-f", "ignore-size"));
        words.addAll(List.of("-t", "=" + session.name(), "-s", Words.name(view)));
        for (List<String> command :
                List.of(
                        List.of("set-option", "destroy-unattached", "on"),
                        List.of("set-option", MARK, "1"),
                        List.of("set-option", "status", "off"),
                        List.of("set-option", "mouse", "on"),
                        List.of("select-window", "-t", ":" + window.windowId()))) {
            words.add(";");
            words.addAll(command);
        }
        return List.copyOf(words);
    }

    /** {@link Terminal#fitView}. */
    boolean fit(Session session, String view) {
        String what = "could not fit the size of a view of " + session.name();
        String format =
                "#{client_tty} [#{session_name}] [#{session_group}] [#{"
                        + MARK
                        + "}] #{client_flags}";
        List<Matcher> clients;
        try {
            clients =
                    client.askPatiently(what, List.of("list-clients", "-F", format))
                            .lines()
                            .map(CLIENT::matcher)
                            .filter(Matcher::matches)
                            .toList();
        } catch (Fault e) {
            if (e.code().equals(TmuxClient.GONE)) {
                return false;
            }
            throw e;
        }
        boolean others =
                clients.stream()
                        .anyMatch(it ->
                                it.group(4).isEmpty()
                                        && (it.group(2).equals(session.name())
                                                || it.group(3).equals(session.name())));
        String flag = others ? "ignore-size" : "!ignore-size";
        boolean there = false;
        for (Matcher it : clients) {
            there |= it.group(2).equals(view);
            boolean ignored = List.of(it.group(5).split(",", -1)).contains("ignore-size");
            if (it.group(2).equals(view) && ignored != others) {
                client.ask(what, List.of("refresh-client", "-t", it.group(1), "-f", flag));
            }
        }
        return there;
    }

    /** The ids of the views of a session; none when the server cannot be asked. */
    Stream<String> of(Session session) {
        try {
            String format = "#{session_id} [#{" + MARK + "}] #{session_group}";
            return client.ask("could not list the views", List.of("list-sessions", "-F", format))
                    .lines()
                    .map(VIEW::matcher)
                    .filter(it -> it.matches() && it.group(2).equals(session.name()))
                    .map(it -> it.group(1));
        } catch (Fault e) {
            if (e.code().equals(TmuxClient.GONE)) {
                return Stream.of();
            }
            throw e;
        }
    }
}
