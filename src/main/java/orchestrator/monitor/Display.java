package orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import orchestrator.model.Event;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.Decider;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of a run, made again only when something of it has changed: in the journal,
 * of what lives, or by the passing of time. {@link #show} on the monitor thread, the rest on any.
 */
final class Display {
    /**
     * Between two writings of the workers' files when nothing but agents' words is new, for each
     * agent: all of them together use so little of the machine however many they are.
     */
    private static final Duration FILE_EVERY = Duration.ofMillis(80);

    private final RunContext context;
    private final String host;
    private final long pid;
    private final Publisher publisher;
    private final RecentViews recentViews = new RecentViews();
    private final AtomicReference<@Nullable RunSnapshot> newest = new AtomicReference<>();
    private Optional<WorkspaceConfig> config = Optional.empty();
    private Optional<Snapshots> snapshots = Optional.empty();
    private Instant filed = Instant.EPOCH;
    private Shown shown = new Shown(-1, Map.of(), Instant.EPOCH, "");

    /**
     * What the newest snapshot was made from.
     *
     * @param event the newest event's number
     * @param until when the passing of time alone makes another
     * @param refusal why the journal could not be written; empty: it could
     */
    private record Shown(long event, Map<Integer, LiveFacts> live, Instant until, String refusal) {}

    /**
     * A display of nothing yet.
     *
     * @param host {@code window} or {@code terminal}
     */
    Display(RunContext context, String host, Publisher publisher) {
        this.context = context;
        this.host = host;
        this.publisher = publisher;
        pid = context.ports().processes().self().pid();
    }

    /** The newest snapshot; empty until the first was made. */
    Optional<RunSnapshot> latest() {
        return Optional.ofNullable(newest.get());
    }

    /** Publishes when there is something new to show. */
    void show(Decider decider, Ledger ledger, Collection<LiveAttempt> attempts, Instant now) {
        Map<Integer, LiveFacts> live = new HashMap<>();
        attempts.forEach(attempt -> live.put(attempt.attempt().worker(), LiveFacts.of(attempt)));
        boolean asBefore =
                ledger.newest() == shown.event()
                        && live.equals(shown.live())
                        && ledger.refusal().equals(shown.refusal())
                        && now.isBefore(shown.until());
        if (asBefore) {
            return;
        }
        RunState state = ledger.state();
        Instant until = decider.nextDue(state, now).orElse(Instant.MAX);
        // Agents speak all the time; what happens is in the files at once, their words in a while.
        Instant next = filed.plus(FILE_EVERY.multipliedBy(live.size()));
        boolean wait = onlyWords(ledger, live) && now.isBefore(next) && !now.isBefore(filed);
        if (wait && next.isBefore(until)) {
            until = next;
        }
        shown = new Shown(ledger.newest(), live, until, ledger.refusal());
        RunSnapshot snapshot =
                snapshots(decider.config())
                        .show(
                                state,
                                live,
                                recentViews.of(ledger.recent()),
                                new RunSnapshot.MonitorView(
                                        monitorState(state, ledger.recent()),
                                        Optional.of(pid),
                                        true,
                                        host),
                                now);
        if (!ledger.refusal().isEmpty()) {
            snapshot = snapshot.with(Snapshots.held(ledger.refusal()));
        }
        newest.set(snapshot);
        if (!wait) {
            filed = now;
            publisher.publish(snapshot);
        }
    }

    private boolean onlyWords(Ledger ledger, Map<Integer, LiveFacts> live) {
        return ledger.newest() == shown.event()
                && ledger.refusal().equals(shown.refusal())
                && begun(live).equals(begun(shown.live()));
    }

    private static Set<String> begun(Map<Integer, LiveFacts> live) {
        return live.values().stream()
                .filter(LiveFacts::begun)
                .map(LiveFacts::attemptId)
                .collect(Collectors.toSet());
    }

    /** The same ones while the configuration stays. */
    @SuppressWarnings("ReferenceEquality") // An edit makes another.
    private Snapshots snapshots(WorkspaceConfig now) {
        if (snapshots.isEmpty() || config.isEmpty() || config.get() != now) {
            config = Optional.of(now);
            snapshots = Optional.of(new Snapshots(now, context));
        }
        return snapshots.get();
    }

    private static RunSnapshot.MonitorState monitorState(RunState state, List<TimedEvent> recent) {
        if (!recent.isEmpty() && recent.getLast().event() instanceof Event.MonitorStopped) {
            return RunSnapshot.MonitorState.STOPPED;
        }
        return state.stopping()
                ? RunSnapshot.MonitorState.STOPPING
                : RunSnapshot.MonitorState.RUNNING;
    }
}
