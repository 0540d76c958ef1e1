package orchestrator.model;

/**
 * A tmux window that we made, by its ids; ids are never reused within one server's life.
 *
 * @param server which server: its pid and start time as {@code pid.seconds}
 * @param windowId such as {@code @3}
 * @param paneId such as {@code %3}
 */
public record WindowRef(String server, String windowId, String paneId) {}
