package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.Limits;
import org.junit.jupiter.api.Test;

/** A failed issue is tried once more, better prepared. */
class SecondTryTest {
    private static Demo demo() {
        return new Demo()
                .workers(1)
                .retryFailed()
                .limits(new Limits(0, Duration.ofSeconds(900), Duration.ofSeconds(1800)));
    }

    private static Story failed(Demo demo) {
        Story story = new Story(demo);
        story.run(1);
        story.ends(1, new AgentOutcome.Failed("exit 3"));
        return story;
    }

    private static void finish(Story story, int number) {
        story.ends(number, Demo.finish(Demo.done(), 1, 1));
    }

    @Test
    void it_is_analysed_then_explored_then_begun_at_the_first_stage() {
        Story story = failed(demo().issues(Demo.issue(1)));
        assertThat(story.decided(Event.RetryBegun.class)).hasSize(1);
        assertThat(story.issue(1).failure()).contains("exit 3");
        for (String stage : java.util.List.of("retry_analyze", "retry_explore")) {
            Attempt attempt = story.run(1);
            assertThat(attempt.stage()).isEqualTo(stage);
            story.ends(1, Demo.finish(Demo.done(), 0, 0));
        }
        Attempt first = story.run(1);
        assertThat(first.stage()).isEqualTo("implement");
        assertThat(first.number()).isEqualTo(4);
        finish(story, 1);
        story.run(1);
        finish(story, 1);
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.COMPLETED);
    }

    @Test
    void what_is_pending_comes_first() {
        Story story = failed(demo().issues(Demo.issue(1), Demo.issue(2)));
        assertThat(story.decided(Event.RetryBegun.class)).isEmpty();
        assertThat(story.issue(2).status()).isEqualTo(IssueStatus.IN_PROGRESS);
    }

    @Test
    void the_one_that_most_others_wait_for_comes_first_and_each_once() {
        Story story =
                failed(
                        demo().issues(
                                        Demo.issue(1),
                                        Demo.issue(2),
                                        Demo.issue(3, 2),
                                        Demo.issue(4, 3)));
        story.run(2);
        story.ends(2, new AgentOutcome.Failed("exit 4"));
        assertThat(story.decided(Event.RetryBegun.class))
                .extracting(Event.RetryBegun::issue)
                .containsExactly(Demo.id(2));
        for (int number : new int[] {2, 1}) {
            for (int step = 0; step < 3; step++) {
                story.run(number);
                story.ends(number, new AgentOutcome.Failed("exit 5"));
            }
            assertThat(story.issue(number).status()).isEqualTo(IssueStatus.FAILED);
        }
        assertThat(story.decide()).isEmpty();
    }

    @Test
    void a_preparation_that_fails_keeps_the_second_try_from_nothing() {
        Story story = failed(demo().issues(Demo.issue(1)));
        story.run(1);
        story.ends(1, new AgentOutcome.Failed("exit 9"));
        assertThat(story.decided(Event.StageCompleted.class).getFirst().note())
                .startsWith("without findings");
        assertThat(story.run(1).stage()).isEqualTo("retry_explore");
    }

    @Test
    void a_project_can_do_without() {
        Story story =
                failed(
                        new Demo()
                                .issues(Demo.issue(1))
                                .limits(
                                        new Limits(
                                                0,
                                                Duration.ofSeconds(900),
                                                Duration.ofSeconds(1800))));
        assertThat(story.decided(Event.RetryBegun.class)).isEmpty();
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.FAILED);
    }
}
