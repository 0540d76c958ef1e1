package orchestrator.monitor;

import static orchestrator.model.RunHistory.Outcome.COMPLETED;
import static orchestrator.model.RunHistory.Outcome.FAILED;
import static orchestrator.model.RunHistory.Outcome.INTERRUPTED;
import static orchestrator.model.RunHistory.Outcome.RESTARTED;
import static orchestrator.model.RunHistory.Outcome.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AttemptKind;
import orchestrator.model.Demo;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.PauseCause;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.RestartCause;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Hold;
import orchestrator.model.RunHistory.Mark;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunHistory.Span;
import orchestrator.model.RunHistory.Sum;
import orchestrator.model.TimedEvent;
import orchestrator.store.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events made into lanes, spans and sums; and the journal followed. */
class HistoryTest {
    private static final AgentOutcome CRASH = new AgentOutcome.Failed("exit 1");
    @TempDir Path folder;
    private final HistoryFold fold = new HistoryFold();
    private long seq;
    private Instant clock = Demo.NOW;

    /** A minute later, this happens. */
    private HistoryTest then(Event... events) {
        for (Event event : events) {
            clock = clock.plusSeconds(60);
            fold.take(new TimedEvent(++seq, clock, event, Optional.empty()));
        }
        return this;
    }

    private static Instant minute(int number) {
        return Demo.NOW.plusSeconds(60L * number);
    }

    private static Event starting(int issue, int number, int worker) {
        return new Event.AttemptStarting(Demo.attempt(issue, number, worker));
    }

    private static Event ended(int issue, int number, AgentOutcome outcome, int commits) {
        String id = Demo.attempt(issue, number, 1).id();
        return new Event.AttemptEnded(Demo.id(issue), id, Demo.finish(outcome, commits, 0));
    }

    private static Event restart(RestartCause cause) {
        return new Event.RestartPlanned(
                Demo.id(1), AttemptKind.CONTINUE, true, cause, "try again", Demo.NOW);
    }

    private Bar bar() {
        return fold.history().lanes().getFirst().bars().getFirst();
    }

    @Test
    void an_attempt_is_a_bar_in_the_lane_of_its_worker() {
        then(starting(1, 1, 2), starting(2, 1, 1));
        assertThat(fold.history().lanes())
                .extracting(RunHistory.Lane::worker)
                .containsExactly(1, 2);
        Bar running = fold.history().lanes().get(1).bars().getFirst();
        assertThat(running.issue()).isEqualTo(Demo.id(1));
        assertThat(running.outcome()).isEqualTo(RUNNING);
        assertThat(running.from()).isEqualTo(minute(1));
        assertThat(running.to()).isEmpty();
        then(ended(1, 1, Demo.done(), 3), new Event.StageCompleted(Demo.id(1), "implement", 0, ""));
        Bar done = fold.history().lanes().get(1).bars().getFirst();
        assertThat(done.outcome()).isEqualTo(COMPLETED);
        assertThat(done.to()).contains(minute(3));
        assertThat(done.commits()).isEqualTo(3);
        assertThat(done.usage()).isEqualTo(Demo.USAGE);
    }

    @Test
    void what_was_decided_says_how_an_attempt_ended() {
        assertThat(of(CRASH, restart(RestartCause.FAILED))).isEqualTo(RESTARTED);
        assertThat(of(CRASH, new Event.IssueFailed(Demo.id(1), "no more"))).isEqualTo(FAILED);
        assertThat(of(CRASH, new Event.IssueParked(Demo.id(1), "look"))).isEqualTo(FAILED);
        assertThat(of(CRASH)).isEqualTo(FAILED);
        assertThat(of(Demo.done())).isEqualTo(COMPLETED);
        assertThat(of(Demo.done(), new Event.GateFailed(Demo.id(1), "a", "exit 2", "")))
                .isEqualTo(RESTARTED);
        assertThat(of(new AgentOutcome.Interrupted(), restart(RestartCause.RESUMED)))
                .isEqualTo(INTERRUPTED);
        assertThat(of(new AgentOutcome.UsageLimit(Optional.empty(), ""))).isEqualTo(INTERRUPTED);
    }

