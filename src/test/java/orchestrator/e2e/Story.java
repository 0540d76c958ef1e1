package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import orchestrator.model.Attempt;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Event;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.store.AttemptFolder;
import orchestrator.store.AttemptFolders;
import orchestrator.store.JournalReader;
import orchestrator.store.StateFolder;
import tools.jackson.databind.json.JsonMapper;

/** What the journal tells, read anew at each question, and what must be true of every run. */
final class Story {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StateFolder state;
    private final JournalReader reader;
    private final List<TimedEvent> events = new ArrayList<>();

    Story(StateFolder state) {
        this.state = state;
        reader = new JournalReader(state.journal());
    }

    /** All events so far. */
    synchronized List<TimedEvent> events() {
        JournalReader.News news = reader.poll();
        assertThat(news.startedOver()).as("the journal was replaced").isFalse();
        events.addAll(news.events());
        return List.copyOf(events);
    }

    /** All events of a type so far. */
    <E extends Event> List<E> all(Class<E> type) {
        return events().stream()
                .map(TimedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The events of a type about an issue of {@link ProjectFile#PROJECT}. */
    <E extends Event.OfIssue> List<E> of(int issue, Class<E> type) {
        return all(type).stream().filter(event -> event.issue().equals(id(issue))).toList();
    }

    /** All attempts that were to be started, also those that never began. */
    List<Attempt> attempts() {
        return all(Event.AttemptStarting.class).stream()
                .map(Event.AttemptStarting::attempt)
                .toList();
    }

    List<Attempt> attempts(int issue) {
        return attempts().stream().filter(attempt -> attempt.issue().equals(id(issue))).toList();
    }

    RunState state() {
        return RunState.EMPTY.applyAll(events());
    }

    Optional<IssueStatus> status(int issue) {
        return Optional.ofNullable(state().issues().get(id(issue))).map(IssueState::status);
    }

    /** The events of a type about an issue, with the time and the reasons. */
    List<TimedEvent> timed(int issue, Class<? extends Event.OfIssue> type) {
        return events().stream()
                .filter(timed -> type.isInstance(timed.event()))
                .filter(timed -> type.cast(timed.event()).issue().equals(id(issue)))
                .toList();
    }

    /** The only event of a type about an issue. */
    <E extends Event.OfIssue> E only(int issue, Class<E> type) {
        List<E> found = of(issue, type);
        assertThat(found).as("%s of issue %d", type.getSimpleName(), issue).hasSize(1);
        return found.getFirst();
    }

    /** The folder of an issue's attempt, once its script has begun. */
    Optional<AttemptFolder> running(int issue, int attempt) {
        return Optional.ofNullable(state().issues().get(id(issue)))
                .flatMap(IssueState::attempt)
                .filter(current -> current.attempt().number() == attempt)
                .filter(CurrentAttempt::isLive)
                .map(current -> folder(current.attempt()))
                .filter(folder -> folder.process().isPresent());
    }

    AttemptFolder folder(Attempt attempt) {
        return AttemptFolder.of(state, attempt);
    }

    AttemptFolder folder(int issue, int attempt) {
        return new AttemptFolders(state, id(issue)).numbered(attempt).orElseThrow();
    }

    static IssueId id(int issue) {
        return new IssueId(ProjectFile.PROJECT, issue);
    }

    /**
     * What holds of every run whatever was done to it: a journal without gaps, attempts counted
     * without a gap or a repetition, never two at once of one issue or worker, and every exit that
     * an agent left told once.
     */
    void isSound() {
        List<Long> numbers =
                Hands.read(state.journal())
                        .lines()
                        .map(line -> JSON.readTree(line).path("seq").asLong())
                        .toList();
        assertThat(numbers)
                .as("numbers of the journal's lines")
                .isEqualTo(
                        IntStream.rangeClosed(1, numbers.size()).mapToObj(n -> (long) n).toList());
        assertThat(attempts().stream().map(Attempt::id)).doesNotHaveDuplicates();
        Map<IssueId, Integer> counted = new HashMap<>();
        for (Attempt attempt : attempts()) {
            assertThat(attempt.number())
                    .as("attempts of %s in order", attempt.issue())
                    .isEqualTo(counted.merge(attempt.issue(), 1, Integer::sum));
        }
        neverTwoAtOnce();
        attempts().forEach(this::endIsTold);
    }

    private void neverTwoAtOnce() {
        Map<IssueId, String> ofIssue = new HashMap<>();
        Map<Integer, String> ofWorker = new HashMap<>();
        for (TimedEvent timed : events()) {
            switch (timed.event()) {
                case Event.AttemptStarting e -> {
                    assertThat(ofIssue.put(e.issue(), e.attempt().id())).as("%s", timed).isNull();
                    assertThat(ofWorker.put(e.attempt().worker(), e.attempt().id()))
                            .as("%s", timed)
                            .isNull();
                }
                case Event.AttemptStartFailed e -> forget(e.attemptId(), ofIssue, ofWorker);
                case Event.AttemptEnded e -> forget(e.attemptId(), ofIssue, ofWorker);
                default -> {}
            }
        }
    }

    private static void forget(
            String attempt, Map<IssueId, String> ofIssue, Map<Integer, String> ofWorker) {
        ofIssue.values().remove(attempt);
        ofWorker.values().remove(attempt);
    }

    private void endIsTold(Attempt attempt) {
        AttemptFolder folder = folder(attempt);
        List<Event.AttemptEnded> ends =
                all(Event.AttemptEnded.class).stream()
                        .filter(ended -> ended.attemptId().equals(attempt.id()))
                        .toList();
        List<Event.AttemptStartFailed> failed =
                all(Event.AttemptStartFailed.class).stream()
                        .filter(event -> event.attemptId().equals(attempt.id()))
                        .toList();
        if (folder.exit().isPresent()) {
            assertThat(ends).as("ends of %s", attempt).hasSize(1);
            assertThat(ends.getFirst().finish().exitCode())
                    .as("exit of %s", attempt)
                    .hasValue(folder.exit().get().code());
        }
        if (!failed.isEmpty()) {
            Path stream = folder.stream();
            assertThat(Files.exists(stream)).as("never began: %s", attempt).isFalse();
        }
        assertThat(ends.size() + failed.size()).as("ends of %s", attempt).isLessThanOrEqualTo(1);
    }
}
