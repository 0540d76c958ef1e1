package orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What each event means. */
class FoldTest {
    private static final IssueId ONE = Demo.id(1);
    private static final IssueId TWO = Demo.id(2);
    private static final Attempt FIRST = Demo.attempt(1, 1, 1);
    private static final Attempt SECOND = Demo.attempt(1, 2, 1);
    private static final Instant LATER = Demo.NOW.plusSeconds(60);

    private static RunState after(Event... events) {
        return after(RunState.EMPTY, events);
    }

    private static RunState after(RunState before, Event... events) {
        RunState state = before;
        for (Event event : events) {
            state = state.apply(Demo.NOW, event);
            assertTwoWay(state);
        }
        return state;
    }

    static void assertTwoWay(RunState state) {
        state.issues()
                .forEach((id, issue) ->
                        issue.worker()
                                .ifPresent(worker ->
                                        assertThat(state.worker(worker).issue()).contains(id)));
        state.workers()
                .forEach((number, worker) ->
                        worker.issue()
                                .ifPresent(id ->
                                        assertThat(state.begun(id).worker())
                                                .isEqualTo(OptionalInt.of(number))));
    }

    private static Event assigned(IssueId issue, int worker) {
        return new Event.IssueAssigned(issue, worker, 0, "implement");
    }

    private static Event ready(IssueId issue) {
        return new Event.WorktreeReady(issue, "main", "/t/1", "demo/1", "c0", "c0", true);
    }

    private static RunState running() {
        return after(
                assigned(ONE, 1),
                ready(ONE),
                new Event.AttemptStarting(FIRST),
                new Event.AttemptStarted(ONE, FIRST.id()));
    }

    private static RunState ended(Finish finish) {
        return after(running(), new Event.AttemptEnded(ONE, FIRST.id(), finish));
    }

    private static Event restart(RestartCause cause, boolean counted) {
        return new Event.RestartPlanned(ONE, AttemptKind.CONTINUE, counted, cause, "a hint", LATER);
    }

    @Test
    void opening_and_starting_tell_whose_workspace_it_is() {
        Event.MonitorStarted started =
                new Event.MonitorStarted(new ProcessIdentity(7, 8, "b"), "window", "1");
        RunState state = after(new Event.WorkspaceOpened("w"), started);

        assertThat(state.workspaceId()).isEqualTo("w");
        assertThat(state.monitor()).contains(started);
        assertThat(state.monitorSince()).contains(Demo.NOW);
    }

    @Test
    void an_assignment_takes_the_issue_and_the_worker() {
        RunState state = after(new Event.IssueAssigned(ONE, 3, 1, "review"));

        assertThat(state.begun(ONE).status()).isEqualTo(IssueStatus.IN_PROGRESS);
        assertThat(state.begun(ONE).stageIndex()).isEqualTo(1);
        assertThat(state.begun(ONE).worker()).hasValue(3);
        assertThat(state.worker(3).issue()).contains(ONE);
    }

    @Test
    void a_worker_that_is_given_another_issue_lets_the_first_go() {
        RunState state = after(assigned(ONE, 1), assigned(TWO, 1));

        assertThat(state.worker(1).issue()).contains(TWO);
        assertThat(state.begun(ONE).worker()).isEmpty();
        assertThat(state.begun(ONE).status()).isEqualTo(IssueStatus.PENDING);
    }

    @Test
    void an_issue_that_moves_to_another_worker_leaves_the_first() {
        RunState state = after(assigned(ONE, 1), assigned(ONE, 2));

        assertThat(state.worker(1).issue()).isEmpty();
        assertThat(state.worker(2).issue()).contains(ONE);
    }

    @Test
    void a_worktree_is_creating_then_ready_or_failed() {
        RunState creating =
                after(assigned(ONE, 1), new Event.WorktreeCreating(ONE, "main", "/t/1", "demo/1"));
        RunState failed = after(creating, new Event.WorktreeFailed(ONE, "no room", LATER));
        RunState ready = after(failed, ready(ONE));

        assertThat(creating.begun(ONE).worktree().orElseThrow().ready()).isFalse();
        assertThat(failed.begun(ONE).worktree()).isEmpty();
        assertThat(failed.begun(ONE).trouble())
                .isEqualTo(new Trouble(1, Optional.of(LATER), "no room"));
        assertThat(ready.begun(ONE).worktree().orElseThrow().ready()).isTrue();
        assertThat(ready.begun(ONE).trouble()).isEqualTo(Trouble.NONE);
    }

