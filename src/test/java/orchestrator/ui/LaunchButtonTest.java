package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.scene.input.KeyCode;
import orchestrator.model.Fault;
import orchestrator.monitor.RunControl.DryRun;
import org.junit.jupiter.api.Test;

/** A launch from the window: the plan first, then the run, or why not. */
class LaunchButtonTest extends WindowCase {
    @Test
    void launches_by_the_button_after_showing_the_plan() {
        window.control.snapshot.set(before());
        window.control.onLaunch = () -> window.control.snapshot.set(running("At work", ""));
        window.until(() -> !window.disabled("#empty-launch"));
        window.click("#empty-launch");
        window.untilSeen("#launch-plan", "wave 1: one#1");
        assertThat(window.control.asked).containsExactly("offer", "dry-run");
        window.click("#launch-go");
        window.untilGone("#launch-dialog");
        window.untilSeen("#workers-table", "At work");
        window.untilSeen("#monitor-chip", "Running");
        assertThat(window.control.asked).containsExactly("offer", "dry-run", "launch");
        assertThat(window.disabled("#action-launch")).isTrue();
    }

    @Test
    void launches_by_keys_alone() {
        window.control.snapshot.set(before());
        window.until(() -> !window.disabled("#action-launch"));
        window.robot.press(KeyCode.CONTROL, KeyCode.L).release(KeyCode.L, KeyCode.CONTROL);
        window.until(() -> window.find("#launch-go:focused").isPresent());
        window.robot.type(KeyCode.ENTER);
        window.until(() -> window.control.asked.contains("launch"));
    }

    @Test
    void problems_keep_the_launch_from_being_possible() {
        window.control.snapshot.set(before());
        window.control.plan =
                new DryRun(List.of("tmux is missing: install tmux."), List.of("Mind this."), "p");
        window.until(() -> !window.disabled("#action-launch"));
        window.click("#action-launch");
        window.untilSeen("#launch-problems", "tmux is missing: install tmux.");
        assertThat(window.seen("#launch-warnings")).contains("Mind this.");
        assertThat(window.disabled("#launch-go")).isTrue();
        window.click("#launch-cancel");
        window.untilGone("#launch-dialog");
        assertThat(window.control.asked).containsExactly("offer", "dry-run");
    }

    @Test
    void a_fault_of_the_launch_is_shown_with_sentence_and_code() {
        window.control.snapshot.set(before());
        window.control.launchFault = new Fault("workspace-held", "Process 9 holds it: stop it.");
        window.until(() -> !window.disabled("#action-launch"));
        window.click("#action-launch");
        window.until(() -> window.find("#launch-go").isPresent() && !window.disabled("#launch-go"));
        window.click("#launch-go");
        window.untilSeen("#launch-dialog", "Process 9 holds it: stop it.");
        assertThat(window.seen("#launch-dialog")).contains("workspace-held");
        window.control.launchFault = null;
        window.click("#launch-go");
        window.until(() -> window.seen("#launch-go").contains("Launch"));
        assertThat(window.control.asked)
                .containsExactly("offer", "dry-run", "launch", "offer", "dry-run");
    }

    @Test
    void a_launch_under_way_shows_it_and_can_go_on_in_the_background() {
        window.control.snapshot.set(before());
        CountDownLatch gate = new CountDownLatch(1);
        window.control.launchGate = gate;
        window.control.launchFault = new Fault("fetch-failed", "The fetch failed: look.");
        window.until(() -> !window.disabled("#action-launch"));
        window.click("#action-launch");
        window.until(() -> window.find("#launch-go").isPresent() && !window.disabled("#launch-go"));
        window.click("#launch-go");
        window.untilSeen("#launch-progress", "Launching");
        window.click("#launch-cancel");
        window.untilGone("#launch-dialog");
        gate.countDown();
        window.untilSeen("#launch-dialog", "The fetch failed: look.");
    }
}
