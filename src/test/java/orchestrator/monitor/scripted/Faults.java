package orchestrator.monitor.scripted;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.model.Fault;

/** Which calls fail, and how often. Any thread. */
public final class Faults {
    private final Map<String, Integer> left = new ConcurrentHashMap<>();

    /** The next so many calls of that name fail. */
    public void next(String call, int times) {
        left.put(call, times);
    }

    /** Whether that call is to fail now; it then counts as failed. */
    boolean take(String call) {
        boolean[] failed = {false};
        left.computeIfPresent(
                call,
                (name, times) -> {
                    failed[0] = times > 0;
                    return times > 1 ? times - 1 : null;
                });
        return failed[0];
    }

    /** Fails if that call is to fail now. */
    void check(String call) {
        if (take(call)) {
            throw new Fault("scripted", "The scripted call " + call + " failed; try again.");
        }
    }

    /** Whether all faults have been met. */
    public boolean allMet() {
        return left.isEmpty();
    }
}
