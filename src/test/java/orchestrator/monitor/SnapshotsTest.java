package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Demo;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.Issue;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.MonitorView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.model.RunState;
import orchestrator.model.Usage;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.scripted.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown follows from what is defined, what has happened and what was seen. */
class SnapshotsTest {
    private static final MonitorView MONITOR =
            new MonitorView(MonitorState.RUNNING, Optional.of(1L), true, "terminal");

    @TempDir private Path folder = Path.of("");
    private Optional<RunContext> context = Optional.empty();
    private RunState state = RunState.EMPTY;

    @BeforeEach
    void makes() throws IOException {
        context = Optional.of(new Rig(folder).config(Rig.issues(1, 1, "implement")).context());
    }

    private SnapshotsTest with(Event... events) {
        for (Event event : events) {
            state = state.apply(Demo.NOW, event);
        }
        return this;
    }

    private RunSnapshot shown(WorkspaceConfig config, LiveFacts... live) {
        Map<Integer, LiveFacts> facts = live.length == 0 ? Map.of() : Map.of(1, live[0]);
        return new Snapshots(config, context.orElseThrow())
                .make(state, facts, List.of(), MONITOR, Demo.NOW);
    }

    private static Issue status(Issue issue, IssueStatus status) {
        return Demo.withStatus(issue, status, "");
    }

    private static IssueView view(RunSnapshot snapshot, int number) {
        return snapshot.issues().stream()
                .filter(issue -> issue.id().number() == number)
                .findFirst()
                .orElseThrow();
    }

    private void running() {
        with(
                new Event.IssueAssigned(Demo.id(1), 1, 0, "implement"),
                new Event.WorktreeReady(
                        Demo.id(1), "main", "/t/1", "demo/issue-1", "c0", "c0", true),
                new Event.AttemptStarting(Demo.attempt(1, 1, 1)),
                new Event.AttemptStarted(Demo.id(1), "attempt-1-1"));
    }

    private static LiveFacts live(boolean begun, double cost) {
        return new LiveFacts(
                "attempt-1-1", begun, Optional.of(Demo.NOW), new Usage(1, 1, 0, 0, cost), "a line");
    }

    @Test
    void a_worker_that_pauses_works_on_and_says_so_and_rests_after_its_stage() {
        running();
        with(new Event.WorkerStopped(1));
        WorkspaceConfig config = new Demo().issues(Demo.issue(1)).config();
        RunSnapshot.WorkerView pausing = shown(config, live(true, 0)).workers().getFirst();
        assertThat(pausing.status()).isEqualTo(RunSnapshot.WorkerStatus.RUNNING);
        assertThat(pausing.isPausing()).isTrue();
        with(new Event.AttemptEnding(Demo.id(1), "attempt-1-1", EndCause.USER_STOP));
        RunSnapshot.WorkerView ending = shown(config, live(true, 0)).workers().getFirst();
        assertThat(ending.isPausing()).as("it is being ended").isFalse();
    }

    @Test
    void totals_count_every_issue_once_by_its_state() {
        RunSnapshot shown =
                shown(
                        new Demo()
                                .issues(
                                        Demo.issue(1),
                                        status(Demo.issue(2), IssueStatus.COMPLETED),
                                        status(Demo.issue(3), IssueStatus.FAILED),
                                        status(Demo.issue(4), IssueStatus.PARKED),
                                        status(Demo.issue(5), IssueStatus.PENDING))
                                .config());
        assertThat(shown.totals()).isEqualTo(new RunSnapshot.Totals(5, 1, 0, 2, 1, 1));
        assertThat(shown.isOver()).isFalse();
    }

    @Test
    void what_waits_for_something_that_will_never_complete_is_blocked_through_any_chain() {
        RunSnapshot shown =
                shown(
                        new Demo()
                                .issues(
                                        status(Demo.issue(1), IssueStatus.FAILED),
                                        Demo.issue(2, 1),
                                        Demo.issue(3, 2),
                                        Demo.issue(4),
                                        Demo.issue(5, 4),
                                        Demo.issue(6, 3, 5),
                                        Demo.issue(7, 6, 6))
                                .config());
        assertThat(shown.issues().stream().filter(IssueView::blockedForever))
                .extracting(view -> view.id().number())
                .containsExactly(2, 3, 6, 7);
        assertThat(view(shown, 6).waitsFor()).containsExactly(Demo.id(3), Demo.id(5));
    }

    @Test
    void a_run_with_only_blocked_issues_left_is_over() {
        RunSnapshot shown =
                shown(
                        new Demo()
                                .issues(status(Demo.issue(1), IssueStatus.PARKED), Demo.issue(2, 1))
                                .config());
        assertThat(shown.isOver()).isTrue();
        assertThat(shown.isAllWell()).isFalse();
    }

    @Test
    void a_run_is_not_over_while_the_agent_of_an_issue_that_was_completed_by_hand_is_being_ended() {
        WorkspaceConfig config = new Demo().issues(Demo.issue(1)).config();
        running();
        with(
                new Event.AttemptEnding(Demo.id(1), "attempt-1-1", EndCause.ISSUE_CLOSED),
                new Event.IssueCompleted(Demo.id(1)));
        assertThat(view(shown(config), 1).pushed()).isFalse();
        assertThat(shown(config).isOver()).isFalse();
        Finish nothing =
                new Finish(
                        Optional.of(130),
                        new AgentOutcome.Interrupted(),
                        "c0",
                        0,
                        0,
                        0,
                        Usage.NONE);
        with(new Event.AttemptEnded(Demo.id(1), "attempt-1-1", nothing));
        assertThat(shown(config).isOver()).isTrue();
        assertThat(shown(config).isAllWell()).isTrue();
    }