    @Test
    void a_start_takes_the_workers_first_launch_and_the_stages_first_commit() {
        RunState state = after(assigned(ONE, 1), ready(ONE), new Event.AttemptStarting(FIRST));

        assertThat(state.begun(ONE).isIn(AttemptPhase.STARTING)).isTrue();
        assertThat(state.begun(ONE).attempts()).isEqualTo(1);
        assertThat(state.begun(ONE).stageStartCommit()).isEqualTo("c0");
        assertThat(state.begun(ONE).firstStarted()).contains(Demo.NOW);
        assertThat(state.worker(1).launched()).isTrue();
        assertThat(state.lastFirstLaunch()).contains(Demo.NOW);
        assertThat(state.launches()).isEqualTo(1);
    }

    @Test
    void only_the_first_launch_of_a_worker_counts_for_the_stagger() {
        RunState state =
                ended(Demo.finish(Demo.done(), 1, 0))
                        .apply(LATER, new Event.AttemptStarting(SECOND));

        assertThat(state.lastFirstLaunch()).contains(Demo.NOW);
        assertThat(state.launches()).isEqualTo(2);
    }

    @Test
    void a_started_attempt_runs_and_forgets_restart_and_trouble() {
        RunState state =
                after(
                        ended(Demo.finish(new AgentOutcome.Failed("x"), 0, 0)),
                        restart(RestartCause.FAILED, true),
                        new Event.AttemptStarting(SECOND),
                        new Event.AttemptStartFailed(ONE, SECOND.id(), "tmux", LATER));
        assertThat(state.begun(ONE).trouble().count()).isEqualTo(1);
        assertThat(state.begun(ONE).restart()).as("the hint is kept").isPresent();

        Attempt third = Demo.attempt(1, 3, 1);
        RunState started =
                after(
                        state,
                        new Event.AttemptStarting(third),
                        new Event.AttemptStarted(ONE, third.id()));
        assertThat(started.begun(ONE).isIn(AttemptPhase.RUNNING)).isTrue();
        assertThat(started.begun(ONE).restart()).isEmpty();
        assertThat(started.begun(ONE).trouble()).isEqualTo(Trouble.NONE);
    }

    @Test
    void the_news_of_a_start_after_the_end_changes_nothing() {
        RunState starting = after(assigned(ONE, 1), ready(ONE), new Event.AttemptStarting(FIRST));
        RunState planned =
                after(
                        starting,
                        new Event.AttemptEnded(
                                ONE,
                                FIRST.id(),
                                Demo.finish(new AgentOutcome.Failed("not found"), 0, 0)),
                        restart(RestartCause.FAILED, true));

        assertThat(after(planned, new Event.AttemptStarted(ONE, FIRST.id()))).isEqualTo(planned);
    }

    @Test
    void an_end_settles_commits_head_and_usage() {
        RunState state = ended(Demo.finish(Demo.done(), 2, 1));

        assertThat(state.begun(ONE).isIn(AttemptPhase.ENDED)).isTrue();
        assertThat(state.begun(ONE).commits()).isEqualTo(2);
        assertThat(state.begun(ONE).usage()).isEqualTo(Demo.USAGE);
        assertThat(state.begun(ONE).worktree().orElseThrow().head()).isEqualTo("c2");
    }

    @Test
    void an_end_told_twice_counts_once() {
        Finish finish = Demo.finish(Demo.done(), 1, 0);
        RunState once = ended(finish);
        RunState completed = after(once, new Event.StageCompleted(ONE, "implement", 0, ""));

        assertThat(after(once, new Event.AttemptEnded(ONE, FIRST.id(), finish))).isEqualTo(once);
        assertThat(after(completed, new Event.AttemptEnded(ONE, FIRST.id(), finish)))
                .as("the next stage does not end with it")
                .isEqualTo(completed);
    }

