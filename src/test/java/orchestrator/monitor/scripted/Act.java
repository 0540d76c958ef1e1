package orchestrator.monitor.scripted;

import java.util.List;
import java.util.Optional;

/**
 * What an agent does once its window runs it.
 *
 * @param lines what it prints, see {@link ScriptedAgent}
 * @param commits how many commits it makes
 * @param uncommitted how many files it leaves uncommitted
 * @param exit its exit code; empty: it stays until it is ended
 */
public record Act(List<String> lines, int commits, int uncommitted, Optional<Integer> exit) {
    /** Works, commits, says that it is done, and exits. */
    public static Act good() {
        return new Act(List.of("work", "result"), 1, 0, Optional.of(0));
    }

    /** Works and stays. */
    public static Act stays() {
        return new Act(List.of("work"), 0, 0, Optional.empty());
    }

    /** Prints nothing and stays. */
    public static Act silent() {
        return new Act(List.of(), 0, 0, Optional.empty());
    }

    /** Gives its result and stays. */
    public static Act lingers() {
        return new Act(List.of("work", "result"), 1, 0, Optional.empty());
    }

    /** Exits with an error. */
    public static Act fails(int code) {
        return new Act(List.of("work"), 0, 0, Optional.of(code));
    }
}
