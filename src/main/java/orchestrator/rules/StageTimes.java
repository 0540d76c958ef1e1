package orchestrator.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.TimedEvent;

/**
 * How long stages took, as the journal tells it: from a stage's first attempt to its completion,
 * its restarts and its gate included. Stages that a stop, a failure or a person cut in two are not
 * counted. One thread.
 */
public final class StageTimes {
    private final Map<String, List<Long>> seconds = new HashMap<>();
    private final Map<IssueId, Instant> begun = new HashMap<>();

    /** Takes the next event. */
    public void take(TimedEvent timed) {
        switch (timed.event()) {
            case Event.AttemptStarting starting -> begun.putIfAbsent(starting.issue(), timed.at());
            case Event.StageCompleted completed -> {
                Instant start = begun.remove(completed.issue());
                if (start != null && !timed.at().isBefore(start)) {
                    seconds.computeIfAbsent(completed.stage(), _ -> new ArrayList<>())
                            .add(Duration.between(start, timed.at()).toSeconds());
                }
            }
            case Event.IssueFailed failed -> begun.remove(failed.issue());
            case Event.IssueParked parked -> begun.remove(parked.issue());
            case Event.IssueReturned returned -> begun.remove(returned.issue());
            case Event.IssueCompleted completed -> begun.remove(completed.issue());
            case Event.RunStopping _, Event.ClockSetBack _ -> begun.clear();
            default -> {}
        }
    }

    /** Forgets everything: the journal begins anew. */
    public void clear() {
        seconds.clear();
        begun.clear();
    }

    /** What was measured so far. */
    public Measured measured() {
        Map<String, Duration> medians = new HashMap<>();
        seconds.forEach((stage, all) -> medians.put(stage, median(all)));
        List<Long> all = seconds.values().stream().flatMap(Collection::stream).toList();
        return new Measured(
                medians, all.isEmpty() ? Optional.empty() : Optional.of(median(all)), all.size());
    }

    private static Duration median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        long half =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return Duration.ofSeconds(half);
    }

    /**
     * Medians.
     *
     * @param byStage of each stage that was completed at least once
     * @param overall of all of them; empty: none was
     * @param stages how many completed stages that is
     */
    public record Measured(Map<String, Duration> byStage, Optional<Duration> overall, int stages) {
        /** Nothing was completed yet. */
        public static final Measured NOTHING = new Measured(Map.of(), Optional.empty(), 0);

        public Measured {
            byStage = Map.copyOf(byStage);
        }

        /** How long a stage is likely to take; of one never seen, as long as stages do here. */
        public Optional<Duration> likely(String stage) {
            return Optional.ofNullable(byStage.get(stage)).or(() -> overall);
        }
    }
}