    @Test
    void what_is_told_of_an_old_attempt_changes_nothing() {
        RunState state =
                after(
                        ended(Demo.finish(new AgentOutcome.Failed("x"), 1, 0)),
                        restart(RestartCause.FAILED, true),
                        new Event.AttemptStarting(SECOND),
                        new Event.AttemptStarted(ONE, SECOND.id()));
        List<Event> old =
                List.of(
                        new Event.AttemptEnded(ONE, FIRST.id(), Demo.finish(Demo.done(), 9, 0)),
                        new Event.AttemptStarted(ONE, FIRST.id()),
                        new Event.AttemptStartFailed(ONE, FIRST.id(), "late", LATER),
                        new Event.AttemptEnding(ONE, FIRST.id(), EndCause.STALLED),
                        new Event.AttemptExtended(ONE, FIRST.id(), LATER),
                        new Event.LeftoversCommitted(ONE, "c9"));

        for (Event event : old) {
            assertThat(after(state, event)).as("%s", event).isEqualTo(state);
        }
    }

    @Test
    void an_end_of_an_issue_set_aside_meanwhile_has_no_consequence() {
        RunState parked = after(running(), new Event.IssueParked(ONE, "a person"));
        assertThat(parked.begun(ONE).hasLiveAttempt()).as("it may still run").isTrue();

        RunState state =
                after(
                        parked,
                        new Event.AttemptEnded(ONE, FIRST.id(), Demo.finish(Demo.done(), 1, 0)));
        assertThat(state.begun(ONE).isIn(AttemptPhase.SETTLED)).isTrue();
        assertThat(state.begun(ONE).status()).isEqualTo(IssueStatus.PARKED);
    }

    @Test
    void extended_and_ending_are_noted_on_the_live_attempt() {
        RunState state =
                after(
                        running(),
                        new Event.AttemptExtended(ONE, FIRST.id(), LATER),
                        new Event.AttemptEnding(ONE, FIRST.id(), EndCause.OVERDUE));
        CurrentAttempt current = state.begun(ONE).attempt().orElseThrow();

        assertThat(current.extendedUntil()).contains(LATER);
        assertThat(current.endCause()).contains(EndCause.OVERDUE);
        assertThat(current.phase()).isEqualTo(AttemptPhase.ENDING);
    }

    @Test
    void restarts_are_counted_by_cause_and_faults_remembered_beyond_the_stage() {
        RunState failed = ended(Demo.finish(new AgentOutcome.Failed("x"), 1, 0));
        RunState state =
                after(
                        failed,
                        restart(RestartCause.FAILED, true),
                        restart(RestartCause.USAGE_LIMIT, false));

        assertThat(state.begun(ONE).retries().counted()).isEqualTo(1);
        assertThat(state.begun(ONE).retries().of(RestartCause.USAGE_LIMIT)).isEqualTo(1);
        assertThat(state.begun(ONE).retries().recent()).containsExactly(Demo.NOW);

        RunState next = after(state, new Event.StageCompleted(ONE, "implement", 0, ""));
        assertThat(next.begun(ONE).retries().counted()).isZero();
        assertThat(next.begun(ONE).retries().byCause()).isEmpty();
        assertThat(next.begun(ONE).retries().recent()).containsExactly(Demo.NOW);
    }

    @Test
    void the_memory_of_restarts_is_bounded() {
        RunState state = ended(Demo.finish(new AgentOutcome.Failed("x"), 1, 0));
        for (int i = 0; i < 100; i++) {
            state = after(state, restart(RestartCause.FAILED, true));
        }
        assertThat(state.begun(ONE).retries().recent()).hasSize(10);
    }

    @Test
    void a_finished_stage_goes_to_the_next_and_wants_its_commits_pushed() {
        RunState state =
                after(
                        ended(Demo.finish(Demo.done(), 1, 0)),
                        new Event.StageCompleted(ONE, "implement", 0, ""));

        assertThat(state.begun(ONE).stageIndex()).isEqualTo(1);
        assertThat(state.begun(ONE).stageStartCommit()).isEmpty();
        assertThat(state.begun(ONE).push().wanted()).isEqualTo("c1");
        assertThat(state.begun(ONE).push().isOpen()).isTrue();
        assertThat(state.begun(ONE).isIn(AttemptPhase.SETTLED)).isTrue();
    }

    @Test
    void a_stage_without_any_commit_wants_no_push() {
        RunState state =
                after(
                        ended(Demo.finish(Demo.done(), 0, 0)),
                        new Event.StageCompleted(ONE, "implement", 0, ""));
        assertThat(state.begun(ONE).push().isOpen()).isFalse();
    }

