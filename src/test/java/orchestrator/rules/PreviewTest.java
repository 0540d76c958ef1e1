package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.WaveBounds.Refusal;
import org.junit.jupiter.api.Test;

/** What a move would change: what starts, what waits, what is refused, when all is done. */
class PreviewTest {
    private static final StageTimes.Measured TEN_MINUTES =
            new StageTimes.Measured(
                    Map.of("implement", Duration.ofMinutes(10)),
                    Optional.of(Duration.ofMinutes(10)),
                    4);

    private static Preview preview(
            WorkspaceConfig config, RunState state, int wave, Move.Spot spot, int... numbers) {
        List<IssueId> ids = new ArrayList<>();
        for (int number : numbers) {
            ids.add(Demo.id(number));
        }
        return Preview.of(config, state, TEN_MINUTES, Demo.NOW, new Move(ids, wave, spot));
    }

    private static Preview preview(WorkspaceConfig config, RunState state, int wave, int number) {
        return preview(config, state, wave, new Move.Spot.ByPriority(), number);
    }

    private static WorkspaceConfig chain() {
        return new Demo()
                .workers(1)
                .issues(
                        Demo.ordered(1, 2, 1),
                        Demo.ordered(2, 2, 1, 1),
                        Demo.ordered(3, 4, 1, 2),
                        Demo.ordered(4, 3, 1))
                .config();
    }

    @Test
    void what_starts_now_is_what_the_workers_would_be_given() {
        Preview preview = preview(chain(), RunState.EMPTY, 1, 4);
        assertThat(preview.before().startsNow()).containsExactly(Demo.id(1));
        assertThat(preview.after().startsNow()).containsExactly(Demo.id(4));
        assertThat(preview.refusal()).isEmpty();
        assertThat(preview.after().forecast().starts())
                .containsExactly(Demo.id(4), Demo.id(1), Demo.id(2), Demo.id(3));
        assertThat(preview.after().criticalPath())
                .containsExactly(Demo.id(1), Demo.id(2), Demo.id(3));
    }

    @Test
    void what_waits_names_what_it_waits_for() {
        assertThat(preview(chain(), RunState.EMPTY, 3, 2).waiting())
                .containsExactly(new Preview.Waiting(Demo.id(2), List.of(Demo.id(1))));
    }

    @Test
    void a_wave_before_what_it_depends_on_or_behind_what_depends_on_it_refuses() {
        assertThat(preview(chain(), RunState.EMPTY, 1, 2).refusal())
                .contains(
                        new Refusal.BeforeDependency(
                                new WaveBounds.Bound(2, Demo.id(2), Demo.id(1))));
        assertThat(preview(chain(), RunState.EMPTY, 5, 2).refusal())
                .contains(
                        new Refusal.AfterDependent(
                                new WaveBounds.Bound(4, Demo.id(2), Demo.id(3))));
        assertThat(preview(chain(), RunState.EMPTY, 4, 2).refusal()).isEmpty();
    }

    @Test
    void between_two_waves_refuses_where_one_of_them_would() {
        Move.Spot behind = new Move.Spot.Behind();
        assertThat(preview(chain(), RunState.EMPTY, 1, behind, 2).refusal())
                .as("before the wave of what it depends on")
                .contains(
                        new Refusal.BeforeDependency(
                                new WaveBounds.Bound(2, Demo.id(2), Demo.id(1))));
        assertThat(preview(chain(), RunState.EMPTY, 2, behind, 2).refusal()).isEmpty();
        assertThat(preview(chain(), RunState.EMPTY, 3, behind, 2).refusal()).isEmpty();
        assertThat(preview(chain(), RunState.EMPTY, 4, behind, 2).refusal())
                .as("behind the wave of what depends on it")
                .contains(
                        new Refusal.AfterDependent(
                                new WaveBounds.Bound(4, Demo.id(2), Demo.id(3))));
    }

    @Test
    void what_is_moved_along_or_completed_refuses_nothing() {
        assertThat(preview(chain(), RunState.EMPTY, 1, new Move.Spot.Last(), 1, 2, 3).refusal())
                .isEmpty();
        RunState done = RunState.EMPTY.apply(Demo.NOW, new Event.IssueCompleted(Demo.id(1)));
        assertThat(preview(chain(), done, 1, 2).refusal()).isEmpty();
    }

