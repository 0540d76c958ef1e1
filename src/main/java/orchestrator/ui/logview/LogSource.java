package orchestrator.ui.logview;

import java.nio.file.Path;
import java.util.List;

/** What a log says, read bit by bit. Used by one thread at a time. */
@FunctionalInterface
public interface LogSource {
    /**
     * The lines that were not yet given: at first the last ones there are, then what was appended.
     * Blocks as long as reading takes; never waits for more; empty when there is nothing new or no
     * file.
     */
    List<String> poll();

    /** A source that reads a file. */
    static LogSource of(Path file) {
        return new FileLogSource(file);
    }
}
