package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import javafx.scene.input.KeyCode;
import orchestrator.model.Fault;
import org.junit.jupiter.api.Test;

/** Cards on their way to another place: by mouse and by keys. */
class BoardMoveTest extends BoardHands {
    // ── Moving with the mouse ─────────────────────────────────────────────────────────

    @Test
    void a_card_is_dragged_to_another_wave_with_a_preview_and_put_back() throws Exception {
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-41", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        window.untilSeen("#move-preview", "proof#34, site#7");
        assertThat(window.seen("#move-preview")).contains("Critical path", "about ");
        drop();
        edited("move [proof#34] 4 before proof#41");
        window.untilSeen("#wave-4", "Deterministic builds");
        window.untilSeen("#notices", "proof#34 to wave 4");
        assertThat(window.find("#move-preview")).isEmpty();
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.untilSeen("#wave-3", "Deterministic builds");
        window.untilSeen("#notices", "Taken back");
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        window.untilSeen("#wave-4", "Deterministic builds");
    }

    @Test
    void columns_that_a_dependency_forbids_refuse_and_say_why() throws Exception {
        pickUp("#card-proof-41");
        dragTo("#card-proof-12");
        window.untilSeen("#wave-1", "proof#41 depends on proof#32, which is in wave 3");
        window.untilSeen("#move-preview", "proof#41 depends on proof#32");
        drop();
        window.until(() -> window.find("#move-preview").isEmpty());
        assertThat(edits()).isEmpty();
        assertThat(window.seen("#wave-4")).contains("End-to-end test");
    }

    @Test
    void a_card_that_nothing_depends_on_makes_a_wave_of_its_own() throws Exception {
        pickUp("#card-site-8");
        dragTo("#new-wave");
        window.untilSeen("#move-preview", "site#8 to wave 5");
        drop();
        edited("move [site#8] 5 last");
        window.untilSeen("#wave-5", "Landing page");
    }

    @Test
    void within_a_wave_the_place_is_the_priority() throws Exception {
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-31", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34 to wave 3");
        drop();
        edited("move [proof#34] 3 before proof#31");
        window.until(() -> cards("#wave-3").indexOf("proof#34") == 0);
    }

    @Test
    void all_that_is_chosen_is_dragged_along() throws Exception {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.CONTROL);
        window.click("#card-proof-35");
        window.robot.release(KeyCode.CONTROL);
        window.untilSeen("#board", "2 chosen");
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-43", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34, proof#35 to wave 4");
        drop();
        edited("move [proof#34, proof#35] 4 before proof#43");
    }

    @Test
    void what_runs_can_be_moved_and_it_says_what_that_changes() throws Exception {
        pickUp("#card-proof-33");
        dragTo(on("#card-proof-41", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#33 is worked on: that goes on");
        drop();
        edited("move [proof#33] 4 before proof#41");
    }

    @Test
    void a_slow_preview_holds_nothing_up_and_only_the_newest_place_is_asked_about()
            throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        window.control.planning.gate = gate;
        pickUp("#card-proof-34");
        dragTo("#card-proof-41");
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        dragTo("#card-proof-32");
        window.untilSeen("#move-preview", "proof#34 to wave 3");
        assertThat(window.control.planned.stream().filter(it -> it.startsWith("preview")))
                .hasSize(1);
        window.control.planning.gate = null;
        gate.countDown();
        window.untilSeen("#move-preview", "about ");
        drop();
        edited("move [proof#34] 3 before " + "proof#32");
    }

    @Test
    void a_move_that_cannot_be_made_says_why() throws Exception {
        window.click("#card-proof-34");
        window.control.planning.fault = new Fault("config-invalid", "The file is broken: mend it.");
        window.press(KeyCode.ALT, KeyCode.RIGHT);
        window.untilSeen("#notices", "mend it");
    }

    // ── Moving by keys ────────────────────────────────────────────────────────────────

    @Test
    void alt_and_arrows_move_what_is_chosen_once_alt_is_let_go() {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        window.untilSeen("#move-preview", "Let go of Alt");
        assertThat(edits()).isEmpty();
        window.robot.release(KeyCode.ALT);
        edited("move [proof#34] 4 by priority");
        window.untilSeen("#wave-4", "Deterministic builds");
        window.until(() -> is("#card-proof-34", "cursor"));
    }

    @Test
    void alt_and_up_moves_before_the_card_above() {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.ALT).type(KeyCode.UP).release(KeyCode.ALT);
        edited("move [proof#34] 3 before proof#33");
        window.until(() -> cards("#wave-3").indexOf("proof#34") == 2);
        window.robot.press(KeyCode.ALT).type(KeyCode.DOWN).release(KeyCode.ALT);
        window.until(() -> cards("#wave-3").indexOf("proof#34") == 3);
    }

    @Test
    void a_move_by_keys_is_given_up_with_escape_and_refused_like_any_other() {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "to wave 4");
        window.robot.type(KeyCode.ESCAPE).release(KeyCode.ALT);
        window.until(() -> window.find("#move-preview").isEmpty());
        window.click("#card-proof-41");
        window.robot.press(KeyCode.ALT).type(KeyCode.LEFT).type(KeyCode.LEFT);
        window.untilSeen("#move-preview", "proof#41 depends on proof#32");
        window.robot.release(KeyCode.ALT);
        window.untilSeen("#notices", "Nothing was moved. proof#41 depends on proof#32");
        assertThat(edits()).isEmpty();
    }
}