    @Test
    void a_push_in_flight_is_done_fails_or_is_dropped() {
        RunState wants =
                after(
                        ended(Demo.finish(Demo.done(), 1, 0)),
                        new Event.StageCompleted(ONE, "implement", 0, ""));
        RunState flying = after(wants, new Event.PushStarting(ONE, "c1"));
        assertThat(flying.begun(ONE).push().inFlight()).isTrue();

        PushState failed =
                after(flying, new Event.PushFailed(ONE, "no route", LATER)).begun(ONE).push();
        assertThat(failed.failures()).isEqualTo(1);
        assertThat(failed.notBefore()).contains(LATER);
        assertThat(failed.isOpen()).isTrue();

        PushState done = after(flying, new Event.Pushed(ONE, "demo/1", "c1")).begun(ONE).push();
        assertThat(done.isOpen()).isFalse();
        assertThat(done.inFlight()).isFalse();

        PushState skipped = after(flying, new Event.PushSkipped(ONE, "none")).begun(ONE).push();
        assertThat(skipped.isOpen()).isFalse();
    }

    @Test
    void a_push_of_an_older_commit_leaves_the_newer_one_wanted() {
        RunState state =
                after(
                        ended(Demo.finish(Demo.done(), 1, 0)),
                        new Event.StageCompleted(ONE, "implement", 0, ""),
                        new Event.Pushed(ONE, "demo/1", "c0"));
        assertThat(state.begun(ONE).push().isOpen()).isTrue();
    }

    @Test
    void committed_leftovers_count_as_a_commit_of_the_stage() {
        RunState state =
                after(
                        ended(Demo.finish(Demo.done(), 0, 3)),
                        new Event.LeftoversCommitting(ONE, "implement"),
                        new Event.LeftoversCommitted(ONE, "c9"));
        Finish finish = state.begun(ONE).finish().orElseThrow();

        assertThat(finish.commitsSinceStart()).isEqualTo(1);
        assertThat(finish.uncommitted()).isZero();
        assertThat(finish.head()).isEqualTo("c9");
        assertThat(state.begun(ONE).commits()).isEqualTo(1);
        assertThat(state.begun(ONE).isIn(AttemptPhase.ENDED)).isTrue();
    }

    @Test
    void leftovers_that_were_gone_already_are_no_commit() {
        RunState state =
                after(
                        ended(Demo.finish(Demo.done(), 0, 3)),
                        new Event.LeftoversCommitting(ONE, "implement"),
                        new Event.LeftoversCommitted(ONE, "c0"));
        assertThat(state.begun(ONE).commits()).isZero();
        assertThat(state.begun(ONE).finish().orElseThrow().commitsSinceStart()).isZero();
    }

    @Test
    void an_issue_parked_over_its_leftovers_leaves_nothing_in_flight() {
        RunState state =
                after(
                        ended(Demo.finish(Demo.done(), 0, 3)),
                        new Event.LeftoversCommitting(ONE, "implement"),
                        new Event.IssueParked(ONE, "git failed"));
        assertThat(state.begun(ONE).leftoversCommitting()).isFalse();
    }

    @Test
    void ends_of_an_issue_let_its_worker_go() {
        RunState state = ended(Demo.finish(Demo.done(), 1, 0));
        List<Event> ends =
                List.of(
                        new Event.IssueCompleted(ONE),
                        new Event.IssueFailed(ONE, "why"),
                        new Event.IssueParked(ONE, "why"),
                        new Event.IssueReturned(ONE, "why"));
        List<IssueStatus> statuses = new ArrayList<>();
        for (Event end : ends) {
            RunState over = after(state, end);
            statuses.add(over.begun(ONE).status());
            assertThat(over.begun(ONE).worker()).as("%s", end).isEmpty();
            assertThat(over.worker(1).issue()).as("%s", end).isEmpty();
            assertThat(over.begun(ONE).isIn(AttemptPhase.SETTLED)).as("%s", end).isTrue();
            assertThat(over.begun(ONE).endedAt().isPresent())
                    .as("%s", end)
                    .isEqualTo(over.begun(ONE).status().isTerminal());
        }
        assertThat(statuses)
                .containsExactly(
                        IssueStatus.COMPLETED,
                        IssueStatus.FAILED,
                        IssueStatus.PARKED,
                        IssueStatus.PENDING);
    }

