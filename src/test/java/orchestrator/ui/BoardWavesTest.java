package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import javafx.geometry.Point2D;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import org.junit.jupiter.api.Test;

/** Waves that are made between two others, and cards that stay where they are dropped. */
class BoardWavesTest extends BoardHands {
    // ── A wave between two ────────────────────────────────────────────────────────────

    @Test
    void cards_dropped_between_two_waves_become_one_and_later_waves_move_on() throws Exception {
        pickUp("#card-proof-34");
        dragTo("#gap-3");
        window.untilSeen("#move-preview", "proof#34 to a new wave behind wave 3");
        window.untilSeen("#move-preview", "of later waves get the next one");
        assertThat(window.seen("#gap-3")).contains("New wave");
        drop();
        edited("move [proof#34] 3 behind it");
        window.untilSeen("#wave-4", "Deterministic builds");
        window.untilSeen("#wave-5", "End-to-end test");
        window.untilSeen("#notices", "proof#34 to a new wave behind wave 3");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.untilSeen("#wave-3", "Deterministic builds");
        window.untilSeen("#wave-4", "End-to-end test");
        window.untilGone("#wave-5");
    }

    @Test
    void keys_go_from_one_place_between_two_waves_to_the_next() throws Exception {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.ALT, KeyCode.SHIFT);
        window.robot.type(KeyCode.LEFT);
        window.untilSeen("#move-preview", "to a new wave behind wave 2");
        window.robot.type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "to a new wave behind wave 3");
        window.robot.type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "proof#34 to wave 5");
        window.robot.type(KeyCode.LEFT);
        window.untilSeen("#move-preview", "to a new wave behind wave 3");
        window.robot.release(KeyCode.SHIFT).type(KeyCode.LEFT);
        window.untilSeen("#move-preview", "proof#34 to wave 3");
        window.robot.type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        window.robot.press(KeyCode.SHIFT).type(KeyCode.LEFT).release(KeyCode.SHIFT);
        window.untilSeen("#move-preview", "to a new wave behind wave 3");
        window.robot.release(KeyCode.ALT);
        edited("move [proof#34] 3 behind it");
        window.untilSeen("#wave-4", "Deterministic builds");
    }

    @Test
    void a_place_that_a_dependency_forbids_refuses() throws Exception {
        pickUp("#card-proof-41");
        dragTo("#gap-2");
        window.untilSeen("#move-preview", "proof#41 depends on proof#32, which is in wave 3");
        assertThat(is("#gap-2", "refused")).isTrue();
        drop();
        window.until(() -> window.find("#move-preview").isEmpty());
        assertThat(edits()).isEmpty();
    }

    @Test
    void the_sheet_of_keys_names_those_of_the_board() {
        window.robot.push(KeyCode.F1);
        window.untilSeen("#keys-dialog", "Make them a wave between two");
        assertThat(window.seen("#keys-dialog")).contains("Alt+Shift+← →");
    }

    // ── Where it is dropped it stays ──────────────────────────────────────────────────

    @Test
    void a_card_stays_where_it_is_dropped_before_anybody_has_told_of_it() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        window.control.planning.editGate = written;
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-41", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        drop();
        window.untilSeen("#wave-4", "Deterministic builds");
        assertThat(cards("#wave-4").getFirst()).isEqualTo("proof#34");
        assertThat(window.seen("#wave-3")).doesNotContain("Deterministic builds");
        RunSnapshot run = SampleRun.rich("");
        window.control.snapshot.set(run); // told before the move was written
        window.nextPulse();
        assertThat(window.seen("#wave-4")).contains("Deterministic builds");
        written.countDown();
        window.untilSeen("#notices", "proof#34 to wave 4");
        assertThat(window.seen("#wave-4")).contains("Deterministic builds");
    }

    @Test
    void a_card_goes_back_with_the_reason_when_its_move_is_refused() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        window.control.planning.editGate = written;
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-41", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        drop();
        window.untilSeen("#wave-4", "Deterministic builds");
        window.control.planning.fault =
                new Fault("config-not-writable", "The file may not be written: let it be.");
        written.countDown();
        window.untilSeen("#notices", "The file may not be written: let it be.");
        window.untilSeen("#wave-3", "Deterministic builds");
        assertThat(window.seen("#wave-4")).doesNotContain("Deterministic builds");
    }

    @Test
    void what_is_never_told_is_not_shown_for_long() throws Exception {
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-41", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        CountDownLatch written = new CountDownLatch(1);
        window.control.planning.editGate = written;
        RunSnapshot before = SampleRun.rich("");
        drop();
        window.untilSeen("#wave-4", "Deterministic builds");
        written.countDown();
        window.untilSeen("#notices", "proof#34 to wave 4");
        window.control.snapshot.set(before); // somebody put it back at once
        window.now.set(SampleRun.NOW.plusSeconds(9));
        window.untilSeen("#wave-3", "Deterministic builds");
    }

    // ── Adding, and taking that back ──────────────────────────────────────────────────

    private void add() {
        window.press(KeyCode.CONTROL, KeyCode.N);
        window.untilSeen("#issue-dialog", "Add an issue");
        window.click("#issue-title");
        window.robot.write("A new one");
        window.click("#issue-save");
        window.untilGone("#issue-dialog");
        window.untilSeen("#board", "A new one");
        window.untilSeen("#notices", "proof#44 added");
    }

    @Test
    void an_issue_that_was_added_is_taken_out_again_and_put_back() {
        add();
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.until(() -> !window.seen("#board").contains("A new one"));
        window.untilSeen("#notices", "Taken back: proof#44 added");
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        window.untilSeen("#board", "A new one");
    }

    @Test
    void an_issue_that_was_begun_since_stays_and_it_says_why() {
        add();
        window.control.planning.fault = new Fault("issue-begun", "It has been begun since.");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.untilSeen("#notices", "It has been begun since.");
        assertThat(window.seen("#board")).contains("A new one");
        window.until(() -> window.disabled("#action-undo"));
    }

    // ── While it is dragged ───────────────────────────────────────────────────────────

    @Test
    void several_cards_are_moved_between_two_waves_together() throws Exception {
        window.click("#card-proof-35");
        window.robot.press(KeyCode.CONTROL);
        window.click("#card-proof-34");
        window.robot.release(KeyCode.CONTROL);
        pickUp("#card-proof-34");
        dragTo("#gap-3");
        window.untilSeen("#move-preview", "proof#34, proof#35 to a new wave");
        drop();
        edited("move [proof#34, proof#35] 3 behind it");
    }

    @Test
    void the_board_scrolls_while_a_card_is_held_near_its_edge() throws Exception {
        var _ =
                fx(() -> {
                    window.stage.setWidth(900);
                    return true;
                });
        window.until(() -> window.scene().getWidth() < 1000);
        ScrollPane board = (ScrollPane) window.node(".board-scroll");
        window.until(() -> value(board) == 0);
        pickUp("#card-proof-22");
        Point2D edge = on(".board-scroll", 1, 0.5).subtract(12, 0);
        dragTo(edge);
        window.until(() -> value(board) == 1);
        dragTo(on(".board-scroll", 0, 0.5).add(12, 0));
        window.until(() -> value(board) == 0);
        window.robot.type(KeyCode.ESCAPE);
        drop();
    }

    private static double value(ScrollPane board) {
        try {
            return fx(board::getHvalue);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    // ── A run that is only observed ───────────────────────────────────────────────────

    @Test
    void the_plan_of_a_run_elsewhere_is_edited_the_same() throws Exception {
        RunSnapshot run = SampleRun.rich("");
        window.control.snapshot.set(
                SampleRun.of(SampleRun.ELSEWHERE, GateView.OPEN, run.workers(), run.issues()));
        window.untilSeen("#top-bar", "Take over");
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-41", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        drop();
        edited("move [proof#34] 4 before proof#41");
        window.untilSeen("#wave-4", "Deterministic builds");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.untilSeen("#wave-3", "Deterministic builds");
    }
}