    private static Outcome of(AgentOutcome outcome, Event... after) {
        HistoryTest story = new HistoryTest();
        story.then(starting(1, 1, 1), ended(1, 1, outcome, 0)).then(after);
        return story.bar().outcome();
    }

    @Test
    void who_is_ended_by_a_person_is_interrupted_and_says_why() {
        String id = Demo.attempt(1, 1, 1).id();
        then(
                starting(1, 1, 1),
                new Event.AttemptEnding(Demo.id(1), id, EndCause.USER_STOP),
                ended(1, 1, new AgentOutcome.Vanished("killed"), 0));
        assertThat(bar().outcome()).isEqualTo(INTERRUPTED);
        assertThat(bar().reason()).isEqualTo("vanished: killed");
    }

    @Test
    void the_reason_holds_both_the_end_and_the_decision_on_one_line() {
        then(
                starting(1, 1, 1),
                ended(1, 1, new AgentOutcome.Failed("a\nb"), 0),
                restart(RestartCause.FAILED));
        assertThat(bar().reason()).isEqualTo("failed: a b; try again");
    }

    @Test
    void what_befalls_an_issue_later_is_not_its_last_attempts_doing() {
        then(
                starting(1, 1, 1),
                ended(1, 1, Demo.done(), 1),
                new Event.StageCompleted(Demo.id(1), "implement", 0, ""),
                new Event.IssueParked(Demo.id(1), "waits for the vendor"));
        assertThat(bar().outcome()).isEqualTo(COMPLETED);
    }

    @Test
    void an_attempt_that_could_not_be_started_is_there_with_its_reason() {
        String id = Demo.attempt(1, 1, 1).id();
        then(starting(1, 1, 1), new Event.AttemptStartFailed(Demo.id(1), id, "no tmux", Demo.NOW));
        assertThat(bar().outcome()).isEqualTo(FAILED);
        assertThat(bar().reason()).isEqualTo("no tmux");
    }

    @Test
    void each_attempt_counts_the_commits_that_it_added() {
        then(
                starting(1, 1, 1),
                ended(1, 1, CRASH, 2),
                restart(RestartCause.FAILED),
                starting(1, 2, 1),
                ended(1, 2, Demo.done(), 5));
        assertThat(fold.history().lanes().getFirst().bars())
                .extracting(Bar::commits)
                .containsExactly(2, 3);
    }

    @Test
    void a_clock_set_back_makes_no_bar_that_ends_before_it_begins() {
        then(starting(1, 1, 1));
        clock = clock.minusSeconds(7200);
        then(ended(1, 1, Demo.done(), 0));
        assertThat(bar().to()).contains(bar().from());
    }

    @Test
    void pauses_last_until_what_ends_them() {
        then(
                new Event.LaunchesPaused(PauseCause.USAGE_LIMIT, Optional.empty(), "5-hour limit"),
                new Event.LaunchesPaused(PauseCause.USER, Optional.empty(), "lunch"),
                new Event.LaunchesResumed("the limit is over"),
                new Event.AdmissionClosed("disk"),
                new Event.PauseLifted("back"),
                new Event.AdmissionOpened("room"),
                new Event.LaunchesPaused(PauseCause.ENVIRONMENT, Optional.empty(), "529"),
                new Event.LaunchesPaused(PauseCause.ACCOUNT, Optional.empty(), "no login"),
                new Event.MonitorStarted(new ProcessIdentity(1, 1, "b"), "window", "1"),
                new Event.LaunchesPaused(PauseCause.BUDGET, Optional.empty(), "spent"));
        assertThat(fold.history().spans())
                .containsExactly(
                        span(Hold.LIMIT, 1, 3, "5-hour limit"),
                        span(Hold.PAUSE, 2, 5, "lunch"),
                        span(Hold.SHORTAGE, 4, 6, "disk"),
                        span(Hold.SERVICE, 7, 8, "529"),
                        span(Hold.ACCOUNT, 8, 9, "no login"),
                        new Span(Hold.BUDGET, minute(10), Optional.empty(), "spent"));
    }

