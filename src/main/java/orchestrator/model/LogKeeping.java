package orchestrator.model;

import java.time.Duration;

/**
 * When the logs of completed issues, and the archives of the journal that speak of no others, are
 * compressed. Logs of unfinished issues never are, and none is ever removed.
 *
 * @param compressAfter how long nothing was written to them, 0 or more
 * @param compressAboveMb how many MiB all logs and archives may take; beyond it the oldest are
 *     compressed however young they are, until it is enough
 */
public record LogKeeping(Duration compressAfter, long compressAboveMb) {
    /** Two weeks, when hardly anyone looks at them any more, or 2 GiB. */
    public static final LogKeeping DEFAULT = new LogKeeping(Duration.ofDays(14), 2048);
}
