package orchestrator.model;

import java.time.Instant;
import java.util.Optional;

/**
 * An event as it stands in the journal.
 *
 * @param seq counts from 1 without a gap
 * @param why the decision's reasons, if it was decided
 */
public record TimedEvent(long seq, Instant at, Event event, Optional<Why> why) {}
