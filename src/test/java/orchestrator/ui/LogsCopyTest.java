package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** What is selected in a log goes to the clipboard. */
class LogsCopyTest extends LogsHands {
    @Test
    void what_is_selected_is_copied_and_without_a_selection_all_is() throws Exception {
        clearClipboard();
        focusLog();
        window.press(KeyCode.CONTROL, KeyCode.HOME);
        window.untilSeen(LOG, "line 1 of the log");
        window.click("#log-copy");
        window.until(() -> copiedEndsWith("line 300 of the log"));
        assertThat(copied().lines()).hasSize(300);
        Node first = window.node(".log-text");
        window.robot.doubleClickOn(first);
        window.press(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> !copiedEndsWith("300 of the log"));
        assertThat(copied()).isIn("line", "1", "of", "the", "log");
        Node log = window.node(LOG);
        Bounds rows = fx(() -> log.localToScreen(log.getLayoutBounds()));
        window.robot.moveTo(rows.getMinX() + 2, rows.getMinY() + 8);
        window.robot.press(javafx.scene.input.MouseButton.PRIMARY);
        window.robot.moveTo(rows.getMinX() + 2, rows.getMinY() + 50);
        window.robot.release(javafx.scene.input.MouseButton.PRIMARY);
        window.press(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> copiedEndsWith("line 2 of the log\n"));
        assertThat(copied()).isEqualTo("line 1 of the log\nline 2 of the log\n");
        window.press(KeyCode.SHIFT, KeyCode.DOWN);
        window.press(KeyCode.SHIFT, KeyCode.END);
        window.press(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> copiedEndsWith("line 4 of the log"));
        window.press(KeyCode.CONTROL, KeyCode.A);
        window.press(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> copiedEndsWith("line 300 of the log"));
    }

    @Test
    void a_long_line_is_wrapped_or_scrolled_across_and_copied_whole() throws Exception {
        clearClipboard();
        append("begin " + "x".repeat(6_000) + " end\n");
        window.untilSeen(LOG, "(cut, 6,010 bytes in all)");
        assertThat(window.find("#log-lines-across")).isEmpty();
        focusLog();
        window.press(KeyCode.ALT, KeyCode.Z);
        window.until(() -> window.find("#log-lines-across").isPresent());
        window.robot.doubleClickOn(window.node(LOG)); // somewhere in the middle
        window.press(KeyCode.SHIFT, KeyCode.CONTROL, KeyCode.END);
        window.press(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> copiedEndsWith("xxxx end"));
        window.press(KeyCode.ALT, KeyCode.Z);
        window.untilGone("#log-lines-across");
    }

    private boolean copiedEndsWith(String text) {
        try {
            return copied().endsWith(text);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
