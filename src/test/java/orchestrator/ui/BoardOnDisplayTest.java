package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Drags as a real display makes them: the system carries the cards, and Escape ends that. */
@Tag("display")
class BoardOnDisplayTest extends BoardHands {
    @Override
    WindowFixture make() throws Exception {
        return new WindowFixture(1440, 1100);
    }

    private void dragOver(String from, String to) {
        Node start = window.node(from);
        Node end = window.node(to);
        window.robot.moveTo(start).press(MouseButton.PRIMARY).moveBy(0, 12).moveBy(0, 12);
        window.until(() -> window.find("#move-preview").isPresent());
        window.robot.moveTo(end).moveBy(2, 2).moveBy(2, 2);
    }

    private boolean isMoved() {
        return window.control.planned.stream().anyMatch(asked -> asked.startsWith("move "));
    }

    @Test
    void a_card_is_dragged_to_another_wave() {
        dragOver("#card-proof-33", "#card-proof-41");
        window.untilSeen("#move-preview", "proof#33 to wave 4");
        window.robot.release(MouseButton.PRIMARY);
        window.until(this::isMoved);
        window.untilSeen("#wave-4", "proof#33");
    }

    @Test
    void escape_gives_up_a_drag() {
        dragOver("#card-proof-33", "#card-proof-41");
        window.untilSeen("#move-preview", "proof#33 to wave 4");
        window.robot.type(KeyCode.ESCAPE);
        window.until(() -> window.find("#move-preview").isEmpty());
        window.robot.release(MouseButton.PRIMARY);
        assertThat(isMoved()).isFalse();
    }
}
