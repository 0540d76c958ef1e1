package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.Usage;
import orchestrator.monitor.Archive.AttemptLog;
import orchestrator.store.Journal;
import orchestrator.store.JournalSizes;
import orchestrator.store.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the window may read of what a run has left. */
class JournalArchiveTest {
    private static final Instant AT = Instant.parse("2026-11-22T17:00:00Z");
    private static final IssueId ISSUE = new IssueId("proof", 52);
    @TempDir Path folder;

    private static Attempt attempt(int number) {
        return new Attempt(
                "id-" + number, ISSUE, "test", 0, 3, number, "s", AttemptKind.FIRST, "abc", AT);
    }

    private static void write(Journal journal, Instant at, Event event) {
        var _ = journal.append(at, List.of(Journal.Entry.of(event)));
    }

    @Test
    void every_attempt_of_an_issue_stays_with_its_end_and_its_files() throws Exception {
        StateFolder state = StateFolder.create(folder.resolve("state"));
        JournalArchive archive = new JournalArchive(state);
        assertThat(archive.attempts(ISSUE)).isEmpty();
        try (Journal journal = Journal.open(state.journal())) {
            write(journal, AT, new Event.AttemptStarting(attempt(1)));
            assertThat(archive.attempts(ISSUE)).extracting(AttemptLog::outcome).containsExactly("");
            Finish finish =
                    new Finish(
                            Optional.of(1),
                            new AgentOutcome.Failed("tests fail"),
                            "abc",
                            0,
                            0,
                            0,
                            Usage.NONE);
            write(journal, AT.plusSeconds(60), new Event.AttemptEnded(ISSUE, "id-1", finish));
            write(journal, AT.plusSeconds(61), new Event.AttemptStarting(attempt(2)));
        }
        List<AttemptLog> attempts = archive.attempts(ISSUE);
        assertThat(attempts).extracting(AttemptLog::number).containsExactly(1, 2);
        assertThat(attempts.getFirst().outcome()).contains("tests fail");
        assertThat(attempts.getFirst().endedAt()).contains(AT.plusSeconds(60));
        assertThat(attempts.getLast().endedAt()).isEmpty();
        assertThat(attempts.getLast().transcript())
                .isEqualTo(state.attempts(ISSUE).resolve("002-test/transcript.log"));
        assertThat(attempts.getLast().prompt()).hasFileName("prompt.md");
        assertThat(archive.attempts(new IssueId("proof", 1))).isEmpty();
        Files.delete(state.journal());
        try (Journal journal = Journal.open(state.journal())) {
            write(journal, AT, new Event.AttemptStarting(attempt(7)));
        }
        assertThat(archive.attempts(ISSUE)).extracting(AttemptLog::number).containsExactly(7);
    }

    @Test
    void what_was_set_aside_is_still_told() {
        StateFolder state = StateFolder.create(folder.resolve("state"));
        JournalArchive before = new JournalArchive(state);
        JournalHistory told = new JournalHistory(state.journal());
        JournalSizes small = new JournalSizes(1, 1);
        try (Journal journal = Journal.open(state.disk(), state.journal(), small)) {
            for (int number = 1; number <= 30; number++) {
                write(journal, AT.plusSeconds(number), new Event.AttemptStarting(attempt(number)));
                if (number % 4 == 0) {
                    journal.compact();
                }
                if (number % 7 == 0) {
                    assertThat(before.attempts(ISSUE)).hasSize(number);
                    assertThat(told.read(events -> {}).events()).isEqualTo(number);
                }
            }
        }
        JournalArchive after = new JournalArchive(state);
        assertThat(after.attempts(ISSUE)).hasSize(30).isEqualTo(before.attempts(ISSUE));
        assertThat(new JournalHistory(state.journal()).read(events -> {}))
                .isEqualTo(told.read(events -> {}));
        List<Long> back = new ArrayList<>();
        for (long seq = Long.MAX_VALUE; seq > 1; seq = back.getLast()) {
            List<EventView> page = after.eventsBefore(seq, 7);
            page.reversed().forEach(event -> back.add(event.seq()));
        }
        assertThat(back.reversed()).isEqualTo(LongStream.rangeClosed(1, 30).boxed().toList());
    }

    @Test
    void events_are_sentences_that_know_whom_they_are_about() {
        StateFolder state = StateFolder.create(folder.resolve("state"));
        try (Journal journal = Journal.open(state.journal())) {
            write(journal, AT, new Event.WorkerStopped(4));
            write(journal, AT, new Event.IssueFailed(ISSUE, "no tests pass"));
        }
        assertThat(new JournalArchive(state).eventsBefore(Long.MAX_VALUE, 10))
                .containsExactly(
                        new EventView(
                                1,
                                AT,
                                Optional.empty(),
                                "Worker 4 starts nothing more until you say so",
                                false,
                                Optional.of(4)),
                        new EventView(
                                2,
                                AT,
                                Optional.of(ISSUE),
                                "proof#52 failed: no tests pass",
                                true,
                                Optional.empty()));
    }
}