    @Test
    void a_chain_of_five_thousand_blocked_issues_is_shown() {
        Issue[] chain =
                IntStream.rangeClosed(1, 5000)
                        .mapToObj(n ->
                                n == 1
                                        ? status(Demo.issue(1), IssueStatus.FAILED)
                                        // The last first: each asks for one not asked for yet.
                                        : Demo.ordered(n, 5001 - n, 1, n - 1))
                        .toArray(Issue[]::new);
        RunSnapshot shown = shown(new Demo().issues(chain).config());
        assertThat(shown.issues().stream().filter(IssueView::blockedForever)).hasSize(4999);
    }

    @Test
    void running_is_said_only_of_what_was_seen_running() {
        running();
        WorkspaceConfig config = new Demo().issues(Demo.issue(1)).workers(1).config();
        assertThat(shown(config).workers().getFirst().status()).isEqualTo(WorkerStatus.STARTING);
        assertThat(shown(config, live(false, 0)).workers().getFirst().status())
                .isEqualTo(WorkerStatus.STARTING);
        assertThat(shown(config, live(true, 0)).workers().getFirst().status())
                .isEqualTo(WorkerStatus.RUNNING);
    }

    @Test
    void without_a_monitor_a_worker_runs_only_if_its_process_does_and_else_waits() {
        running();
        WorkspaceConfig config = new Demo().issues(Demo.issue(1)).workers(1).config();
        MonitorView none = new MonitorView(MonitorState.STOPPED, Optional.empty(), false, "");
        Snapshots snapshots = new Snapshots(config, context.orElseThrow());
        WorkerView alive =
                snapshots
                        .make(state, Map.of(1, live(true, 0)), List.of(), none, Demo.NOW)
                        .workers()
                        .getFirst();
        assertThat(alive.status()).isEqualTo(WorkerStatus.RUNNING);
        assertThat(alive.note()).isEqualTo("works on without a monitor");
        WorkerView gone =
                snapshots
                        .make(state, Map.of(1, live(false, 0)), List.of(), none, Demo.NOW)
                        .workers()
                        .getFirst();
        assertThat(gone.status()).isEqualTo(WorkerStatus.WAITING);
        assertThat(gone.note()).isEqualTo("waits for the next launch");
    }

    @Test
    void what_was_seen_of_an_older_attempt_is_not_shown_of_the_newer() {
        running();
        LiveFacts old =
                new LiveFacts("attempt-1-0", true, Optional.empty(), Usage.NONE, "old words");
        RunSnapshot shown = shown(new Demo().issues(Demo.issue(1)).workers(1).config(), old);
        assertThat(shown.workers().getFirst().status()).isEqualTo(WorkerStatus.STARTING);
        assertThat(shown.workers().getFirst().lastLine()).isEmpty();
    }

    @Test
    void cost_is_what_has_ended_and_what_runs() {
        running();
        with(
                new Event.AttemptEnded(Demo.id(1), "attempt-1-1", Demo.finish(Demo.done(), 1, 0)),
                new Event.StageCompleted(Demo.id(1), "implement", 0, ""));
        WorkspaceConfig config = new Demo().issues(Demo.issue(1)).workers(1).config();
        assertThat(shown(config, live(true, 9)).costUsd()).isEqualTo(0.5);

        with(
                new Event.AttemptStarting(Demo.attempt(1, 2, 1)),
                new Event.AttemptStarted(Demo.id(1), "attempt-1-2"));
        LiveFacts second =
                new LiveFacts("attempt-1-2", true, Optional.empty(), new Usage(0, 0, 0, 0, 2), "");
        assertThat(shown(config, second).costUsd()).isEqualTo(2.5);
        assertThat(shown(config, second).workers().getFirst().usage().costUsd()).isEqualTo(2.5);
    }

    @Test
    void a_worker_whose_issue_is_no_longer_defined_is_shown_with_what_it_does() {
        running();
        RunSnapshot shown = shown(new Demo().workers(1).config(), live(true, 1));
        assertThat(shown.workers().getFirst().issue()).contains(Demo.id(1));
        assertThat(shown.workers().getFirst().status()).isEqualTo(WorkerStatus.RUNNING);
        assertThat(shown.costUsd()).isEqualTo(1);
    }

    @Test
    void a_worker_beyond_a_smaller_pool_is_shown_as_long_as_it_holds_something() {
        with(new Event.IssueAssigned(Demo.id(1), 3, 0, "implement"));
        RunSnapshot shown = shown(new Demo().issues(Demo.issue(1)).workers(1).config());
        assertThat(shown.workers())
                .extracting(RunSnapshot.WorkerView::worker)
                .containsExactly(1, 3);
    }

    @Test
    void a_worker_that_waits_says_why() {
        running();
        with(
                new Event.AttemptEnded(
                        Demo.id(1),
                        "attempt-1-1",
                        Demo.finish(new orchestrator.model.AgentOutcome.Failed("x"), 0, 0)),
                new Event.RestartPlanned(
                        Demo.id(1),
                        orchestrator.model.AttemptKind.CONTINUE,
                        false,
                        orchestrator.model.RestartCause.USAGE_LIMIT,
                        "limit",
                        Demo.NOW.plusSeconds(60)),
                new Event.LaunchesPaused(
                        PauseCause.USAGE_LIMIT,
                        Optional.of(Demo.NOW.plusSeconds(60)),
                        "the 5-hour limit"));
        RunSnapshot shown = shown(new Demo().issues(Demo.issue(1)).workers(1).config());
        assertThat(shown.workers().getFirst().status()).isEqualTo(WorkerStatus.WAITING);
        assertThat(shown.workers().getFirst().note()).isEqualTo("the 5-hour limit");
        assertThat(shown.gate().open()).isFalse();
    }
}
