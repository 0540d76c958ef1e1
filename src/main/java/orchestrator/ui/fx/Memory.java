package orchestrator.ui.fx;

import java.util.Optional;

/**
 * What the window remembers of one workspace from one time to the next: places, sizes, choices.
 * Nothing of it matters to a run. FX thread only; what is put is written later, elsewhere.
 */
public interface Memory {
    /** What was put under that name, such as {@code workers.columns}. */
    Optional<String> get(String name);

    /** Remembers a value; an empty one forgets. */
    void put(String name, String value);
}
