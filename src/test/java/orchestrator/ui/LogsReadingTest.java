package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** How a log is looked at: followed, with times, however much comes. */
class LogsReadingTest extends LogsHands {
    @Test
    void following_ends_when_one_scrolls_up_and_the_button_goes_on() throws Exception {
        assertThat(window.find("#log-unseen")).isEmpty();
        focusLog();
        window.keys(KeyCode.PAGE_UP);
        window.until(() -> !window.seen(LOG).contains("line 300"));
        append("came later\nand later still\n");
        window.untilSeen("#log-unseen", "2 new lines");
        assertThat(window.seen(LOG)).doesNotContain("came later");
        window.tap("#log-unseen");
        window.untilSeen(LOG, "and later still");
        append("the newest\n");
        window.untilSeen(LOG, "the newest");
        window.untilGone("#log-unseen");
        window.keys(KeyCode.CONTROL, KeyCode.HOME);
        window.untilSeen(LOG, "line 1 of the log");
        window.keys(KeyCode.END);
        window.untilSeen(LOG, "the newest");
    }

    @Test
    void times_are_shown_where_they_are_known() throws Exception {
        Files.writeString(folder.resolve("transcript.times"), "1763820000000 0 0\n");
        append("one more\n");
        window.untilSeen(LOG, "one more");
        focusLog();
        window.keys(KeyCode.ALT, KeyCode.T);
        window.untilSeen(".log-gutter", "14:00:00");
        window.keys(KeyCode.ALT, KeyCode.T);
        window.until(() -> !window.seen(".log-gutter").contains("14:00:00"));
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
