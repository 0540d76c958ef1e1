package orchestrator.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a run did, step by step: a digest of all of it, and its last lines for people. */
final class Trace {
    private static final int KEPT = 4_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final String folder;
    private long digest = 1125899906842597L;
    private long count;

    /** The trace of a run in that folder, whose name is left out of it. */
    Trace(String folder) {
        this.folder = folder;
    }

    void add(String what) {
        String line = what.replace(folder, "");
        for (int i = 0; i < line.length(); i++) {
            digest = 31 * digest + line.charAt(i);
        }
        digest = 31 * digest + '\n';
        count++;
        lines.add(line);
        if (lines.size() > KEPT) {
            lines.remove();
        }
    }

    /** Equal for two runs that did the same. */
    String digest() {
        return "%016x/%d".formatted(digest, count);
    }

    List<String> last() {
        return List.copyOf(lines);
    }
}