    @Test
    void an_ended_issue_that_is_taken_up_again_is_no_longer_ended() {
        RunState state =
                after(assigned(ONE, 1), new Event.IssueFailed(ONE, "why"), assigned(ONE, 1));
        assertThat(state.begun(ONE).endedAt()).isEmpty();
        assertThat(state.begun(ONE).reason()).isEmpty();
    }

    @Test
    void cleaning_up_after_an_issue_that_never_began_leaves_its_defined_state() {
        Issue completed = Demo.withStatus(Demo.issue(1), IssueStatus.COMPLETED, "");
        Project project = new Demo().issues(completed).project();
        RunState state =
                after(
                        new Event.RescueTaken(ONE, "refs/x", "a file"),
                        new Event.WorktreeRemoved(ONE, "/t/1"));
        assertThat(state.issue(project, completed).status()).isEqualTo(IssueStatus.COMPLETED);
    }

    @Test
    void the_file_gives_the_state_of_an_issue_that_never_began() {
        Issue begun = Demo.withStatus(Demo.issue(1), IssueStatus.IN_PROGRESS, "review");
        Project project = new Demo().issues(begun).project();

        assertThat(RunState.EMPTY.issue(project, begun).status()).isEqualTo(IssueStatus.PENDING);
        assertThat(RunState.EMPTY.issue(project, begun).stageIndex()).isEqualTo(1);
    }

    @Test
    void windows_come_and_go_without_touching_the_issue() {
        WindowRef window = new WindowRef("1.1", "@1", "%1");
        RunState state = after(assigned(ONE, 1), new Event.WindowOpened(1, window));
        assertThat(state.worker(1).window()).contains(window);
        assertThat(after(state, new Event.WindowLost(1)).worker(1).window()).isEmpty();
        assertThat(after(state, new Event.WindowLost(1)).worker(1).issue()).contains(ONE);
    }

    @Test
    void pauses_for_the_environment_are_counted_until_something_goes_well() {
        Event pause = new Event.LaunchesPaused(PauseCause.ENVIRONMENT, Optional.of(LATER), "529");
        RunState paused = after(running(), pause, new Event.LaunchesResumed("over"), pause);
        assertThat(paused.gate().pauses()).isEqualTo(2);
        assertThat(paused.gate().cause()).contains(PauseCause.ENVIRONMENT);

        RunState well =
                after(
                        paused,
                        new Event.AttemptEnded(ONE, FIRST.id(), Demo.finish(Demo.done(), 1, 0)));
        assertThat(well.gate().pauses()).isZero();
        assertThat(well.gate().cause()).as("it is still paused").isPresent();
    }

    @Test
    void after_a_limit_one_worker_probes_but_not_after_a_persons_pause() {
        RunState limited =
                after(
                        new Event.LaunchesPaused(
                                PauseCause.USAGE_LIMIT, Optional.of(LATER), "limit"),
                        new Event.LaunchesResumed("over"));
        RunState paused =
                after(
                        new Event.LaunchesPaused(PauseCause.USER, Optional.empty(), "me"),
                        new Event.LaunchesResumed("me"));

        assertThat(limited.gate().probing()).isTrue();
        assertThat(limited.gate().isProbe(FIRST)).isTrue();
        assertThat(paused.gate().probing()).isFalse();
        assertThat(after(limited, new Event.LaunchesResumed("works")).gate().probing()).isFalse();
    }

    @Test
    void a_new_monitor_finds_nothing_in_flight() {
        RunState busy =
                after(
                        ended(Demo.finish(Demo.done(), 1, 2)),
                        new Event.LeftoversCommitting(ONE, "implement"),
                        new Event.StageCompleted(ONE, "implement", 0, ""),
                        new Event.PushStarting(ONE, "c1"),
                        assigned(TWO, 2),
                        new Event.WorktreeCreating(TWO, "main", "/t/2", "demo/2"),
                        new Event.LaunchesPaused(PauseCause.ENVIRONMENT, Optional.of(LATER), "529"),
                        new Event.RunStopping("me"));
        RunState state =
                after(
                        busy,
                        new Event.MonitorStarted(new ProcessIdentity(1, 1, "b"), "terminal", "1"));

        assertThat(state.stopping()).isFalse();
        assertThat(state.gate()).isEqualTo(LaunchGate.OPEN);
        assertThat(state.launches()).isZero();
        assertThat(state.begun(ONE).leftoversCommitting()).isFalse();
        assertThat(state.begun(ONE).push().inFlight()).isFalse();
        assertThat(state.begun(ONE).push().isOpen()).isTrue();
        assertThat(state.begun(TWO).worktree()).isEmpty();
        assertThat(state.worker(1).launched()).as("nothing lives on it").isFalse();
    }

