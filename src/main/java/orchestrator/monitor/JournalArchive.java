package orchestrator.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.Attempt;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.TimedEvent;
import orchestrator.store.AttemptFolder;
import orchestrator.store.JournalPages;
import orchestrator.store.JournalReader;
import orchestrator.store.StateFolder;

/** The archive of a workspace, from its journal. What it has read of the attempts is kept. */
final class JournalArchive implements Archive {
    private final StateFolder state;
    private final JournalPages pages;
    private final JournalReader reader;
    private final Map<IssueId, Map<String, AttemptLog>> attempts = new HashMap<>();
    private final Map<Integer, List<Ref>> byWorker = new HashMap<>();
    private long last;

    /** Which attempt it was. */
    private record Ref(IssueId issue, String id) {}

    JournalArchive(StateFolder state) {
        this.state = state;
        pages = new JournalPages(state.journal());
        reader = new JournalReader(state.journal());
    }

    @Override
    public synchronized List<AttemptLog> attempts(IssueId issue) {
        reader.poll(events -> events.forEach(this::take));
        Collection<AttemptLog> known = attempts.getOrDefault(issue, Map.of()).values();
        return List.copyOf(known);
    }

    @Override
    public synchronized List<AttemptLog> attemptsAt(int worker) {
        reader.poll(events -> events.forEach(this::take));
        return byWorker.getOrDefault(worker, List.of()).stream()
                .flatMap(ref ->
                        Stream.ofNullable(
                                attempts.getOrDefault(ref.issue(), Map.of()).get(ref.id())))
                .toList();
    }

    private void take(TimedEvent timed) {
        if (timed.seq() <= last) {
            attempts.clear(); // another journal
            byWorker.clear();
        }
        last = timed.seq();
        switch (timed.event()) {
            case Event.AttemptStarting e -> begin(e.attempt());
            case Event.AttemptStartFailed e ->
                    end(e.issue(), e.attemptId(), timed.at(), "not started: " + e.message());
            case Event.AttemptEnded e ->
                    end(e.issue(), e.attemptId(), timed.at(), e.finish().outcome().phrase());
            default -> {}
        }
    }

    private void begin(Attempt attempt) {
        AttemptFolder folder = AttemptFolder.of(state, attempt);
        AttemptLog log =
                new AttemptLog(
                        attempt.issue(),
                        attempt.number(),
                        attempt.stage(),
                        attempt.worker(),
                        Optional.of(attempt.startedAt()),
                        Optional.empty(),
                        "",
                        folder.transcript(),
                        folder.stream(),
                        folder.prompt(),
                        folder.stderr());
        attempts.computeIfAbsent(attempt.issue(), _ -> new LinkedHashMap<>())
                .put(attempt.id(), log);
        byWorker.computeIfAbsent(attempt.worker(), _ -> new ArrayList<>())
                .add(new Ref(attempt.issue(), attempt.id()));
    }

    private void end(IssueId issue, String id, Instant at, String outcome) {
        attempts.getOrDefault(issue, new HashMap<>())
                .computeIfPresent(id, (_, log) -> log.ended(at, outcome));
    }

    @Override
    public List<EventView> eventsBefore(long seq, int most) {
        return pages.before(seq, most).stream().map(Sentences::view).toList();
    }
}
