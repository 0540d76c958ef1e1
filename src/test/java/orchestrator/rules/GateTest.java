package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import orchestrator.model.AttemptKind;
import orchestrator.model.AttemptPhase;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Gate;
import orchestrator.model.IssueStatus;
import orchestrator.model.RestartCause;
import orchestrator.model.Stage;
import org.junit.jupiter.api.Test;

/** A stage with a gate is done when it passes. */
class GateTest {
    private static final Gate GATE = new Gate("make check", Duration.ofMinutes(1));

    private final Story story =
            new Story(
                    new Demo()
                            .issues(Demo.issue(1))
                            .workers(1)
                            .stages(
                                    new Stage("implement", true, Optional.of(GATE)),
                                    new Stage("review", false)));

    private String finished() {
        String attempt = story.run(1).id();
        story.ends(1, Demo.finish(Demo.done(), 1, 1));
        return attempt;
    }

    @Test
    void what_finished_well_is_pushed_and_its_gate_is_run_before_anything_follows() {
        String attempt = finished();
        assertThat(story.decided(Event.GateStarting.class))
                .containsExactly(new Event.GateStarting(Demo.id(1), attempt, "make check"));
        assertThat(story.decided(Event.PushStarting.class)).hasSize(1);
        assertThat(story.decided(Event.StageCompleted.class)).isEmpty();
        assertThat(story.decide()).as("nothing more until it has ended").isEmpty();
        assertThat(story.issue(1).gateRunning()).isTrue();
    }

    @Test
    void a_gate_that_passes_completes_the_stage() {
        story.happens(new Event.GatePassed(Demo.id(1), finished(), 3)).decide();
        assertThat(story.decided(Event.StageCompleted.class)).hasSize(1);
        assertThat(story.why()).contains("its gate passed");
        assertThat(story.run(1).stage()).isEqualTo("review");
    }

    @Test
    void a_gate_that_fails_restarts_the_stage_with_its_output() {
        story.happens(new Event.GateFailed(Demo.id(1), finished(), "exit 2", "line 7: red"))
                .decide();
        Event.RestartPlanned restart = story.decided(Event.RestartPlanned.class).getFirst();
        assertThat(restart.cause()).isEqualTo(RestartCause.GATE_FAILED);
        assertThat(restart.kind()).isEqualTo(AttemptKind.CONTINUE);
        assertThat(restart.counted()).isTrue();
        assertThat(restart.hint())
                .startsWith("the gate `make check` did not pass (exit 2)\n")
                .endsWith("line 7: red");
        assertThat(story.run(1).stage()).isEqualTo("implement");
    }

    @Test
    void a_gate_that_never_passes_fails_the_issue_whatever_was_committed() {
        for (int round = 0; round <= 3; round++) {
            story.happens(new Event.GateFailed(Demo.id(1), finished(), "exit 2", "")).decide();
            story.later(Duration.ofMinutes(20));
        }
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.FAILED);
        assertThat(story.issue(1).reason()).contains("make check", "exit 2");
    }

    @Test
    void news_of_an_earlier_attempts_gate_changes_nothing() {
        String first = finished();
        story.happens(new Event.GateFailed(Demo.id(1), first, "exit 2", "")).decide();
        finished();
        story.happens(new Event.GatePassed(Demo.id(1), first, 3)).decide();
        assertThat(story.issue(1).gateRunning()).isTrue();
        assertThat(story.issue(1).stageIndex()).isZero();
    }

    @Test
    void the_next_monitor_runs_a_gate_again_that_was_cut_off() {
        finished();
        story.monitorStarts().decide();
        assertThat(story.decided(Event.GateStarting.class)).hasSize(1);
    }

    @Test
    void a_run_that_is_stopped_starts_no_gate_and_waits_for_none() {
        story.run(1);
        story.happens(new Event.RunStopping("you"));
        story.ends(1, Demo.finish(Demo.done(), 1, 1));
        assertThat(story.decided(Event.GateStarting.class)).isEmpty();
        assertThat(story.issue(1).isIn(AttemptPhase.ENDED)).isTrue();
        assertThat(Decider.isQuiet(story.state)).isTrue();
        story.monitorStarts().decide();
        assertThat(story.decided(Event.GateStarting.class)).hasSize(1);
    }
}
