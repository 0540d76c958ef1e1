package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import orchestrator.model.IssueId;
import orchestrator.monitor.Archive.AttemptLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with logs. */
class LogsTest {
    private static final IssueId ISSUE = new IssueId("proof", 21);
    private static final String LOG = "#log-lines";
    @TempDir Path folder;
    private WindowFixture window;
    private Path transcript;

    @BeforeEach
    void open() throws Exception {
        transcript = folder.resolve("transcript.log");
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 300; i++) {
            lines.append(
                    switch (i) {
                        case 40, 200 -> "● Bash: make test " + i + "\n";
                        case 41, 260 -> "  └ ✗ exit 2 at " + i + "\n";
                        case 120 -> "a needle in the hay\n";
                        case 180, 240 -> "another Needle at " + i + "\n";
                        default -> "line " + i + " of the log\n";
                    });
        }
        Files.writeString(transcript, lines);
        window = new WindowFixture();
        window.control.snapshot.set(SampleRun.rich(transcript.toString()));
        window.untilSeen(LOG, "line 300 of the log");
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        assertThat(window.control.asked).noneMatch(asked -> asked.contains("FX!"));
    }

    private void append(String text) throws IOException {
        Files.writeString(transcript, text, StandardOpenOption.APPEND);
    }

    private void focusLog() {
        window.click(LOG);
        window.until(() -> window.find(".log-area:focused").isPresent());
    }

    private void type(KeyCode... keys) {
        window.robot.press(keys);
        for (int i = keys.length - 1; i >= 0; i--) {
            window.robot.release(keys[i]);
        }
    }

    private void openFind() {
        focusLog();
        type(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> window.find("#log-find-text:focused").isPresent());
    }

    private void fire(String menu, String title) throws Exception {
        MenuButton button = (MenuButton) window.node(menu);
        var _ =
                fx(() -> {
                    button.show();
                    return true;
                });
        window.until(() -> titles(button).stream().anyMatch(it -> it.contains(title)));
        var _ =
                fx(() -> {
                    MenuItem item =
                            button.getItems().stream()
                                    .filter(it ->
                                            it.getText() != null && it.getText().contains(title))
                                    .findFirst()
                                    .orElseThrow();
                    item.fire();
                    button.hide();
                    return true;
                });
    }

    private static List<String> titles(MenuButton button) {
        try {
            return fx(() ->
                    button.getItems().stream()
                            .map(MenuItem::getText)
                            .filter(java.util.Objects::nonNull)
                            .toList());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private String copied() throws Exception {
        return fx(() -> String.valueOf(Clipboard.getSystemClipboard().getString()));
    }

    private void clearClipboard() throws Exception {
        var _ =
                fx(() -> {
                    Clipboard.getSystemClipboard().clear();
                    return true;
                });
    }

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
        type(KeyCode.F3);
        window.untilSeen("#log-find-count", "3 of 3");
        type(KeyCode.F3);
        window.untilSeen("#log-find-count", "1 of 3");
        type(KeyCode.SHIFT, KeyCode.F3);
        window.untilSeen("#log-find-count", "3 of 3");
        window.untilSeen(LOG, "another Needle at 240");
        type(KeyCode.ESCAPE);
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
        window.click("#log-find-text");
        window.robot.write("xyz");
        window.untilSeen("#log-find-count", "Nothing found");
    }

    @Test
    void an_expression_finds_and_a_wrong_one_says_why_and_where() {
        openFind();
        window.click("#log-find-regex");
        window.click("#log-find-text");
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
        window.until(() -> !window.seen(LOG).contains("of the log"));
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
        type(KeyCode.CONTROL, KeyCode.HOME);
        window.untilSeen(LOG, "line 1 of the log");
        type(KeyCode.F8);
        window.untilSeen(LOG, "✗ exit 2 at 41");
        type(KeyCode.F8);
        window.untilSeen(LOG, "✗ exit 2 at 260");
        type(KeyCode.F8);
        window.untilSeen("#notices", "no further error");
        type(KeyCode.SHIFT, KeyCode.F9);
        window.untilSeen(LOG, "make test 200");
        type(KeyCode.SHIFT, KeyCode.F9);
        window.untilSeen(LOG, "make test 40");
        window.until(() -> window.find(".log-mark:error").isPresent());
    }

    @Test
    void following_ends_when_one_scrolls_up_and_the_button_goes_on() throws Exception {
        assertThat(window.find("#log-unseen")).isEmpty();
        focusLog();
        type(KeyCode.PAGE_UP);
        window.until(() -> !window.seen(LOG).contains("line 300"));
        append("came later\nand later still\n");
        window.untilSeen("#log-unseen", "2 new lines");
        assertThat(window.seen(LOG)).doesNotContain("came later");
        window.click("#log-unseen");
        window.untilSeen(LOG, "and later still");
        append("the newest\n");
        window.untilSeen(LOG, "the newest");
        window.untilGone("#log-unseen");
        type(KeyCode.CONTROL, KeyCode.HOME);
        window.untilSeen(LOG, "line 1 of the log");
        type(KeyCode.END);
        window.untilSeen(LOG, "the newest");
    }

    @Test
    void what_is_selected_is_copied_and_without_a_selection_all_is() throws Exception {
        clearClipboard();
        focusLog();
        type(KeyCode.CONTROL, KeyCode.HOME);
        window.untilSeen(LOG, "line 1 of the log");
        window.click("#log-copy");
        window.until(() -> copiedEndsWith("line 300 of the log"));
        assertThat(copied().lines()).hasSize(300);
        Node first = window.node(".log-text");
        window.robot.doubleClickOn(first);
        type(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> !copiedEndsWith("300 of the log"));
        assertThat(copied()).isIn("line", "1", "of", "the", "log");
        Node log = window.node(LOG);
        Bounds rows = fx(() -> log.localToScreen(log.getLayoutBounds()));
        window.robot.moveTo(rows.getMinX() + 2, rows.getMinY() + 8);
        window.robot.press(javafx.scene.input.MouseButton.PRIMARY);
        window.robot.moveTo(rows.getMinX() + 2, rows.getMinY() + 50);
        window.robot.release(javafx.scene.input.MouseButton.PRIMARY);
        type(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> copiedEndsWith("line 2 of the log\n"));
        assertThat(copied()).isEqualTo("line 1 of the log\nline 2 of the log\n");
        type(KeyCode.SHIFT, KeyCode.DOWN);
        type(KeyCode.SHIFT, KeyCode.END);
        type(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> copiedEndsWith("line 4 of the log"));
        type(KeyCode.CONTROL, KeyCode.A);
        type(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> copiedEndsWith("line 300 of the log"));
    }

    private boolean copiedEndsWith(String text) {
        try {
            return copied().endsWith(text);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void a_long_line_is_wrapped_or_scrolled_across_and_copied_whole() throws Exception {
        clearClipboard();
        append("begin " + "x".repeat(6_000) + " end\n");
        window.untilSeen(LOG, "(cut, 6,010 bytes in all)");
        assertThat(window.find("#log-lines-across")).isEmpty();
        focusLog();
        type(KeyCode.ALT, KeyCode.Z);
        window.until(() -> window.find("#log-lines-across").isPresent());
        window.robot.doubleClickOn(window.node(LOG)); // somewhere in the middle
        type(KeyCode.SHIFT, KeyCode.CONTROL, KeyCode.END);
        type(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> copiedEndsWith("xxxx end"));
        type(KeyCode.ALT, KeyCode.Z);
        window.untilGone("#log-lines-across");
    }

    private void addHistory() throws IOException {
        Path first = Files.writeString(folder.resolve("first.log"), "the first try\n");
        Path stream = Files.writeString(folder.resolve("stream.jsonl"), "{\"type\":\"raw\"}\n");
        Path prompt = Files.writeString(folder.resolve("prompt.md"), "Do this.");
        Path errors = Files.writeString(folder.resolve("stderr.log"), "it complained");
        window.control.attempts.put(
                ISSUE,
                List.of(
                        attempt(1, "write_tests", "crashed: exit 1", first, prompt, first, errors),
                        attempt(2, "run_tests_fix", "", stream, prompt, transcript, errors)));
    }

    private static AttemptLog attempt(
            int number,
            String stage,
            String outcome,
            Path stream,
            Path prompt,
            Path transcript,
            Path errors) {
        Instant began = SampleRun.NOW.minusSeconds(5_000 - 1_000L * number);
        return new AttemptLog(
                ISSUE,
                number,
                stage,
                1,
                Optional.of(began),
                Optional.empty(),
                outcome,
                transcript,
                stream,
                prompt,
                errors);
    }

    @Test
    void every_earlier_attempt_and_every_file_of_it_stays_reachable() throws Exception {
        addHistory();
        window.click("#action-pause"); // anything that makes a new snapshot
        var _ =
                fx(() -> {
                    window.control.snapshot.set(SampleRun.rich(transcript.toString()));
                    return true;
                });
        focusLog();
        type(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        String lines = "#log-proof-21-lines";
        window.untilSeen(lines, "line 300 of the log");
        fire("#log-proof-21-attempts", "1 · write_tests · 13:25 · crashed: exit 1");
        window.untilSeen(lines, "the first try");
        window.untilSeen("#log-proof-21-attempts", "Attempt 1 of 2");
        fire("#log-proof-21-attempts", "The newest");
        window.untilSeen(lines, "line 300 of the log");
        fire("#log-proof-21-kinds", "Raw stream");
        window.untilSeen(lines, "{\"type\":\"raw\"}");
        fire("#log-proof-21-kinds", "Prompt");
        window.untilSeen(lines, "Do this.");
        fire("#log-proof-21-kinds", "Error output");
        window.untilSeen(lines, "it complained");
    }

    @Test
    void a_tab_is_split_to_compare_two_workers_and_made_whole_again() throws Exception {
        Path other = Files.writeString(folder.resolve("other.log"), "another worker speaks\n");
        var run = SampleRun.rich(transcript.toString());
        var workers = new java.util.ArrayList<>(run.workers());
        workers.set(
                1,
                SampleRun.worker(
                        2,
                        orchestrator.model.RunSnapshot.WorkerStatus.RUNNING,
                        run.issues().get(5),
                        9,
                        1,
                        "",
                        "",
                        other.toString()));
        window.control.snapshot.set(SampleRun.of(run.monitor(), run.gate(), workers, run.issues()));
        focusLog();
        type(KeyCode.ALT, KeyCode.SHIFT, KeyCode.RIGHT);
        window.untilSeen("#log-second-lines", "line 300 of the log");
        fire("#log-second-target", "Worker 2");
        window.untilSeen("#log-second-lines", "another worker speaks");
        window.untilSeen(LOG, "line 300 of the log");
        double whole = width("#log-pane");
        type(KeyCode.ALT, KeyCode.SHIFT, KeyCode.DOWN);
        window.until(() -> width("#log-pane") > 1.8 * whole);
        type(KeyCode.ALT, KeyCode.SHIFT, KeyCode.UP);
        window.untilGone("#log-second-pane");
        assertThat(((SplitPane) window.node(".log-tab")).getItems()).hasSize(1);
    }

    private double width(String query) {
        try {
            Node node = window.node(query);
            return fx(() -> node.getLayoutBounds().getWidth());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void secrets_are_masked_in_the_raw_stream_too() throws Exception {
        addHistory();
        Files.writeString(
                folder.resolve("stream.jsonl"),
                "{\"token\":\"ghp_0123456789abcdefghijABCD\"}\n",
                StandardOpenOption.APPEND);
        focusLog();
        type(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        window.untilSeen("#log-proof-21-lines", "line 300 of the log");
        fire("#log-proof-21-kinds", "Raw stream");
        window.untilSeen("#log-proof-21-lines", "ghp_•••");
        assertThat(window.seen("#log-proof-21-lines")).doesNotContain("0123456789");
    }

    @Test
    void times_are_shown_where_they_are_known() throws Exception {
        Files.writeString(folder.resolve("transcript.times"), "1763820000000 0 0\n");
        append("one more\n");
        window.untilSeen(LOG, "one more");
        focusLog();
        type(KeyCode.ALT, KeyCode.T);
        window.untilSeen(".log-gutter", "14:00:00");
        type(KeyCode.ALT, KeyCode.T);
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