    private static Span span(Hold hold, int from, int to, String reason) {
        return new Span(hold, minute(from), Optional.of(minute(to)), reason);
    }

    @Test
    void monitors_that_come_and_go_are_marked() {
        then(
                new Event.MonitorStarted(new ProcessIdentity(7, 1, "b"), "window", "1"),
                new Event.MonitorStopped("handed over to tmux window 0"));
        assertThat(fold.history().marks())
                .containsExactly(
                        new Mark(minute(1), true, "Monitor started in the window, pid 7"),
                        new Mark(
                                minute(2), false, "Monitor stopped: handed over to tmux window 0"));
    }

    @Test
    void cost_and_completed_issues_add_up_and_a_reopened_one_is_taken_off() {
        then(
                starting(1, 1, 1),
                ended(1, 1, Demo.done(), 1),
                new Event.IssueCompleted(Demo.id(1)),
                new Event.IssueReopened(Demo.id(1), "again"));
        assertThat(fold.history().sums())
                .containsExactly(
                        new Sum(minute(2), 0.5, 0),
                        new Sum(minute(3), 0.5, 1),
                        new Sum(minute(4), 0.5, 0));
    }

    private static List<Journal.Entry> entries(int from, int to) {
        List<Journal.Entry> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(new Journal.Entry(starting(i, 1, 1 + i % 4), Optional.empty()));
            all.add(new Journal.Entry(ended(i, 1, Demo.done(), 1), Optional.empty()));
        }
        return all;
    }

    private static int bars(RunHistory history) {
        return history.lanes().stream().mapToInt(lane -> lane.bars().size()).sum();
    }

    @Test
    void the_journal_is_followed_and_unchanged_gives_the_same() {
        Path path = folder.resolve("log.jsonl");
        JournalHistory history = new JournalHistory(path);
        assertThat(history.read(_ -> {})).isEqualTo(RunHistory.EMPTY);
        try (Journal journal = Journal.open(path)) {
            journal.append(Demo.NOW, entries(1, 3));
            List<Long> progress = new ArrayList<>();
            RunHistory first = history.read(progress::add);
            assertThat(bars(first)).isEqualTo(2);
            assertThat(progress).containsExactly(4L);
            assertThat(history.read(_ -> {})).isSameAs(first);
            RunHistory.Lane untouched = first.lanes().get(0);
            journal.append(Demo.NOW, entries(6, 7));
            RunHistory second = history.read(_ -> {});
            assertThat(bars(second)).isEqualTo(3);
            assertThat(second.lanes().getFirst()).isSameAs(untouched);
        }
    }

    @Test
    void a_line_that_is_just_being_written_waits_and_one_that_is_damaged_is_told()
            throws IOException {
        Path path = folder.resolve("log.jsonl");
        JournalHistory history = new JournalHistory(path);
        try (Journal journal = Journal.open(path)) {
            journal.append(Demo.NOW, entries(1, 3));
        }
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, java.util.Arrays.copyOf(whole, whole.length - 20));
        int before = bars(history.read(_ -> {}));
        Files.write(
                path,
                java.util.Arrays.copyOfRange(whole, whole.length - 20, whole.length),
                StandardOpenOption.APPEND);
        assertThat(before).isLessThan(2);
        assertThat(bars(history.read(_ -> {}))).isEqualTo(2);
        byte[] broken = whole.clone();
        broken[10] = 'x';
        Files.write(path, broken);
        Files.writeString(path, "more\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> history.read(_ -> {})).isInstanceOf(Fault.class);
        Files.write(path, whole);
        assertThat(bars(history.read(_ -> {}))).isEqualTo(2);
    }

    @Test
    void two_hundred_thousand_events_become_bars_and_nothing_else_is_kept() {
        for (int i = 1; i <= 100_000; i++) {
            int issue = 1 + i % 1000;
            int number = 1 + i / 1000;
            then(starting(issue, number, 1 + issue % 60), ended(issue, number, CRASH, 1));
        }
        RunHistory history = fold.history();
        assertThat(history.events()).isEqualTo(200_000);
        assertThat(history.lanes()).hasSize(60);
        assertThat(bars(history)).isEqualTo(100_000);
    }
}
