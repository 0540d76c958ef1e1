package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** What is looked for in a log, and errors and calls of tools. */
class LogsSearchTest extends LogsHands {
    @Test
    void a_search_counts_goes_round_and_ends_with_escape() {
        openFind();
        window.robot.write("needle");
        window.untilSeen("#log-find-count", "1 of 3");
        window.untilSeen(LOG, "a needle in the hay");
        window.until(() -> window.find(".log-row:current").isPresent());
        window.robot.type(KeyCode.ENTER);
        window.untilSeen("#log-find-count", "2 of 3");
        window.untilSeen(LOG, "another Needle at 180");
        window.press(KeyCode.F3);
        window.untilSeen("#log-find-count", "3 of 3");
        window.press(KeyCode.F3);
        window.untilSeen("#log-find-count", "1 of 3");
        window.press(KeyCode.SHIFT, KeyCode.F3);
        window.untilSeen("#log-find-count", "3 of 3");
        window.untilSeen(LOG, "another Needle at 240");
        window.press(KeyCode.ESCAPE);
        window.untilGone("#log-find");
        assertThat(window.find(".log-area:focused")).isPresent();
    }

    @Test
    void case_counts_when_it_is_wanted_and_a_search_goes_on_with_what_comes() throws Exception {
        openFind();
        window.robot.write("needle");
        window.untilSeen("#log-find-count", "of 3");
        window.click("#log-find-case");
        window.untilSeen("#log-find-count", "of 1");
        append("one more needle\n");
        window.untilSeen("#log-find-count", "of 2");
        window.enter("#log-find-text");
        window.robot.write("xyz");
        window.untilSeen("#log-find-count", "Nothing found");
    }

    @Test
    void an_expression_finds_and_a_wrong_one_says_why_and_where() {
        openFind();
        window.click("#log-find-regex");
        window.enter("#log-find-text");
        window.robot.write("^line 2\\d\\d of");
        window.untilSeen("#log-find-count", "of 97");
        window.robot.write("(");
        window.untilSeen("#log-find-problem", "unclosed group at its end");
        window.robot.type(KeyCode.BACK_SPACE);
        window.untilSeen("#log-find-count", "of 97");
        window.untilGone("#log-find-problem");
    }

    @Test
    void only_what_matches_is_shown_with_its_own_line_numbers() {
        openFind();
        window.robot.write("needle");
        window.untilSeen("#log-find-count", "1 of 3");
        window.click("#log-find-only");
        window.until(() -> window.seen(LOG).lines().count() == 3);
        assertThat(window.seen(LOG).lines())
                .containsExactly(
                        "a needle in the hay", "another Needle at 180", "another Needle at 240");
        assertThat(window.seen(".log-gutter").lines()).containsExactly("120", "180", "240");
        window.click("#log-find-only");
        window.untilSeen(LOG, "of the log");
    }

    @Test
    void errors_and_calls_of_tools_are_reached_by_keys() {
        focusLog();
        window.press(KeyCode.CONTROL, KeyCode.HOME);
        window.untilSeen(LOG, "line 1 of the log");
        window.press(KeyCode.F8);
        window.untilSeen(LOG, "✗ exit 2 at 41");
        window.press(KeyCode.F8);
        window.untilSeen(LOG, "✗ exit 2 at 260");
        window.press(KeyCode.F8);
        window.untilSeen("#notices", "no further error");
        window.press(KeyCode.SHIFT, KeyCode.F9);
        window.untilSeen(LOG, "make test 200");
        window.press(KeyCode.SHIFT, KeyCode.F9);
        window.untilSeen(LOG, "make test 40");
        window.until(() -> window.find(".log-mark:error").isPresent());
    }
}
