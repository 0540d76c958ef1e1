package orchestrator.simulation;

import java.time.Duration;
import java.util.Optional;

/** What lies between the agents and their service: it befalls all of them at once. */
final class Weather {
    private final Scheduler scheduler;
    private String refusal = "";
    private Duration until = Duration.ZERO;

    Weather(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void storm(String line, Duration lasts) {
        refusal = line;
        until = scheduler.elapsed().plus(lasts);
    }

    void clear() {
        until = Duration.ZERO;
    }

    /** What the service says to everybody; empty: it works. */
    Optional<String> refusal() {
        return scheduler.elapsed().compareTo(until) < 0 ? Optional.of(refusal) : Optional.empty();
    }
}
