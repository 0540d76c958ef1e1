package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Decision;
import orchestrator.model.Demo;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueStatus;
import orchestrator.model.Limits;
import orchestrator.model.PauseCause;
import orchestrator.model.RestartCause;
import orchestrator.model.Stage;
import orchestrator.model.Timings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows the end of an attempt: the rows of the decision table. */
class EndRuleTest {
    private static final Stage MUST = new Stage("implement", true);
    private static final Stage MAY = new Stage("review", false);

    private final Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));

    private static Story story(Demo demo) {
        return new Story(demo);
    }

    private Event.RestartPlanned restart() {
        return story.decided(Event.RestartPlanned.class).getFirst();
    }

    @Test
    void finished_well_goes_to_the_next_stage_on_the_same_worker_and_pushes() {
        story.run(1);
        List<Event> decided = story.ends(1, Demo.finish(Demo.done(), 1, 0));

        assertThat(decided)
                .hasExactlyElementsOfTypes(
                        Event.StageCompleted.class,
                        Event.PushStarting.class,
                        Event.AttemptStarting.class);
        Attempt next = story.issue(1).attempt().orElseThrow().attempt();
        assertThat(next.stage()).isEqualTo("review");
        assertThat(next.worker()).isEqualTo(1);
        assertThat(next.number()).isEqualTo(2);
        assertThat(next.kind()).isEqualTo(AttemptKind.FIRST);
        assertThat(next.startCommit()).isEqualTo("c1");
    }

    @Test
    void after_the_last_stage_the_issue_is_completed_and_its_worker_takes_the_next() {
        Story two = story(new Demo().issues(Demo.issue(1), Demo.issue(2)).workers(1).stages(MAY));
        two.run(1);
        two.ends(1, Demo.finish(Demo.done(), 0, 0));

        assertThat(two.issue(1).status()).isEqualTo(IssueStatus.COMPLETED);
        assertThat(two.issue(2).worker()).hasValue(1);
    }

    @Test
    void a_stage_that_need_not_commit_is_finished_without_a_commit() {
        Story may = story(new Demo().issues(Demo.issue(1)).stages(MAY, MUST));
        may.run(1);
        may.ends(1, Demo.finish(Demo.done(), 0, 2));
        assertThat(may.decided(Event.StageCompleted.class).getFirst().note())
                .isEqualTo("without a commit");
    }

    @Test
    void a_stage_that_must_commit_and_did_not_is_run_again_once_with_that_hint() {
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 0, 2));

        assertThat(restart().cause()).isEqualTo(RestartCause.NO_COMMIT);
        assertThat(restart().counted()).isFalse();
        assertThat(restart().kind()).isEqualTo(AttemptKind.CONTINUE);
        assertThat(restart().hint()).contains("2 changed files were left uncommitted");
    }

    @Test
    void the_second_time_leftovers_are_committed_and_it_goes_on() {
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 0, 2));
        story.run(1);
        assertThat(story.ends(1, Demo.finish(Demo.done(), 0, 2)))
                .hasExactlyElementsOfTypes(Event.LeftoversCommitting.class);
        assertThat(story.decide()).as("it waits for the commit").isEmpty();

        story.happens(new Event.LeftoversCommitted(Demo.id(1), "c7"));
        story.decide();
        assertThat(story.issue(1).stageIndex()).isEqualTo(1);
        assertThat(story.decided(Event.PushStarting.class).getFirst().commit()).isEqualTo("c7");
    }

    @Test
    void the_second_time_without_anything_to_commit_it_goes_on_and_says_so() {
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 0, 0));
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 0, 0));
        assertThat(story.decided(Event.StageCompleted.class).getFirst().note())
                .isEqualTo("without a commit");
    }

    @Test
    void a_commit_of_an_earlier_attempt_of_the_stage_counts() {
        story.run(1);
        story.ends(1, Demo.finish(new AgentOutcome.Failed("x"), 1, 0));
        Attempt second = story.run(1);
        assertThat(story.issue(1).stageStartCommit()).isEqualTo("c0");
        assertThat(second.startCommit()).isEqualTo("c1");
        story.ends(1, Demo.finish(Demo.done(), 1, 0));
        assertThat(story.issue(1).stageIndex()).isEqualTo(1);
    }

    static Stream<AgentOutcome> failures() {
        return Stream.of(
                new AgentOutcome.Failed("exit 3"),
                new AgentOutcome.Interrupted(),
                new AgentOutcome.Vanished("no exit"),
                new AgentOutcome.OwnLimit("max turns"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_restarts_with_the_progress_and_uses_a_retry(AgentOutcome outcome) {
        story.run(1);
        story.ends(1, outcome);

        // What vanished was cut off, not at fault: its session may go on.
        AttemptKind kind =
                outcome instanceof AgentOutcome.Vanished
                        ? AttemptKind.RESUME
                        : AttemptKind.CONTINUE;
        assertThat(restart().kind()).isEqualTo(kind);
        assertThat(restart().cause()).isEqualTo(RestartCause.FAILED);
        assertThat(restart().counted()).isTrue();
        Attempt again = story.run(1);
        assertThat(again.stage()).isEqualTo("implement");
        assertThat(again.worker()).isEqualTo(1);
        assertThat(again.number()).isEqualTo(2);
        assertThat(again.kind()).isEqualTo(kind);
    }

    @Test
    void an_end_without_work_restarts_fresh() {
        story.run(1);
        story.ends(1, new AgentOutcome.NoWork("zero turns"));
        assertThat(restart().kind()).isEqualTo(AttemptKind.FRESH);
        assertThat(restart().cause()).isEqualTo(RestartCause.NO_WORK);
        assertThat(restart().counted()).isTrue();
    }

    @Test
    void a_crash_without_work_restarts_fresh_three_times_then_gives_the_issue_back() {
        for (int crash = 1; crash <= 3; crash++) {
            story.run(1);
            story.ends(1, new AgentOutcome.CrashedEmpty("No messages returned"));
            assertThat(restart().kind()).isEqualTo(AttemptKind.FRESH);
            assertThat(restart().counted()).isFalse();
        }
        story.run(1);
        story.ends(1, new AgentOutcome.CrashedEmpty("No messages returned"));
        assertThat(story.last.getFirst().event()).isInstanceOf(Event.IssueReturned.class);
    }

    @Test
    void retries_used_up_go_to_the_next_stage_with_what_is_committed() {
        Story one =
                story(
                        new Demo()
                                .issues(Demo.issue(1))
                                .limits(new Limits(1, Limits.DEFAULT.stallTimeout(), HOUR)));
        one.run(1);
        one.ends(1, Demo.finish(new AgentOutcome.Failed("x"), 1, 0));
        one.run(1);
        one.ends(1, Demo.finish(new AgentOutcome.Failed("x"), 1, 0));

        assertThat(one.decided(Event.StageCompleted.class).getFirst().note())
                .contains("retries used up");
        assertThat(one.why()).contains("1 of 1 retries");
        assertThat(one.issue(1).retries().counted()).isZero();
    }

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void retries_used_up_without_a_commit_fail_the_issue() {
        Story none =
                story(
                        new Demo()
                                .issues(Demo.issue(1))
                                .limits(new Limits(0, Limits.DEFAULT.stallTimeout(), HOUR)));
        none.run(1);
        none.ends(1, new AgentOutcome.Failed("exit 3"));
        assertThat(none.issue(1).status()).isEqualTo(IssueStatus.FAILED);
        assertThat(none.issue(1).reason()).contains("exit 3");
        assertThat(none.decide()).isEmpty();
    }

    @Test
    void the_issues_budget_of_retries_is_exactly_max_retries() {
        int attempts = 0;
        Story slow = story(new Demo().issues(Demo.issue(1)));
        while (attempts == 0 || slow.issue(1).status() == IssueStatus.IN_PROGRESS) {
            slow.run(1);
            attempts++;
            slow.later(HOUR).ends(1, new AgentOutcome.Failed("x"));
        }
        assertThat(attempts).isEqualTo(1 + Limits.DEFAULT.maxRetries());
    }

    @Test
    void more_than_three_restarts_in_ten_minutes_park_it() {
        Story loop =
                story(
                        new Demo()
                                .issues(Demo.issue(1))
                                .limits(new Limits(9, Limits.DEFAULT.stallTimeout(), HOUR)));
        for (int restart = 1; restart <= 3; restart++) {
            loop.run(1);
            loop.seconds(30).ends(1, new AgentOutcome.Failed("x"));
            assertThat(loop.issue(1).status()).isEqualTo(IssueStatus.IN_PROGRESS);
        }
        loop.run(1);
        loop.seconds(30).ends(1, new AgentOutcome.Failed("x"));
        assertThat(loop.issue(1).status()).isEqualTo(IssueStatus.PARKED);
        assertThat(loop.why()).contains("crash loop").contains("3 restarts in 10 min");
    }

    @Test
    void restarts_that_are_further_apart_are_no_crash_loop() {
        Story slow =
                story(
                        new Demo()
                                .issues(Demo.issue(1))
                                .limits(new Limits(9, Limits.DEFAULT.stallTimeout(), HOUR)));
        for (int restart = 1; restart <= 9; restart++) {
            slow.run(1);
            slow.seconds(210).ends(1, new AgentOutcome.Failed("x"));
            assertThat(slow.issue(1).status()).isEqualTo(IssueStatus.IN_PROGRESS);
        }
    }

    @Test
    void a_prompt_too_long_parks_with_the_reason() {
        story.run(1);
        story.ends(1, new AgentOutcome.PromptTooLong("213,000 tokens"));
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.PARKED);
        assertThat(story.issue(1).reason()).contains("213,000 tokens");
    }

    // ── limits, overload, account ──────────────────────────────────────────────────────────

    private static Story three() {
        Story story =
                story(
                        new Demo()
                                .issues(Demo.issue(1), Demo.issue(2), Demo.issue(3))
                                .workers(3)
                                .stages(MAY));
        story.run(1);
        story.run(2);
        story.run(3);
        return story;
    }

    @Test
    void a_usage_limit_pauses_all_launches_until_the_reset_and_burns_no_retry() {
        Story story = three();
        Instant reset = story.now.plusSeconds(3600);
        story.ends(1, new AgentOutcome.UsageLimit(Optional.of(reset), "5-hour limit"));

        Event.LaunchesPaused pause = story.decided(Event.LaunchesPaused.class).getFirst();
        assertThat(pause.cause()).isEqualTo(PauseCause.USAGE_LIMIT);
        assertThat(pause.until().orElseThrow()).isBetween(reset, reset.plusSeconds(31));
        assertThat(story.issue(1).retries().counted()).isZero();

        story.ends(2, new AgentOutcome.Failed("x"));
        assertThat(story.decided(Event.AttemptStarting.class)).as("paused").isEmpty();
        story.seconds(3500);
        assertThat(story.decide()).isEmpty();
    }

    @Test
    void after_the_reset_one_worker_probes_and_the_rest_follow_once_it_works() {
        Story story = three();
        AgentOutcome limit =
                new AgentOutcome.UsageLimit(Optional.of(story.now.plusSeconds(600)), "limit");
        story.ended(1, Demo.finish(limit, 0, 0));
        story.ended(2, Demo.finish(limit, 0, 0));
        story.ended(3, Demo.finish(limit, 0, 0));
        story.decide();
        story.seconds(640).decide();
        List<Event.AttemptStarting> probe = story.decided(Event.AttemptStarting.class);
        assertThat(probe).hasSize(1);

        Attempt attempt = probe.getFirst().attempt();
        story.happens(new Event.AttemptStarted(attempt.issue(), attempt.id()));
        story.seen(attempt, new Story.Sight().output(story.now));
        assertThat(story.decide()).as("it has said nothing itself yet").isEmpty();
        story.seen(attempt, new Story.Sight().output(story.now).worked());
        story.decide();
        assertThat(story.decided(Event.LaunchesResumed.class)).hasSize(1);
        assertThat(story.decided(Event.AttemptStarting.class)).hasSize(2);
    }

    @Test
    void what_has_run_since_before_the_limit_is_no_probe_and_holds_none_up() {
        Story story = three();
        Attempt old = story.issue(3).attempt().orElseThrow().attempt();
        AgentOutcome limit =
                new AgentOutcome.UsageLimit(Optional.of(story.now.plusSeconds(600)), "limit");
        story.ended(1, Demo.finish(limit, 0, 0));
        story.ended(2, Demo.finish(limit, 0, 0));
        story.decide();
        story.seconds(640);
        story.seen(old, new Story.Sight().output(story.now).worked());
        story.decide();

        assertThat(story.decided(Event.AttemptStarting.class)).hasSize(1);
        assertThat(story.state.gate().probing()).isTrue();
    }

    @Test
    void a_probe_that_meets_the_limit_again_pauses_again() {
        Story story = three();
        AgentOutcome limit = new AgentOutcome.UsageLimit(Optional.empty(), "limit");
        story.ended(1, Demo.finish(limit, 0, 0));
        story.ended(2, Demo.finish(limit, 0, 0));
        story.ended(3, Demo.finish(limit, 0, 0));
        story.decide();
        story.seconds(400).decide();
        int probe = story.decided(Event.AttemptStarting.class).getFirst().issue().number();
        story.seconds(5).ends(probe, limit);
        assertThat(story.state.gate().cause()).contains(PauseCause.USAGE_LIMIT);
        assertThat(story.decided(Event.AttemptStarting.class)).isEmpty();
    }

    @Test
    void a_reset_that_is_past_or_unknown_is_asked_again_after_five_minutes() {
        for (Optional<Instant> reset :
                List.of(Optional.<Instant>empty(), Optional.of(Demo.NOW.minusSeconds(60)))) {
            Story story = story(new Demo().issues(Demo.issue(1)));
            story.run(1);
            story.ends(1, new AgentOutcome.UsageLimit(reset, ""));
            assertThat(story.state.gate().until().orElseThrow())
                    .isBetween(story.now.plusSeconds(300), story.now.plusSeconds(331));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,10", "1,20", "2,40", "3,80", "4,160", "5,300", "9,300", "500,300"})
    void overload_backs_off_from_ten_seconds_doubling_to_three_hundred(int pauses, long seconds) {
        assertThat(RetryRule.backoff(Timings.DEFAULT, pauses)).hasSeconds(seconds);
    }

    @Test
    void overload_in_a_row_waits_longer_each_time_and_burns_no_retry() {
        Instant from = story.now;
        for (long wait : List.of(10, 20, 40, 80)) {
            story.run(1);
            from = story.now;
            story.ends(1, new AgentOutcome.Overloaded("529"));
            assertThat(story.state.gate().until()).contains(from.plusSeconds(wait));
            assertThat(restart().cause()).isEqualTo(RestartCause.ENVIRONMENT);
            story.seconds(wait - 1);
            assertThat(story.decide()).isEmpty();
            story.seconds(1);
        }
        assertThat(story.issue(1).retries().counted()).isZero();
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.IN_PROGRESS);
    }

    @Test
    void several_workers_that_meet_one_overload_wait_once() {
        Story story = three();
        story.ends(1, new AgentOutcome.Overloaded("529"));
        story.seconds(1).ends(2, new AgentOutcome.Network("refused"));
        story.seconds(1).ends(3, new AgentOutcome.Overloaded("529"));

        assertThat(story.state.gate().until()).contains(Demo.NOW.plusSeconds(10));
        assertThat(story.state.gate().pauses()).isEqualTo(1);
        assertThat(story.issue(3).restart().orElseThrow().notBefore())
                .isEqualTo(Demo.NOW.plusSeconds(10));
    }

    static Stream<AgentOutcome> account() {
        return Stream.of(
                new AgentOutcome.NotLoggedIn("run /login"),
                new AgentOutcome.NoCredit("balance"),
                new AgentOutcome.BadAgentConfig("broken"));
    }

    @ParameterizedTest
    @MethodSource("account")
    void a_closed_account_stops_launches_with_one_message_and_burns_no_retry(AgentOutcome o) {
        Story story = three();
        story.ends(1, o);
        assertThat(story.decided(Event.LaunchesPaused.class)).hasSize(1);
        assertThat(story.state.gate().cause()).contains(PauseCause.ACCOUNT);
        story.seconds(2).ends(2, o);
        assertThat(story.decided(Event.LaunchesPaused.class)).as("told once").isEmpty();
        assertThat(story.issue(2).retries().counted()).isZero();
        story.seconds(300).decide();
        assertThat(story.decided(Event.AttemptStarting.class)).as("one probes").hasSize(1);
    }

    @Test
    void a_persons_pause_is_not_replaced_by_a_limit() {
        story.run(1);
        story.happens(new Event.LaunchesPaused(PauseCause.USER, Optional.empty(), "me"));
        story.ends(1, new AgentOutcome.Overloaded("529"));
        assertThat(story.state.gate().userPause()).contains("me");
        story.later(HOUR).decide();
        assertThat(story.decided(Event.AttemptStarting.class)).isEmpty();
    }

    @Test
    void a_longer_pause_is_not_cut_short() {
        Story story = three();
        story.ends(
                1, new AgentOutcome.UsageLimit(Optional.of(story.now.plusSeconds(3600)), "limit"));
        Optional<Instant> until = story.state.gate().until();
        story.ends(2, new AgentOutcome.Overloaded("529"));
        assertThat(story.state.gate().until()).isEqualTo(until);
        assertThat(story.state.gate().cause()).contains(PauseCause.USAGE_LIMIT);
    }

    // ── ended by us ────────────────────────────────────────────────────────────────────────

    private List<Event> endedByUs(EndCause cause, AgentOutcome outcome, int commits) {
        Attempt attempt = story.run(1);
        story.happens(new Event.AttemptEnding(attempt.issue(), attempt.id(), cause));
        return story.ends(1, Demo.finish(outcome, commits, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = EndCause.class,
            names = {"STALLED", "OVERDUE"})
    void stalled_and_overdue_restart_with_the_progress(EndCause cause) {
        endedByUs(cause, new AgentOutcome.Vanished("killed"), 0);
        assertThat(restart().cause()).isEqualTo(RestartCause.STALLED);
        assertThat(restart().kind()).isEqualTo(AttemptKind.CONTINUE);
        assertThat(restart().counted()).isTrue();
        assertThat(story.why())
                .contains("ended by us: " + cause.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void a_silent_start_is_restarted_fresh_three_times_then_counts_as_a_failure() {
        for (int i = 0; i < 3; i++) {
            story.later(HOUR);
            endedByUs(EndCause.SILENT_START, new AgentOutcome.Vanished("killed"), 0);
            assertThat(restart().kind()).isEqualTo(AttemptKind.FRESH);
            assertThat(restart().counted()).isFalse();
        }
        story.later(HOUR);
        endedByUs(EndCause.SILENT_START, new AgentOutcome.Vanished("killed"), 0);
        assertThat(restart().counted()).isTrue();
    }

    @Test
    void what_lingered_after_its_result_counts() {
        endedByUs(EndCause.LINGERING, Demo.done(), 1);
        assertThat(story.issue(1).stageIndex()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = EndCause.class,
            names = {"STALLED", "OVERDUE", "SILENT_START", "RUN_STOPPING"})
    void what_finished_well_just_before_we_ended_it_counts(EndCause cause) {
        endedByUs(cause, Demo.done(), 1);
        assertThat(story.issue(1).stageIndex()).isEqualTo(1);
    }

    @Test
    void what_a_stop_ended_goes_on_later_and_burns_no_retry() {
        endedByUs(EndCause.RUN_STOPPING, new AgentOutcome.Interrupted(), 0);
        assertThat(restart().cause()).isEqualTo(RestartCause.RESUMED);
        assertThat(restart().kind()).isEqualTo(AttemptKind.RESUME);
        assertThat(restart().counted()).isFalse();
    }

    @Test
    void what_a_person_restarts_burns_no_retry() {
        endedByUs(EndCause.USER_RESTART, Demo.done(), 1);
        assertThat(restart().cause()).isEqualTo(RestartCause.USER);
        assertThat(restart().counted()).isFalse();
    }

    @Test
    void every_decision_about_an_end_names_its_facts() {
        story.run(1);
        story.ends(1, Demo.finish(new AgentOutcome.Failed("exit 3"), 2, 4));
        Decision decision = story.last.getFirst();
        assertThat(decision.why().facts())
                .contains(
                        "exit 1",
                        "failed: exit 3",
                        "2 commits in this stage",
                        "4 uncommitted files",
                        "retry 0 of 3");
    }

    @Test
    void an_end_without_gits_word_is_told_from_one_with_it() {
        story.run(1);
        Finish unknown = Story.finish(new AgentOutcome.Failed("git could not tell"), "", 0, 0, 0);
        story.ends(1, unknown);
        assertThat(story.issue(1).worktree().orElseThrow().head())
                .as("the last known head stays")
                .isEqualTo("c0");
    }
}
