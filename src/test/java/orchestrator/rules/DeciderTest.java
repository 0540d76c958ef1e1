package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.Demo;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.Stage;
import org.junit.jupiter.api.Test;

/** Workers, starts, pushes, pauses and the stop: the table beyond an attempt's own life. */
class DeciderTest {
    private static final Stage MAY = new Stage("review", false);

    private static Story two() {
        return new Story(new Demo().issues(Demo.issue(1), Demo.issue(2)).workers(2));
    }

    @Test
    void an_idle_worker_takes_an_issue_and_asks_for_its_worktree() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        assertThat(story.decide())
                .containsExactly(
                        new Event.IssueAssigned(Demo.id(1), 1, 0, "implement"),
                        new Event.WorktreeCreating(
                                Demo.id(1), "main", "/demo/trees/issue-1", "demo/issue-1"));
        assertThat(story.decide()).as("it waits for the worktree").isEmpty();
    }

    @Test
    void an_attempt_starts_once_its_worktree_is_ready_from_the_branchs_commit() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        Attempt attempt = story.run(1);
        assertThat(attempt.startCommit()).isEqualTo("c0");
        assertThat(attempt.number()).isEqualTo(1);
        assertThat(attempt.worker()).isEqualTo(1);
        assertThat(story.decide()).isEmpty();
    }

    @Test
    void the_same_attempt_has_the_same_names_and_another_one_others() {
        Attempt one = two().run(1);
        Attempt again = two().run(1);
        Attempt other = two().run(2);
        assertThat(again.id()).isEqualTo(one.id());
        assertThat(again.sessionId()).isEqualTo(one.sessionId()).isNotEqualTo(one.id());
        assertThat(other.id()).isNotEqualTo(one.id());
        Story elsewhere = two();
        elsewhere.happens(new Event.WorkspaceOpened("another"));
        assertThat(elsewhere.run(1).id()).isNotEqualTo(one.id());
    }

    @Test
    void first_launches_are_staggered_and_later_ones_are_not() {
        Story story =
                new Story(
                        new Demo()
                                .issues(Demo.issue(1), Demo.issue(2), Demo.issue(3))
                                .workers(3)
                                .stagger(Duration.ofSeconds(30)));
        story.run(1);
        story.decide();
        assertThat(story.decided(Event.AttemptStarting.class)).isEmpty();
        assertThat(Decider.nextDue(story.config, story.state, story.now).orElseThrow())
                .isBetween(story.now.plusSeconds(30), story.now.plusSeconds(31));

        story.seconds(29);
        assertThat(story.decide()).isEmpty();
        story.seconds(1).decide();
        assertThat(story.decided(Event.AttemptStarting.class)).hasSize(1);
        assertThat(story.ends(1, Demo.finish(Demo.done(), 1, 0)))
                .as("the next stage of the first worker does not wait")
                .hasAtLeastOneElementOfType(Event.AttemptStarting.class);
    }

    @Test
    void dependents_begin_when_what_they_depend_on_is_completed() {
        Story story =
                new Story(
                        new Demo().issues(Demo.issue(1), Demo.issue(2, 1)).workers(2).stages(MAY));
        story.run(1);
        assertThat(story.state.issues()).doesNotContainKey(Demo.id(2));
        story.ends(1, Demo.finish(Demo.done(), 0, 0));
        assertThat(story.issue(2).status()).isEqualTo(IssueStatus.IN_PROGRESS);
    }

    @Test
    void what_depends_on_a_failed_issue_is_not_begun() {
        Story story = new Story(new Demo().issues(Demo.issue(1), Demo.issue(2, 1)));
        story.run(1);
        story.ends(1, new AgentOutcome.PromptTooLong("x"));
        assertThat(story.decide()).isEmpty();
        assertThat(story.state.issues()).doesNotContainKey(Demo.id(2));
    }

    @Test
    void an_issue_added_mid_run_is_taken() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(2));
        story.run(1);
        story.config = new Demo().issues(Demo.issue(1), Demo.issue(2)).workers(2).config();
        story.decide();
        assertThat(story.issue(2).worker()).hasValue(2);
    }

    @Test
    void a_pool_made_smaller_gives_the_issue_back_when_its_attempt_is_over() {
        Story story = two();
        story.run(2);
        story.config = new Demo().issues(Demo.issue(1), Demo.issue(2)).workers(1).config();
        assertThat(story.decide()).as("what runs is not ended").isEmpty();
        story.ends(2, Demo.finish(Demo.done(), 1, 0));

        assertThat(story.decided(Event.IssueReturned.class)).hasSize(1);
        assertThat(story.issue(2).status()).isEqualTo(IssueStatus.PENDING);
        assertThat(story.issue(2).stageIndex()).as("what is finished stays so").isEqualTo(1);
    }

    @Test
    void an_issue_no_longer_defined_is_parked_when_its_attempt_is_over() {
        Story story = two();
        story.run(1);
        story.config = new Demo().issues(Demo.issue(2)).workers(2).config();
        assertThat(story.decide()).isEmpty();
        story.ends(1, Demo.finish(Demo.done(), 1, 0));
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.PARKED);
        assertThat(story.issue(1).reason()).contains("no longer defined");
    }

    @Test
    void an_issue_no_longer_defined_of_which_nothing_runs_is_parked_at_once() {
        Story story = two();
        story.decide();
        story.config = new Demo().config(List.of());
        story.decide();
        assertThat(story.decided(Event.IssueParked.class)).hasSize(2);
    }

    @Test
    void a_worktree_that_fails_is_tried_again_later_and_parked_after_five_times() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        for (int failure = 1; failure <= ForwardRule.MAX_TROUBLES; failure++) {
            story.decide();
            assertThat(story.decided(Event.WorktreeCreating.class)).hasSize(1);
            Instant next = story.now.plusSeconds(failure);
            story.happens(new Event.WorktreeFailed(Demo.id(1), "no room", next));
            if (failure < ForwardRule.MAX_TROUBLES) {
                assertThat(story.decide()).isEmpty();
                assertThat(Decider.nextDue(story.config, story.state, story.now))
                        .contains(next.plusMillis(1));
            }
            story.now = next;
        }
        story.decide();
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.PARKED);
        assertThat(story.issue(1).reason()).isEqualTo("no room");
    }

    @Test
    void a_start_that_failed_is_tried_again_as_another_attempt() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        Attempt first = story.run(1);
        Story again = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        again.decide();
        again.answerWorktree(again.issue(1));
        again.decide();
        again.happens(
                new Event.AttemptStartFailed(
                        Demo.id(1), first.id(), "tmux", again.now.plusSeconds(1)));
        assertThat(again.decide()).isEmpty();
        again.seconds(1).decide();
        assertThat(again.issue(1).attempt().orElseThrow().attempt().number()).isEqualTo(2);
        assertThat(again.issue(1).retries().counted()).isZero();
    }

    @Test
    void nothing_is_assigned_or_started_while_launches_are_paused() {
        Story story = two();
        story.happens(new Event.LaunchesPaused(PauseCause.USER, Optional.empty(), "me"));
        assertThat(story.decide()).isEmpty();
        story.happens(new Event.PauseLifted("me")).decide();
        assertThat(story.decided(Event.IssueAssigned.class)).hasSize(2);
    }

    @Test
    void a_worker_on_which_something_still_runs_is_not_started_on() {
        Story story = new Story(new Demo().issues(Demo.issue(1), Demo.issue(2)).workers(1));
        Attempt attempt = story.run(1);
        story.happens(new Event.IssueParked(Demo.id(1), "a person"));
        story.decide();
        story.answerWorktree(story.issue(2));
        story.decide();
        assertThat(story.issue(2).hasLiveAttempt()).isFalse();

        story.happens(
                new Event.AttemptEnded(Demo.id(1), attempt.id(), Demo.finish(Demo.done(), 1, 0)));
        story.decide();
        assertThat(story.issue(2).hasLiveAttempt()).isTrue();
    }

    // ── pushes ─────────────────────────────────────────────────────────────────────────────

    @Test
    void a_push_goes_out_once_and_again_only_when_its_time_has_come() {
        Story story = two();
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 1, 0));
        assertThat(story.decided(Event.PushStarting.class)).hasSize(1);
        story.decide();
        assertThat(story.decided(Event.PushStarting.class)).as("one in flight").isEmpty();

        Instant next = story.now.plusSeconds(4);
        story.happens(new Event.PushFailed(Demo.id(1), "no route", next));
        story.decide();
        assertThat(story.decided(Event.PushStarting.class)).isEmpty();
        assertThat(Decider.nextDue(story.config, story.state, story.now))
                .contains(next.plusMillis(1));
        story.seconds(4).decide();
        assertThat(story.decided(Event.PushStarting.class)).hasSize(1);
        story.happens(new Event.Pushed(Demo.id(1), "demo/issue-1", "c1"));
        assertThat(story.decide()).isEmpty();
    }

    @Test
    void a_completed_issues_push_is_still_tried_again() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1).stages(MAY));
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 1, 0));
        story.happens(new Event.PushFailed(Demo.id(1), "x", story.now.plusSeconds(2)));
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.COMPLETED);
        story.seconds(2).decide();
        assertThat(story.decided(Event.PushStarting.class)).hasSize(1);
    }

    // ── the stop ───────────────────────────────────────────────────────────────────────────

    @Test
    void a_stop_ends_all_that_lives_and_starts_nothing() {
        Story story = two();
        Attempt one = story.run(1);
        Attempt two = story.run(2);
        story.happens(new Event.RunStopping("me"));
        assertThat(story.decide())
                .containsExactly(
                        new Event.AttemptEnding(Demo.id(1), one.id(), EndCause.RUN_STOPPING),
                        new Event.AttemptEnding(Demo.id(2), two.id(), EndCause.RUN_STOPPING));
        assertThat(Decider.isQuiet(story.state)).isFalse();

        story.ends(1, new AgentOutcome.Interrupted());
        assertThat(Decider.isQuiet(story.state)).isFalse();
        story.ends(2, Demo.finish(Demo.done(), 1, 0));
        assertThat(story.decided(Event.AttemptStarting.class)).isEmpty();
        assertThat(story.decided(Event.PushStarting.class)).isEmpty();
        assertThat(Decider.isQuiet(story.state)).isTrue();
    }

    @Test
    void a_stop_ends_what_is_only_starting_too() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        story.decide();
        story.answerWorktree(story.issue(1));
        story.decide();
        story.happens(new Event.RunStopping("me"));
        assertThat(story.decide()).hasExactlyElementsOfTypes(Event.AttemptEnding.class);
    }

    @Test
    void after_a_stop_the_next_monitor_goes_on_where_it_was() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        story.run(1);
        story.happens(new Event.RunStopping("me")).decide();
        story.ends(1, Demo.finish(new AgentOutcome.Interrupted(), 1, 2));
        story.seconds(60).monitorStarts();
        story.decide();
        Attempt next = story.issue(1).attempt().orElseThrow().attempt();
        assertThat(next.number()).isEqualTo(2);
        assertThat(next.stage()).isEqualTo("implement");
        assertThat(next.worker()).isEqualTo(1);
    }

    @Test
    void a_run_that_failed_to_commit_leftovers_becomes_quiet() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 0, 2));
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 0, 2));
        assertThat(Decider.isQuiet(story.state)).isFalse();
        story.happens(new Event.IssueParked(Demo.id(1), "git failed"));
        assertThat(Decider.isQuiet(story.state)).isTrue();
    }

    // ── the clock ──────────────────────────────────────────────────────────────────────────

    @Test
    void what_is_due_next_is_the_earliest_and_never_past() {
        Story story = two();
        story.run(1);
        story.run(2);
        story.ends(1, new AgentOutcome.Overloaded("529"));
        Instant due = Decider.nextDue(story.config, story.state, story.now).orElseThrow();
        assertThat(due).isEqualTo(story.now.plusSeconds(10).plusMillis(1));
        assertThat(Decider.nextDue(story.config, story.state, story.now.plusSeconds(11))).isEmpty();
    }

    @Test
    void a_quiet_run_has_nothing_due() {
        Story story = new Story(new Demo().issues());
        assertThat(story.decide()).isEmpty();
        assertThat(Decider.nextDue(story.config, story.state, story.now)).isEmpty();
    }
}
