package orchestrator.model;

import java.time.Duration;

/**
 * Waits of the decision table that hardly anyone changes; the key {@code timings} of a project can.
 *
 * @param silentStart without any output after the start (cc#75613; DESIGN §7)
 * @param linger from an agent's result until its process is ended: claude can hang after its result
 *     (cc#25629; DESIGN §7)
 * @param unknownReset a usage limit whose reset is unknown or past is asked about again after this
 *     (limits persist past their reset: cc#74079)
 * @param resetJitter workers do not all come back in the same second after a reset; 0: they do
 * @param accountProbe a closed account (login, credit) is probed by one worker this often, if
 *     nobody acts
 * @param backoff the first pause after an overload or a lost network, doubled by each that follows
 *     (Kubernetes' crash-loop backoff)
 * @param longestBackoff to which it is doubled
 */
public record Timings(
        Duration silentStart,
        Duration linger,
        Duration unknownReset,
        Duration resetJitter,
        Duration accountProbe,
        Duration backoff,
        Duration longestBackoff) {
    /** 120 s, 30 s, 300 s, 30 s, 300 s, 10 s, 300 s. */
    public static final Timings DEFAULT =
            new Timings(
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(300));
}