    @Test
    void what_is_upside_down_already_may_stay_or_mend_but_not_worsen() {
        WorkspaceConfig upsideDown =
                new Demo().issues(Demo.ordered(1, 5, 1), Demo.ordered(2, 3, 1, 1)).config();
        assertThat(preview(upsideDown, RunState.EMPTY, 3, 2).refusal()).isEmpty();
        assertThat(preview(upsideDown, RunState.EMPTY, 4, 2).refusal()).isEmpty();
        assertThat(preview(upsideDown, RunState.EMPTY, 2, 2).refusal()).isPresent();
        assertThat(preview(upsideDown, RunState.EMPTY, 4, 1).refusal()).isEmpty();
        assertThat(preview(upsideDown, RunState.EMPTY, 6, 1).refusal()).isPresent();
    }

    @Test
    void numbers_that_are_no_waves_refuse() {
        assertThat(preview(chain(), RunState.EMPTY, -1, 4).refusal())
                .contains(new Refusal.NoSuchWave(-1));
        assertThat(preview(chain(), RunState.EMPTY, 1_000_001, 4).refusal()).isPresent();
    }

    @Test
    void what_runs_and_what_has_ended_is_told_apart() {
        RunState state =
                RunState.EMPTY
                        .apply(Demo.NOW, new Event.IssueAssigned(Demo.id(1), 1, 0, "implement"))
                        .apply(Demo.NOW, new Event.IssueParked(Demo.id(4), "later"));
        Preview preview = preview(chain(), state, 4, new Move.Spot.Last(), 1, 2, 4);
        assertThat(preview.running()).containsExactly(Demo.id(1));
        assertThat(preview.ended()).containsExactly(Demo.id(4));
        assertThat(preview.waiting())
                .extracting(Preview.Waiting::issue)
                .containsExactly(Demo.id(2));
    }

    // ── The finish ────────────────────────────────────────────────────────────────────

    private static Forecast forecast(Demo demo, RunState state) {
        return Forecast.of(demo.config(), state, TEN_MINUTES, Demo.NOW);
    }

