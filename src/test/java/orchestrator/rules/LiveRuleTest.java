package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import orchestrator.model.Attempt;
import orchestrator.model.Demo;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Limits;
import orchestrator.model.Liveness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a running attempt is left alone, extended or ended. */
class LiveRuleTest {
    private static final long STALL = Limits.DEFAULT.stallTimeout().toSeconds();
    private static final long WALL = Limits.DEFAULT.wallClockTimeout().toSeconds();

    private final Story story = new Story(new Demo().issues(Demo.issue(1)).workers(1));
    private Attempt attempt = Demo.attempt(1, 1, 1);
    private Instant start = Demo.NOW;

    @BeforeEach
    void runs() {
        attempt = story.run(1);
        start = story.now;
    }

    private Story.Sight sight() {
        return new Story.Sight();
    }

    private void leftAlone(Story.Sight sight) {
        assertThat(story.seen(attempt, sight).decide()).isEmpty();
    }

    private void endedFor(EndCause cause, Story.Sight sight) {
        assertThat(story.seen(attempt, sight).decide())
                .containsExactly(new Event.AttemptEnding(attempt.issue(), attempt.id(), cause));
    }

    @Test
    void a_start_without_any_output_is_ended_after_120_seconds() {
        story.seconds(119);
        leftAlone(sight().cpu(story.now));
        story.seconds(1);
        endedFor(EndCause.SILENT_START, sight().cpu(story.now));
        assertThat(story.why()).contains("no output at all for 120 s");
    }

    @Test
    void a_result_whose_process_stays_is_ended_after_30_seconds() {
        story.seconds(29);
        leftAlone(sight().output(start).result(start));
        story.seconds(1);
        endedFor(EndCause.LINGERING, sight().output(start).result(start));
        assertThat(story.why()).contains("result seen 30 s ago");
    }

    @Test
    void no_sign_of_life_for_the_stall_timeout_is_a_stall_that_shows_its_evidence() {
        story.seconds(STALL - 1);
        leftAlone(sight().output(start));
        story.seconds(1);
        endedFor(
                EndCause.STALLED,
                sight().output(start).worktree(start.minusSeconds(60)).cpu(start));
        assertThat(story.why())
                .contains(
                        "no output for 900 s",
                        "no change in the worktree for 960 s",
                        "no CPU used for 900 s");
    }

    @Test
    void what_no_look_has_seen_is_not_held_against_it() {
        story.seconds(STALL - 1);
        Instant look = story.now;
        story.seconds(60);
        story.seen(attempt, sight().output(start));
        assertThat(story.decideAfterLookOf(look)).isEmpty();
        assertThat(story.decideAfterLookOf(look.plusSeconds(1)))
                .hasOnlyElementsOfType(Event.AttemptEnding.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"output", "worktree", "cpu"})
    void any_one_sign_of_life_keeps_it_from_being_stalled(String sign) {
        story.seconds(STALL + 100);
        Instant recent = story.now.minusSeconds(10);
        Story.Sight sight = sight().output(start);
        leftAlone(
                switch (sign) {
                    case "output" -> sight.output(recent);
                    case "worktree" -> sight.worktree(recent);
                    default -> sight.cpu(recent);
                });
    }

    @Test
    void over_its_time_and_active_it_is_extended_by_half_its_time() {
        story.seconds(WALL);
        Instant until = story.now.plusSeconds(WALL / 2);
        story.seen(attempt, sight().output(start).cpu(story.now.minusSeconds(5)));
        assertThat(story.decide())
                .containsExactly(new Event.AttemptExtended(attempt.issue(), attempt.id(), until));
        assertThat(story.why()).contains("over its time but active", "running for 1800 s");

        story.seconds(WALL / 2 - 1);
        leftAlone(sight().output(start).cpu(story.now));
    }

    @Test
    void over_its_time_and_quiet_it_is_ended() {
        story.seconds(WALL);
        endedFor(EndCause.OVERDUE, sight().output(story.now.minusSeconds(121)));
        assertThat(story.why()).contains("over its time", "no output for 121 s");
    }

    @Test
    void an_extension_that_is_over_is_judged_again() {
        story.seconds(WALL).seen(attempt, sight().output(story.now)).decide();
        story.seconds(WALL / 2);
        endedFor(EndCause.OVERDUE, sight().output(story.now.minusSeconds(300)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Liveness.class,
            names = {"UNKNOWN", "GONE"})
    void without_a_living_process_seen_there_is_no_verdict(Liveness liveness) {
        story.later(Duration.ofDays(1));
        leftAlone(sight().process(liveness).output(start));
    }

    @Test
    void without_a_look_there_is_no_verdict() {
        story.later(Duration.ofDays(1));
        assertThat(story.decide()).isEmpty();
    }

    @Test
    void what_was_seen_of_an_older_attempt_says_nothing_of_the_newer() {
        story.seen(attempt, sight().output(start));
        story.happens(
                new Event.AttemptEnded(
                        attempt.issue(),
                        attempt.id(),
                        Demo.finish(new orchestrator.model.AgentOutcome.Failed("x"), 0, 0)));
        story.seconds(STALL);
        Attempt second = story.run(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(story.decide()).isEmpty();
    }

    @Test
    void what_is_being_ended_already_is_not_ended_again() {
        story.seconds(STALL);
        endedFor(EndCause.STALLED, sight().output(start));
        assertThat(story.decide()).isEmpty();
    }

    @Test
    void an_attempt_whose_project_is_no_longer_defined_can_still_stall() {
        story.config = new Demo().issues(Demo.issue(1)).config(List.of());
        story.seconds(STALL);
        endedFor(EndCause.STALLED, sight().output(start));
    }

    @Test
    void a_sign_of_life_from_the_future_does_not_break_the_rule() {
        story.seconds(STALL);
        leftAlone(sight().output(story.now.plusSeconds(5)));
    }
}
