package orchestrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueStatus;
import orchestrator.model.RestartCause;
import orchestrator.store.AttemptFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything is gone at once, and what was written down of the processes tells of another time. */
class PowerCutTest {
    private static final String OTHER_BOOT = "00000000-0000-4000-8000-000000000000";

    @RegisterExtension final Orchestra orchestra = new Orchestra();

    private AttemptFolder works() {
        AttemptFolder folder = orchestra.oneLongAttempt();
        Orchestra.until(
                "its start is journaled",
                () -> orchestra.story.all(Event.AttemptStarted.class).size() == 1);
        Hands.write(orchestra.worktree(1).resolve("half.txt"), "half\n");
        return folder;
    }

    /** Nothing ends, nothing is written: all of it is gone. */
    private void cutThePower() {
        Orchestra.until(
                "all is dark",
                () -> {
                    orchestra.hands.alive().forEach(ProcessHandle::destroyForcibly);
                    return orchestra.hands.alive().isEmpty();
                });
    }

    private Finish firstFinish() {
        return orchestra.story.of(1, Event.AttemptEnded.class).getFirst().finish();
    }

    private Event.RestartPlanned goesOnInItsSession() {
        assertThat(orchestra.run("launch", "--wait").well()).contains("1 of 1 issues completed");
        Event.RestartPlanned restart = orchestra.story.only(1, Event.RestartPlanned.class);
        assertThat(restart.kind()).isEqualTo(AttemptKind.RESUME);
        List<Attempt> attempts = orchestra.story.attempts(1);
        assertThat(attempts).hasSize(2);
        assertThat(attempts.getLast().sessionId()).isEqualTo(attempts.getFirst().sessionId());
        assertThat(Hands.read(orchestra.story.folder(1, 2).stream()))
                .contains("Going on with session " + attempts.getFirst().sessionId());
        assertThat(orchestra.story.status(1)).hasValue(IssueStatus.COMPLETED);
        String rescue = orchestra.story.only(1, Event.RescueTaken.class).ref();
        assertThat(orchestra.hands.git(orchestra.repo, "show", rescue + ":half.txt"))
                .isEqualTo("half");
        assertThat(orchestra.worktree(1).resolve("half.txt")).hasContent("half\n");
        orchestra.story.isSound();
        return restart;
    }

    @Test
    void row03_after_a_reboot_what_was_lost_goes_on_in_its_session_and_costs_no_retry() {
        AttemptFolder folder = works();
        cutThePower();
        Path process = folder.path().resolve("process");
        Hands.write(process, Hands.read(process).replaceFirst("\\S+\\s*$", OTHER_BOOT + "\n"));

        Event.RestartPlanned restart = goesOnInItsSession();

        assertThat(firstFinish().outcome()).isInstanceOf(AgentOutcome.Rebooted.class);
        assertThat(restart.cause()).isEqualTo(RestartCause.RESUMED);
        assertThat(restart.counted()).isFalse();
    }

    @Test
    void row04_a_process_number_that_went_to_another_is_neither_adopted_nor_signalled() {
        AttemptFolder folder = works();
        cutThePower();
        // With the old number's start: the same number now belongs to somebody else.
        ProcessHandle other =
                orchestra.hands.start(orchestra.root, List.of("sleep", "600")).process().toHandle();
        Path process = folder.path().resolve("process");
        String[] old = Hands.read(process).strip().split(" ", -1);
        Hands.write(process, "%d %s %s\n".formatted(other.pid(), old[1], old[2]));

        goesOnInItsSession();

        assertThat(firstFinish().outcome()).isInstanceOf(AgentOutcome.Vanished.class);
        assertThat(other.isAlive()).isTrue();
        orchestra.run("cleanup").well();
        assertThat(orchestra.hands.alive()).containsExactly(other);
    }
}