    @Test
    void a_new_monitor_keeps_what_lives_and_what_outlives_it() {
        RunState state =
                after(
                        running(),
                        new Event.LaunchesPaused(
                                PauseCause.USAGE_LIMIT, Optional.of(LATER), "limit"),
                        new Event.MonitorStarted(new ProcessIdentity(1, 1, "b"), "terminal", "1"));

        assertThat(state.begun(ONE).isIn(AttemptPhase.RUNNING)).isTrue();
        assertThat(state.worker(1).launched()).isTrue();
        assertThat(state.worker(1).issue()).contains(ONE);
        assertThat(state.gate().cause()).contains(PauseCause.USAGE_LIMIT);
    }

    @Test
    void what_only_tells_changes_nothing() {
        RunState state = running();
        List<Event> telling =
                List.of(
                        new Event.MonitorStopped("me"),
                        new Event.SessionCreated("demo", "1.1"),
                        new Event.ConfigLoaded(List.of("demo"), 1, 1),
                        new Event.ConfigRejected(List.of("bad")),
                        new Event.RescueTaken(ONE, "refs/x", "a file"),
                        new Event.Unknown("newer", "{}"));
        for (Event event : telling) {
            assertThat(after(state, event)).as("%s", event).isEqualTo(state);
        }
    }

    @Test
    void folding_at_once_is_folding_one_by_one() {
        List<TimedEvent> events = new ArrayList<>();
        List<Event> story =
                List.of(
                        assigned(ONE, 1),
                        ready(ONE),
                        new Event.AttemptStarting(FIRST),
                        new Event.AttemptStarted(ONE, FIRST.id()),
                        new Event.AttemptEnded(ONE, FIRST.id(), Demo.finish(Demo.done(), 1, 0)),
                        new Event.StageCompleted(ONE, "implement", 0, ""));
        RunState one = RunState.EMPTY;
        for (int i = 0; i < story.size(); i++) {
            Instant at = Demo.NOW.plus(Duration.ofSeconds(i));
            events.add(new TimedEvent(i + 1L, at, story.get(i), Optional.empty()));
            one = one.apply(at, story.get(i));
        }
        assertThat(RunState.EMPTY.applyAll(events)).isEqualTo(one);
    }

    @Test
    void a_clock_that_is_set_back_lets_every_wait_be_as_long_as_it_was() {
        Duration day = Duration.ofDays(1);
        RunState state =
                after(
                        running(),
                        restart(RestartCause.FAILED, true),
                        new Event.PushFailed(ONE, "no network", LATER),
                        new Event.LaunchesPaused(
                                PauseCause.ENVIRONMENT, Optional.of(LATER), "overloaded"),
                        new Event.ClockSetBack(day.toMillis()));
        IssueState issue = state.begun(ONE);

        assertThat(state.gate().until()).contains(LATER.minus(day));
        assertThat(issue.restart().map(PlannedRestart::notBefore)).contains(LATER.minus(day));
        assertThat(issue.push().notBefore()).contains(LATER.minus(day));
        assertThat(issue.retries().recent()).containsExactly(Demo.NOW.minus(day));
        assertThat(issue.attempt().orElseThrow().attempt().startedAt())
                .isEqualTo(FIRST.startedAt().minus(day));
    }

    @Test
    void what_was_committed_by_a_stage_that_did_not_finish_is_pushed_when_the_issue_is_completed() {
        Finish finish =
                new Finish(
                        Optional.of(1),
                        new AgentOutcome.Failed("exit 1"),
                        "c7",
                        1,
                        1,
                        0,
                        Usage.NONE);
        RunState state = after(ended(finish), new Event.IssueCompleted(ONE));

        assertThat(state.begun(ONE).push().wanted()).isEqualTo("c7");
        assertThat(state.begun(ONE).isActive()).isTrue();
    }
}
