package orchestrator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often an issue was restarted.
 *
 * @param counted restarts of the current stage that use up retries
 * @param byCause all restarts of the current stage, by cause
 * @param recent when the issue was restarted for a fault, the last ten, oldest first; outlives the
 *     stage
 */
public record Retries(int counted, Map<RestartCause, Integer> byCause, List<Instant> recent) {
    public static final Retries NONE = new Retries(0, Map.of(), List.of());
    private static final int KEPT = 10;

    public Retries {
        byCause = Map.copyOf(byCause);
        recent = List.copyOf(recent);
    }

    /** How often the current stage was restarted for that cause. */
    public int of(RestartCause cause) {
        return byCause.getOrDefault(cause, 0);
    }

    Retries and(RestartCause cause, boolean counts, Instant at) {
        Map<RestartCause, Integer> more = new HashMap<>(byCause);
        more.merge(cause, 1, Integer::sum);
        List<Instant> times = new ArrayList<>(recent);
        if (cause.isFault()) {
            times.add(at);
        }
        int from = Math.max(0, times.size() - KEPT);
        return new Retries(counts ? counted + 1 : counted, more, times.subList(from, times.size()));
    }

    Retries setBack(Duration by) {
        return new Retries(counted, byCause, recent.stream().map(at -> at.minus(by)).toList());
    }

    Retries forNextStage() {
        return new Retries(0, Map.of(), recent);
    }
}