    private static Instant in(long minutes) {
        return Demo.NOW.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void with_more_workers_it_is_done_sooner_as_far_as_dependencies_allow() {
        Issue[] issues = {
            Demo.issue(1), Demo.issue(2, 1), Demo.issue(3), Demo.issue(4), Demo.issue(5)
        };
        assertThat(forecast(new Demo().issues(issues).workers(1), RunState.EMPTY).finish())
                .contains(in(100));
        assertThat(forecast(new Demo().issues(issues).workers(2), RunState.EMPTY).finish())
                .contains(in(60));
        assertThat(forecast(new Demo().issues(issues).workers(9), RunState.EMPTY).finish())
                .as("a chain of two")
                .contains(in(40));
    }

    @Test
    void what_shares_something_exclusive_never_runs_together() {
        Issue a = Demo.with(Demo.issue(1), Set.of("db"), OptionalDouble.empty());
        Issue b = Demo.with(Demo.issue(2), Set.of("db"), OptionalDouble.empty());
        assertThat(forecast(new Demo().issues(a, b).workers(2), RunState.EMPTY).finish())
                .contains(in(40));
    }

    @Test
    void what_waits_for_what_failed_is_not_counted_but_told() {
        RunState failed =
                RunState.EMPTY
                        .apply(Demo.NOW, new Event.IssueAssigned(Demo.id(1), 1, 0, "implement"))
                        .apply(Demo.NOW, new Event.IssueFailed(Demo.id(1), "no"));
        Forecast forecast =
                forecast(
                        new Demo()
                                .issues(Demo.issue(1), Demo.issue(2, 1), Demo.issue(3))
                                .workers(2),
                        failed);
        assertThat(forecast.finish()).contains(in(20));
        assertThat(forecast.unreachable()).isEqualTo(1);
        assertThat(forecast.starts()).containsExactly(Demo.id(3));
    }

    @Test
    void a_stage_that_goes_on_for_a_while_takes_only_its_rest() {
        RunState running =
                RunState.EMPTY
                        .apply(Demo.NOW, new Event.IssueAssigned(Demo.id(1), 1, 0, "implement"))
                        .apply(Demo.NOW, new Event.AttemptStarting(Demo.attempt(1, 1, 1)));
        Demo demo = new Demo().issues(Demo.issue(1)).workers(1);
        assertThat(Forecast.of(demo.config(), running, TEN_MINUTES, in(6)).finish())
                .as("4 minutes of implement, 10 of review")
                .contains(in(20));
        assertThat(Forecast.of(demo.config(), running, TEN_MINUTES, in(60)).finish())
                .as("overdue: a tenth of its usual time more")
                .contains(in(71));
    }

    @Test
    void nothing_measured_promises_nothing_but_tells_the_order() {
        Forecast forecast =
                Forecast.of(chain(), RunState.EMPTY, StageTimes.Measured.NOTHING, Demo.NOW);
        assertThat(forecast.finish()).isEmpty();
        assertThat(forecast.starts()).first().isEqualTo(Demo.id(1));
        assertThat(forecast.starts()).hasSize(4);
    }

    @Test
    void nothing_left_has_no_finish() {
        Issue done = Demo.withStatus(Demo.issue(1), IssueStatus.COMPLETED, "");
        assertThat(forecast(new Demo().issues(done), RunState.EMPTY).finish()).isEmpty();
    }

    @Test
    void a_thousand_issues_take_a_moment() {
        Demo demo = new Demo().workers(20);
        for (int number = 1; number <= 1000; number++) {
            demo.issues(
                    number > 40
                            ? Demo.ordered(number, number / 100, 0, number - 40, number - 37)
                            : Demo.ordered(number, 0, 0));
        }
        WorkspaceConfig config = demo.config();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            assertThat(preview(config, RunState.EMPTY, 9, 700).after().forecast().starts())
                    .hasSize(1000);
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(Duration.ofNanos(best)).as("best of 20").isLessThan(Duration.ofMillis(100));
    }

    // ── Measured times ────────────────────────────────────────────────────────────────

    private static StageTimes.Measured measured(Object... minutesAndEvents) {
        StageTimes times = new StageTimes();
        for (int i = 0; i < minutesAndEvents.length; i += 2) {
            times.take(
                    new TimedEvent(
                            i + 1,
                            in((Integer) minutesAndEvents[i]),
                            (Event) minutesAndEvents[i + 1],
                            Optional.empty()));
        }
        return times.measured();
    }

    private static Event begins(int issue, int attempt) {
        return new Event.AttemptStarting(Demo.attempt(issue, attempt, 1));
    }

    private static Event done(int issue, String stage) {
        return new Event.StageCompleted(Demo.id(issue), stage, 0, "");
    }

    @Test
    void a_stage_is_measured_from_its_first_attempt_and_the_median_counts() {
        StageTimes.Measured measured =
                measured(
                        0,
                        begins(1, 1),
                        5,
                        begins(1, 2),
                        8,
                        done(1, "implement"),
                        0,
                        begins(2, 1),
                        2,
                        done(2, "implement"),
                        0,
                        begins(3, 1),
                        90,
                        done(3, "implement"),
                        8,
                        begins(1, 3),
                        10,
                        done(1, "review"));
        assertThat(measured.likely("implement")).contains(Duration.ofMinutes(8));
        assertThat(measured.likely("review")).contains(Duration.ofMinutes(2));
        assertThat(measured.likely("document"))
                .as("never seen: as stages do here")
                .contains(Duration.ofMinutes(5));
        assertThat(measured.stages()).isEqualTo(4);
    }

    @Test
    void what_was_cut_in_two_is_not_measured() {
        assertThat(
                        measured(
                                        0, begins(1, 1),
                                        5, new Event.IssueParked(Demo.id(1), "later"),
                                        900, done(1, "implement"),
                                        900, begins(2, 1),
                                        905, new Event.RunStopping("home"),
                                        2000, done(2, "implement"))
                                .likely("implement"))
                .isEmpty();
    }
}
