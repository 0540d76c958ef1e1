package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.input.KeyCode;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.MonitorView;
import org.junit.jupiter.api.Test;

/** Stopping a run, taking one over, and closing the window with one on. */
class LeavingTest extends WindowCase {
    @Test
    void stop_asks_first_and_spells_out_what_happens() {
        window.control.snapshot.set(running("x", ""));
        window.until(() -> !window.disabled("#action-stop"));
        window.click("#action-stop");
        window.untilSeen("#stop-dialog", "stay in the worktrees");
        window.robot.type(KeyCode.ESCAPE);
        window.untilGone("#stop-dialog");
        assertThat(window.control.asked).isEmpty();
        window.click("#action-stop");
        window.click("#stop-go");
        window.until(() -> window.control.asked.equals(List.of("stop")));
    }

    @Test
    void closing_without_a_run_here_just_closes() throws Exception {
        window.control.snapshot.set(before());
        window.untilSeen("#monitor-chip", "Stopped");
        window.askToClose();
        assertThat(window.showing()).isFalse();
    }

    @Test
    void closing_with_a_run_here_can_be_thought_better_of() throws Exception {
        window.control.snapshot.set(running("x", ""));
        window.untilSeen("#monitor-chip", "Running");
        window.askToClose();
        window.click("#close-stay");
        window.untilGone("#close-dialog");
        assertThat(window.showing()).isTrue();
        assertThat(window.control.asked).isEmpty();
    }

    @Test
    void a_run_of_another_process_can_be_taken_over_and_ours_cannot() throws Exception {
        window.control.snapshot.set(running("x", ""));
        window.untilSeen("#monitor-chip", "Running");
        assertThat(window.seen("#top-bar")).doesNotContain("Take over");
        RunSnapshot run = running("x", "");
        window.control.snapshot.set(
                SampleRun.of(SampleRun.ELSEWHERE, GateView.OPEN, run.workers(), run.issues()));
        window.untilSeen("#top-bar", "Take over");
        window.click("#action-take-over");
        window.until(() -> window.control.asked.equals(List.of("take-over")));
    }

    @Test
    void closing_with_a_run_here_can_hand_over() throws Exception {
        window.control.snapshot.set(running("x", ""));
        window.untilSeen("#monitor-chip", "Running");
        window.askToClose();
        window.click("#close-hand-over");
        window.until(() -> window.control.asked.equals(List.of("hand-over")));
        org.awaitility.Awaitility.await().until(() -> !window.showing());
    }

    @Test
    void closing_with_a_run_here_can_stop_the_workers() throws Exception {
        window.control.snapshot.set(running("x", ""));
        window.untilSeen("#monitor-chip", "Running");
        window.askToClose();
        window.click("#close-stop");
        window.until(() -> window.control.asked.equals(List.of("stop")));
        org.awaitility.Awaitility.await().until(() -> !window.showing());
    }

    @Test
    void closing_while_it_stops_waits_for_the_end() throws Exception {
        RunSnapshot run = running("x", "");
        MonitorView stopping =
                new MonitorView(
                        MonitorState.STOPPING, run.monitor().pid(), true, run.monitor().host());
        window.control.snapshot.set(
                SampleRun.of(stopping, GateView.OPEN, run.workers(), run.issues()));
        window.untilSeen("#monitor-chip", "Stopping");
        window.askToClose();
        window.untilSeen("#leaving-dialog", "closes once they have ended");
        assertThat(window.showing()).isTrue();
        window.control.snapshot.set(before());
        org.awaitility.Awaitility.await().until(() -> !window.showing());
    }

    @Test
    void a_run_in_which_all_is_done_says_so_and_closes_without_a_question() throws Exception {
        IssueView done = SampleRun.issue(1, 1, "First").done(2, 0.5).view();
        window.control.snapshot.set(
                SampleRun.of(
                        SampleRun.HERE, GateView.OPEN, List.of(SampleRun.idle(1)), List.of(done)));
        window.untilSeen("#monitor-chip", "All done");
        window.askToClose();
        assertThat(window.showing()).isFalse();
        assertThat(window.control.asked).isEmpty();
    }
}
