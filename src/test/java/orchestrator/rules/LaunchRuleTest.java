package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.Issue;
import orchestrator.model.IssueStatus;
import orchestrator.model.Observations;
import orchestrator.model.PauseCause;
import orchestrator.model.Resources;
import orchestrator.model.Usage;
import org.junit.jupiter.api.Test;

/** What holds everything back: money, room, and names that only one may use. */
class LaunchRuleTest {
    private static Finish costing(AgentOutcome outcome, double dollars) {
        return new Finish(Optional.of(0), outcome, "c1", 1, 1, 0, new Usage(1, 1, 0, 0, dollars));
    }

    @Test
    void a_run_that_has_spent_its_budget_starts_nothing_until_it_is_raised() {
        Demo demo = new Demo().issues(Demo.issue(1)).workers(1).budget(5);
        Story story = new Story(demo);
        story.run(1);
        story.ends(1, costing(Demo.done(), 5.25));
        Event.LaunchesPaused pause = story.decided(Event.LaunchesPaused.class).getFirst();
        assertThat(pause.cause()).isEqualTo(PauseCause.BUDGET);
        assertThat(pause.reason()).startsWith("$5.25 of $5.00 spent");
        assertThat(story.decide()).isEmpty();
        story.monitorStarts().decide();
        assertThat(story.decided(Event.AttemptStarting.class)).as("nor another day").isEmpty();

        story.config = new Demo().issues(Demo.issue(1)).workers(1).budget(6).config();
        story.decide();
        assertThat(story.decided(Event.LaunchesResumed.class)).hasSize(1);
        assertThat(story.decided(Event.AttemptStarting.class)).hasSize(1);
    }

    @Test
    void the_runs_budget_burns_no_retry_of_an_issue() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1).budget(5));
        story.run(1);
        story.ends(1, costing(new AgentOutcome.OwnLimit("budget"), 5));
        assertThat(story.issue(1).retries().counted()).isZero();
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.IN_PROGRESS);
    }

    @Test
    void an_issue_that_has_spent_its_own_budget_is_parked_and_others_go_on() {
        Issue dear = Demo.with(Demo.issue(1), Set.of(), OptionalDouble.of(2));
        Story story = new Story(new Demo().issues(dear, Demo.issue(2)).workers(1));
        story.run(1);
        story.ends(1, costing(Demo.done(), 2.5));
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.PARKED);
        assertThat(story.issue(1).reason()).startsWith("$2.50 of $2.00 spent");
        assertThat(story.run(2).worker()).isEqualTo(1);
    }

    @Test
    void an_attempt_is_told_what_is_left_of_both() {
        Issue dear = Demo.with(Demo.issue(1), Set.of(), OptionalDouble.of(2));
        Story story = new Story(new Demo().issues(dear, Demo.issue(2)).workers(2).budget(3));
        story.run(2);
        story.ends(2, costing(Demo.done(), 1.5));
        story.run(1);
        assertThat(Budget.left(story.config, dear, story.state, story.issue(1))).hasValue(1.5);
        assertThat(Budget.left(new Demo().config(), Demo.issue(1), story.state, story.issue(1)))
                .isEmpty();
    }

    private static Observations free(long disk, long memory) {
        return new Observations(
                Map.of(),
                Optional.of(new Resources(OptionalLong.of(disk), OptionalLong.of(memory))));
    }

    @Test
    void a_shortage_is_said_once_holds_launches_back_and_is_lifted_by_itself() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        assertThat(story.decide(free(500, 9_000)))
                .containsExactly(
                        new Event.AdmissionClosed(
                                "500 MB of disk are free and min_free_disk_mb is 1024"));
        assertThat(story.decide(free(400, 9_000))).as("once").isEmpty();
        assertThat(story.decide(free(1_030, 9_000))).as("not yet enough more").isEmpty();
        story.decide(free(2_000, 9_000));
        assertThat(story.decided(Event.AdmissionOpened.class)).hasSize(1);
        assertThat(story.decided(Event.IssueAssigned.class)).hasSize(1);
        story.decide(free(2_000, 100));
        assertThat(story.decided(Event.AdmissionClosed.class).getFirst().reason())
                .contains("100 MB of memory");
    }

    @Test
    void what_cannot_be_told_is_not_short() {
        Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
        story.decide(
                new Observations(
                        Map.of(),
                        Optional.of(new Resources(OptionalLong.empty(), OptionalLong.empty()))));
        assertThat(story.decided(Event.AdmissionClosed.class)).isEmpty();
        assertThat(story.decided(Event.IssueAssigned.class)).hasSize(1);
    }

    @Test
    void two_issues_that_share_a_name_never_run_at_once() {
        Issue one = Demo.with(Demo.issue(1), Set.of("staking.db"), OptionalDouble.empty());
        Issue two = Demo.with(Demo.issue(2), Set.of("staking.db", "x"), OptionalDouble.empty());
        Story story = new Story(new Demo().issues(one, two, Demo.issue(3)).workers(3));
        story.run(1);
        assertThat(story.run(3).worker()).isEqualTo(2);
        story.decide();
        assertThat(story.state.issues()).doesNotContainKey(Demo.id(2));
        // Set aside, it still runs until it has ended.
        story.happens(new Event.IssueParked(Demo.id(1), "you")).decide();
        assertThat(story.state.issues()).doesNotContainKey(Demo.id(2));
        story.ended(1, Demo.finish(Demo.done(), 1, 0));
        assertThat(story.run(2).issue()).isEqualTo(Demo.id(2));
    }

    @Test
    void a_pull_request_is_opened_once_all_is_pushed_and_tried_again_for_a_while() {
        Demo demo = new Demo().issues(Demo.issue(1)).workers(1).openPullRequest();
        Story story = new Story(demo);
        for (int stage = 0; stage < 2; stage++) {
            story.run(1);
            story.ends(1, Demo.finish(Demo.done(), 1, 0));
        }
        assertThat(story.decided(Event.PullRequestWanted.class)).hasSize(1);
        assertThat(story.decided(Event.PullRequestOpening.class))
                .as("not before the push")
                .isEmpty();
        story.happens(new Event.Pushed(Demo.id(1), "b", story.issue(1).push().wanted())).decide();
        for (int tries = 1; tries <= Decider.PULL_REQUEST_TRIES; tries++) {
            assertThat(story.decided(Event.PullRequestOpening.class)).hasSize(1);
            story.happens(new Event.PullRequestFailed(Demo.id(1), "no", story.now.plusSeconds(9)));
            assertThat(story.decide()).isEmpty();
            story.seconds(10).decide();
        }
        assertThat(story.decided(Event.PullRequestOpening.class)).isEmpty();
        assertThat(story.issue(1).pullRequest().lastError()).isEqualTo("no");
    }
}
