package orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.model.Decision;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.store.History;
import orchestrator.store.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal and its fold, one step apart at most: events that are noted count only once they are
 * on disk, and stay noted while the disk refuses them. The monitor thread only, but for {@link
 * #compact}.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** After a journal that could not be written. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Journal journal;
    private final List<Journal.Entry> pending = new ArrayList<>();
    private History history;
    private Optional<Instant> retry = Optional.empty();
    private String refusal = "";

    /** A ledger over an open journal. */
    Ledger(Journal journal) {
        this.journal = journal;
        history = journal.past();
    }

    /** The fold of what is on disk. */
    RunState state() {
        return history.state();
    }

    /** The newest events on disk, oldest first. */
    List<TimedEvent> recent() {
        return history.recent();
    }

    /** The number of the newest event on disk; 0: none. */
    long newest() {
        return history.count();
    }

    /** When the newest event on disk was written; the beginning of all time: there is none. */
    Instant newestAt() {
        return recent().isEmpty() ? Instant.EPOCH : recent().getLast().at();
    }

    /** The clock was set back: what is to be tried again at a time is tried now. */
    void retryNow(Instant now) {
        retry = retry.map(later -> now);
    }

    /** Whether all that was noted is on disk. */
    boolean isSettled() {
        return pending.isEmpty();
    }

    /** When a journal that could not be written is tried again; empty: it can be written. */
    Optional<Instant> retry() {
        return retry;
    }

    /** Whether the journal has grown so much that {@link #compact} is worth its while. */
    boolean isCompactionDue() {
        return journal.isCompactionDue();
    }

    /** Makes the journal quick to open. Blocks; any thread. */
    void compact() {
        journal.compact();
    }

    /** Why the journal cannot be written; empty: it can. */
    String refusal() {
        return refusal;
    }

    /** Notes what has happened. */
    void note(Event event) {
        pending.add(Journal.Entry.of(event));
    }

    /** Notes what has happened, with its reasons. */
    void note(Journal.Entry entry) {
        pending.add(entry);
    }

    /** The state as it will be when all that is noted is on disk. */
    RunState foreseen(Instant now) {
        RunState next = state();
        for (Journal.Entry entry : pending) {
            next = next.apply(now, entry.event(), entry.why());
        }
        return next;
    }

    /**
     * Writes what is noted, and these decisions after it.
     *
     * @return what is on disk now; empty when the disk did not take it: then what was noted stays
     *     noted, and the decisions count for nothing
     */
    Optional<List<TimedEvent>> record(Instant now, List<Decision> decisions) {
        List<Journal.Entry> entries = new ArrayList<>(pending);
        decisions.forEach(decision -> entries.add(Journal.Entry.of(decision)));
        if (entries.isEmpty()) {
            // Nothing waits for the disk any more; to try again would be to try for ever.
            retry = Optional.empty();
            return Optional.of(List.of());
        }
        List<TimedEvent> written;
        try {
            written = journal.append(now, entries);
        } catch (Fault fault) {
            if (refusal.isEmpty()) {
                LOG.error("{}", fault.line());
            }
            retry = Optional.of(now.plus(RETRY));
            refusal = fault.sentence();
            return Optional.empty();
        }
        if (!refusal.isEmpty()) {
            LOG.warn("The journal {} can be written again; it goes on", journal.path());
        }
        retry = Optional.empty();
        refusal = "";
        pending.clear();
        history = history.with(written);
        return Optional.of(written);
    }
}
