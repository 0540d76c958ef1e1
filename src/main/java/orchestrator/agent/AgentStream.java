package orchestrator.agent;

import java.util.function.Consumer;

/**
 * Reads an agent's standard output as it grows: facts for the monitor, readable lines for people.
 * Bounded memory whatever comes (huge lines, invalid UTF-8, unknown or damaged lines). One thread
 * at a time.
 */
public interface AgentStream {
    /**
     * Takes the next bytes.
     *
     * @param transcript is given each readable line, without its line end, free of control
     *     characters
     */
    void accept(byte[] bytes, int from, int length, Consumer<String> transcript);

    /** What the stream has said so far. */
    StreamFacts facts();
}
