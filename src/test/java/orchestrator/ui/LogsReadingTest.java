package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

/** How a log is looked at: followed, with times, however much comes. */
class LogsReadingTest extends LogsHands {
    @Test
    void following_ends_when_one_scrolls_up_and_the_button_goes_on() throws Exception {
        assertThat(window.find("#log-unseen")).isEmpty();
        focusLog();
        window.press(KeyCode.PAGE_UP);
        window.until(() -> !window.seen(LOG).contains("line 300"));
        append("came later\nand later still\n");
        window.untilSeen("#log-unseen", "2 new lines");
        assertThat(window.seen(LOG)).doesNotContain("came later");
        window.click("#log-unseen");
        window.untilSeen(LOG, "and later still");
        append("the newest\n");
        window.untilSeen(LOG, "the newest");
        window.untilGone("#log-unseen");
        window.press(KeyCode.CONTROL, KeyCode.HOME);
        window.untilSeen(LOG, "line 1 of the log");
        window.press(KeyCode.END);
        window.untilSeen(LOG, "the newest");
    }

    @Test
    void times_are_shown_where_they_are_known() throws Exception {
        Files.writeString(folder.resolve("transcript.times"), "1763820000000 0 0\n");
        append("one more\n");
        window.untilSeen(LOG, "one more");
        focusLog();
        window.press(KeyCode.ALT, KeyCode.T);
        window.untilSeen(".log-gutter", "14:00:00");
        window.press(KeyCode.ALT, KeyCode.T);
        window.until(() -> !window.seen(".log-gutter").contains("14:00:00"));
    }

    @Test
    void the_wheel_with_ctrl_sizes_the_text_of_all_logs_and_it_stays_so() throws Exception {
        focusLog();
        window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.RIGHT);
        window.untilSeen("#log-second-lines", "line 300 of the log");
        double usual = size(LOG);
        wheel(2);
        window.until(() -> size(LOG) > 1.2 * usual);
        window.until(() -> size("#log-second-lines") == size(LOG));
        assertThat(window.seen(LOG)).contains("line 300 of the log"); // it is followed all the same
        wheel(-3);
        window.until(() -> size(LOG) < usual);
        assertThat(window.user.memory().get("log-tabs.zoom")).contains("0.91");
        window.click(LOG);
        window.press(KeyCode.CONTROL, KeyCode.EQUALS);
        window.until(() -> size(LOG) > 0.99 * usual);
        window.press(KeyCode.CONTROL, KeyCode.MINUS);
        window.press(KeyCode.CONTROL, KeyCode.DIGIT0);
        window.until(() -> size(LOG) == usual);
        assertThat(window.user.memory().get("log-tabs.zoom")).isEmpty();
    }

    /** Steps up, or down where they are less than nothing. */
    private void wheel(int steps) throws Exception {
        Node log = window.node(LOG);
        for (int i = 0; i < Math.abs(steps); i++) {
            var _ =
                    fx(() -> {
                        Event.fireEvent(log, wheelEvent(Integer.signum(steps)));
                        return true;
                    });
        }
    }

    private static ScrollEvent wheelEvent(int step) {
        return new ScrollEvent(
                ScrollEvent.SCROLL,
                5,
                5,
                5,
                5,
                false,
                true,
                false,
                false,
                false,
                false,
                0,
                40.0 * step,
                0,
                40.0 * step,
                40,
                40,
                ScrollEvent.HorizontalTextScrollUnits.NONE,
                0,
                ScrollEvent.VerticalTextScrollUnits.NONE,
                0,
                0,
                new PickResult(null, 5, 5));
    }

    private double size(String log) {
        try {
            return fx(() -> ((Text) window.scene().lookup(log + " .log-text")).getFont().getSize());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void fifty_thousand_lines_that_come_at_once_are_all_there() throws Exception {
        StringBuilder burst = new StringBuilder();
        for (int i = 1; i <= 50_000; i++) {
            burst.append("burst ").append(i).append('\n');
        }
        append(burst.toString());
        window.untilSeen(LOG, "burst 50000\n");
        window.untilSeen(".log-gutter", "50300");
        assertThat(window.scene().getRoot().lookupAll(".log-text")).hasSizeLessThan(150);
    }
}
