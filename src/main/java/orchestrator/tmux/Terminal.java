package orchestrator.tmux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.WindowRef;

/**
 * The windows workers live in. Names of sessions and windows are {@code [A-Za-z0-9_-]+}, made by
 * us; argument words are passed as they are, through no shell. Every method blocks for a child
 * process and throws {@link orchestrator.model.Fault} when the look or the act failed: a failure is
 * never reported as "not there".
 */
public interface Terminal {
    /**
     * A session.
     *
     * @param id such as {@code $2}
     * @param server which server, as in {@link WindowRef#server()}
     * @param owner the workspace id that {@link #create} marked it with; empty: not one of ours
     */
    record Session(String id, String name, String server, String owner) {}

    /**
     * A pane seen.
     *
     * @param name the window's name
     * @param dead its process has ended and the window remains
     * @param pid its process
     */
    record Pane(WindowRef window, String name, int index, boolean dead, long pid) {}

    /** The program's version, such as {@code tmux 3.3a}; empty when it cannot be run. */
    Optional<String> version();

    /** The session of exactly that name, if there is one. */
    Optional<Session> find(String name);

    /**
     * Makes a server reachable again whose socket was deleted under it. Without this a new session
     * would start a second server beside it.
     *
     * @param server as in {@link WindowRef#server()}
     * @return whether it can be asked again; false when it has ended, and when another answers
     */
    boolean revive(String server);

    /**
     * Makes a session (detached, 200×50, windows stay when their process ends) with its first
     * window.
     */
    Session create(
            String name,
            String owner,
            String firstWindow,
            List<String> argv,
            Map<String, String> environment);

    /** Opens a window at the end of the session. Its process is {@code argv}. */
    WindowRef open(
            Session session, String name, List<String> argv, Map<String, String> environment);

    /**
     * Runs {@code argv} as the window's own process, in place of an ended one; a running one makes
     * it fail.
     */
    void run(WindowRef window, List<String> argv, Map<String, String> environment);

    /** The same, ending what runs in the window. */
    void replace(WindowRef window, List<String> argv, Map<String, String> environment);

    /** All panes of the session. */
    List<Pane> panes(Session session);

    /** Ends the session and its windows. Nothing happens when it is gone. */
    void kill(Session session);

    /** The command a person's terminal runs to attach, with the window selected if one is given. */
    List<String> attachCommand(Session session, Optional<WindowRef> window);

    /**
     * The same for a person whose terminal is inside of tmux already. Of the session's own server
     * that client is switched to it; of another server it attaches within, which tmux refuses
     * unless it is told.
     *
     * @param inside the value of their {@code TMUX} variable; empty: not inside
     */
    default List<String> attachCommand(Session session, Optional<WindowRef> window, String inside) {
        return attachCommand(session, window);
    }

    /**
     * The command of a terminal that looks at a window through a session of its own beside the
     * given one: whoever is attached to that one keeps the window that they look at, and their
     * size. The session of its own ends when the terminal does.
     *
     * @param view the name of that session, taken by no other
     */
    default List<String> viewCommand(Session session, WindowRef window, String view) {
        return attachCommand(session, Optional.of(window));
    }

    /**
     * Has the size of a terminal made by {@link #viewCommand} count exactly while nobody else is
     * attached to the session it looks at. Nothing happens when it is not there.
     *
     * @return whether it is there
     */
    default boolean fitView(Session session, String view) {
        return false;
    }
}
