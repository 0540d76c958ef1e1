package orchestrator.model;

import java.util.Optional;

/**
 * A command that came through the inbox.
 *
 * @param answer what its sender is told; empty: the monitor ended before it was done
 */
public record CommandState(String name, Optional<Answer> answer) {
    /** What became of it, in a sentence. */
    public record Answer(boolean accepted, String text) {}
}
