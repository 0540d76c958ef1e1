package orchestrator.ui.fx;

import java.util.HashMap;
import java.util.Map;
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

    /** One that lasts as long as the window. */
    static Memory ofThisWindow() {
        Map<String, String> values = new HashMap<>();
        return new Memory() {
            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(values.get(name));
            }

            @Override
            public void put(String name, String value) {
                if (value.isEmpty()) {
                    values.remove(name);
                } else {
                    values.put(name, value);
                }
            }
        };
    }
}
