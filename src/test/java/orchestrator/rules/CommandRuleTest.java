package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import orchestrator.model.AgentOutcome;
import orchestrator.model.AttemptKind;
import orchestrator.model.CommandState;
import orchestrator.model.Decision;
import orchestrator.model.Demo;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Gate;
import orchestrator.model.IssueStatus;
import orchestrator.model.Limits;
import orchestrator.model.PauseCause;
import orchestrator.model.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person's commands do, and what they are told. */
class CommandRuleTest {
    private final Story story =
            new Story(new Demo().issues(Demo.issue(1), Demo.issue(2), Demo.issue(3, 1)).workers(2));

    private CommandRule.Reply send(String name, String... arguments) {
        CommandRule.Reply reply =
                CommandRule.answer(story.config, story.state, name, List.of(arguments), story.now);
        reply.decisions().forEach(decision -> story.happens(decision.event()));
        return reply;
    }

    private static List<Event> events(CommandRule.Reply reply) {
        return reply.decisions().stream().map(Decision::event).toList();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "restart, 9, there is no worker 9",
                "restart, x, 'x' is not a worker's number",
                "restart, 1, worker 1 holds no issue",
                "retry, demo#9, is not defined",
                "retry, demo, is not defined",
                "retry, demo#x, does not name an issue",
                "retry, demo#1, only what failed or is parked",
                "push, demo#1, has no commits",
                "dance, now, there is no command 'dance'"
            })
    void what_cannot_be_done_is_refused_with_the_reason_and_changes_nothing(
            String name, String argument, String answer) {
        CommandRule.Reply reply = send(name, argument);
        assertThat(reply.accepted()).isFalse();
        assertThat(reply.decisions()).isEmpty();
        assertThat(reply.text()).contains(answer);
    }

    @Test
    void a_pause_holds_back_what_is_new_and_resume_ends_it() {
        story.run(1);
        assertThat(send("pause", "lunch").accepted()).isTrue();
        assertThat(send("pause").text()).contains("already", "lunch");
        story.ends(1, Demo.finish(Demo.done(), 1, 1));
        assertThat(story.decided(Event.AttemptStarting.class)).isEmpty();
        story.monitorStarts().decide();
        assertThat(story.decided(Event.AttemptStarting.class))
                .as("it outlives a monitor")
                .isEmpty();
        assertThat(send("resume").accepted()).isTrue();
        assertThat(story.run(1).stage()).isEqualTo("review");
        assertThat(send("resume").text()).contains("not paused");
    }

    @Test
    void resume_ends_a_limit_too_and_one_worker_probes() {
        story.happens(
                new Event.LaunchesPaused(
                        PauseCause.USAGE_LIMIT,
                        Optional.of(story.now.plusSeconds(9_000)),
                        "limit"));
        send("resume");
        assertThat(story.state.gate().isOpen()).isTrue();
        assertThat(story.state.gate().probing()).isTrue();
    }

    @Test
    void a_running_worker_is_restarted_and_burns_no_retry() {
        String attempt = story.run(1).id();
        assertThat(events(send("restart", "1")))
                .containsExactly(
                        new Event.AttemptEnding(Demo.id(1), attempt, EndCause.USER_RESTART));
        assertThat(send("restart", "1").text()).contains("being ended already");
        story.ends(1, new AgentOutcome.Interrupted());
        assertThat(story.run(1).kind()).isEqualTo(AttemptKind.CONTINUE);
        assertThat(story.issue(1).retries().counted()).isZero();
    }

    @Test
    void a_worker_that_waits_goes_on_at_once_when_restarted() {
        story.run(1);
        story.ends(1, new AgentOutcome.Overloaded("529"));
        story.seconds(5);
        send("resume");
        send("restart", "1");
        story.decide();
        assertThat(story.decided(Event.AttemptStarting.class)).isNotEmpty();
    }

    @Test
    void a_stopped_worker_keeps_its_issue_until_it_is_restarted() {
        String attempt = story.run(1).id();
        assertThat(events(send("stop-worker", "1")))
                .containsExactly(
                        new Event.WorkerStopped(1),
                        new Event.AttemptEnding(Demo.id(1), attempt, EndCause.USER_STOP));
        assertThat(send("stop-worker", "1").text()).contains("already");
        story.ends(1, new AgentOutcome.Interrupted());
        story.monitorStarts().later(Duration.ofHours(1)).decide();
        assertThat(story.issue(1).worker()).hasValue(1);
        assertThat(story.issue(1).hasLiveAttempt()).isFalse();
        assertThat(send("restart", "1").accepted()).isTrue();
        assertThat(story.run(1).kind()).isEqualTo(AttemptKind.RESUME);
        assertThat(story.issue(1).retries().counted()).isZero();
    }

    @Test
    void a_paused_worker_finishes_its_stage_and_starts_nothing_until_it_goes_on() {
        Stage implement = new Stage("implement", true, Optional.empty());
        Stage review = new Stage("review", false, Optional.empty());
        story.config = new Demo().issues(Demo.issue(1)).stages(implement, review).config();
        story.run(1);
        assertThat(events(send("pause-worker", "1"))).containsExactly(new Event.WorkerStopped(1));
        assertThat(send("pause-worker", "1").text()).contains("already");
        assertThat(story.decide()).as("what runs goes on").isEmpty();
        assertThat(story.issue(1).hasLiveAttempt()).isTrue();
        story.ends(1, Demo.finish(Demo.done(), 1, 1));
        story.monitorStarts().later(Duration.ofHours(1)).decide();
        assertThat(story.issue(1).stagesDone()).containsExactly("implement");
        assertThat(story.issue(1).hasLiveAttempt()).isFalse();
        assertThat(send("continue-worker", "1").accepted()).isTrue();
        story.run(1);
        assertThat(story.issue(1).hasLiveAttempt()).isTrue();
    }

    @Test
    void a_pause_is_taken_back_without_touching_what_runs() {
        story.run(1);
        assertThat(send("continue-worker", "1").text()).contains("neither");
        send("pause-worker", "1");
        assertThat(events(send("continue-worker", "1")))
                .containsExactly(new Event.WorkerContinued(1));
        assertThat(story.issue(1).hasLiveAttempt()).isTrue();
        assertThat(story.state.worker(1).stopped()).isFalse();
    }

    @Test
    void a_pausing_worker_can_still_be_stopped_at_once() {
        String attempt = story.run(1).id();
        send("pause-worker", "1");
        assertThat(events(send("stop-worker", "1")))
                .containsExactly(new Event.AttemptEnding(Demo.id(1), attempt, EndCause.USER_STOP));
        assertThat(send("stop-worker", "1").text()).contains("already");
    }

    @Test
    void a_stopped_idle_worker_is_given_nothing() {
        send("stop-worker", "1");
        send("stop-worker", "2");
        assertThat(story.decide()).isEmpty();
        send("restart", "2");
        story.decide();
        assertThat(story.decided(Event.IssueAssigned.class))
                .extracting(Event.IssueAssigned::worker)
                .containsExactly(2);
    }

    @Test
    void nothing_is_restarted_under_its_gate() {
        Gate gate = new Gate("make", Duration.ofMinutes(1));
        story.config =
                new Demo()
                        .issues(Demo.issue(1))
                        .stages(new Stage("implement", true, Optional.of(gate)))
                        .config();
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 1, 1));
        assertThat(send("restart", "1").text()).contains("gate");
        send("stop-worker", "1");
        assertThat(events(send("restart", "1"))).containsExactly(new Event.WorkerContinued(1));
    }

    @Test
    void what_is_completed_by_word_opens_what_waits_for_it_and_its_attempt_is_ended() {
        String attempt = story.run(1).id();
        assertThat(events(send("complete", "demo#1")))
                .containsExactly(
                        new Event.AttemptEnding(Demo.id(1), attempt, EndCause.ISSUE_CLOSED),
                        new Event.IssueCompleted(Demo.id(1)));
        story.decide();
        assertThat(story.decided(Event.AttemptStarting.class))
                .as("its worker is free once it has ended")
                .isEmpty();
        story.ended(1, Demo.finish(new AgentOutcome.Interrupted(), 1, 1));
        assertThat(story.run(3).worker()).isEqualTo(1);
        assertThat(story.issue(1).status()).isEqualTo(IssueStatus.COMPLETED);
        assertThat(send("fail", "demo#1", "no").text()).contains("completed already");
    }

    @Test
    void what_is_failed_or_parked_by_word_can_be_retried() {
        send("fail", "demo#1", "wrong idea");
        assertThat(story.issue(1).reason()).isEqualTo("wrong idea");
        send("park", "demo#2", "");
        assertThat(story.issue(2).reason()).isEqualTo("by you, without a reason");
        assertThat(send("retry").text()).isEqualTo("1 issue is tried once more");
        assertThat(send("retry", "demo#2").accepted()).isTrue();
        story.decide();
        assertThat(story.decided(Event.IssueAssigned.class))
                .extracting(Event.IssueAssigned::stage)
                .containsExactly("retry_analyze", "implement");
        assertThat(send("retry").text()).isEqualTo("no issue has failed");
    }

    @Test
    void a_failed_issue_is_retried_by_hand_as_often_as_it_is_asked_for() {
        story.config =
                new Demo()
                        .issues(Demo.issue(1))
                        .limits(new Limits(0, Duration.ofSeconds(900), Duration.ofSeconds(1800)))
                        .config();
        for (int round = 0; round < 3; round++) {
            send("fail", "demo#1", "again");
            assertThat(send("retry", "demo#1").accepted()).isTrue();
        }
    }

    @Test
    void a_push_is_tried_at_once_whatever_it_waited_for() {
        story.run(1);
        story.ends(1, Demo.finish(Demo.done(), 1, 1));
        story.happens(new Event.PushFailed(Demo.id(1), "no route", story.now.plusSeconds(300)));
        story.decide();
        assertThat(story.decided(Event.PushStarting.class)).isEmpty();
        assertThat(send("push", "demo#1").accepted()).isTrue();
        story.decide();
        assertThat(story.decided(Event.PushStarting.class)).hasSize(1);
    }

    @Test
    void a_command_that_is_met_again_is_known_with_its_answer() {
        story.happens(new Event.CommandReceived("17", "pause", List.of()));
        assertThat(story.state.commands())
                .containsEntry("17", new CommandState("pause", Optional.empty()));
        story.happens(new Event.CommandDone("17", true, "paused"));
        CommandState.Answer answer = new CommandState.Answer(true, "paused");
        assertThat(story.state.commands())
                .containsEntry("17", new CommandState("pause", Optional.of(answer)));
        for (int i = 100; i < 400; i++) {
            story.happens(new Event.CommandReceived(Integer.toString(i), "pause", List.of()));
        }
        assertThat(story.state.commands()).hasSize(200).containsKey("399");
    }
}
