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
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import orchestrator.model.IssueId;
import orchestrator.monitor.Archive.AttemptLog;
import orchestrator.store.UserFolder;
import orchestrator.ui.settings.UserData;
import org.junit.jupiter.api.Test;

/** Which log is shown where: attempts, files, tabs and their halves. */
class LogsTabsTest extends LogsHands {
    private static final IssueId ISSUE = new IssueId("proof", 21);

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
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
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
    void secrets_are_masked_in_the_raw_stream_too() throws Exception {
        addHistory();
        Files.writeString(
                folder.resolve("stream.jsonl"),
                "{\"token\":\"ghp_0123456789abcdefghijABCD\"}\n",
                StandardOpenOption.APPEND);
        focusLog();
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        window.untilSeen("#log-proof-21-lines", "line 300 of the log");
        fire("#log-proof-21-kinds", "Raw stream");
        window.untilSeen("#log-proof-21-lines", "ghp_•••");
        assertThat(window.seen("#log-proof-21-lines")).doesNotContain("0123456789");
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
        window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.RIGHT);
        window.untilSeen("#log-second-lines", "line 300 of the log");
        fire("#log-second-target", "Worker 2");
        window.untilSeen("#log-second-lines", "another worker speaks");
        window.untilSeen(LOG, "line 300 of the log");
        double whole = width("#log-pane");
        window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.DOWN);
        window.until(() -> width("#log-pane") > 1.8 * whole);
        window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.UP);
        window.untilGone("#log-second-pane");
        assertThat(((SplitPane) window.node(".log-tab")).getItems()).hasSize(1);
    }

    @Test
    void every_tab_shows_in_the_next_window_what_both_its_halves_did() throws Exception {
        window.close();
        Files.writeString(folder.resolve("transcript.times"), "1763820000000 0 0\n");
        UserData user = UserData.load(new UserFolder(folder.resolve("home")), "/work/proof");
        try {
            window = WindowFixture.of(user);
            addHistory();
            window.control.snapshot.set(SampleRun.rich(transcript.toString()));
            window.untilSeen(LOG, "line 300 of the log");
            splitFirst();
            splitOfIssue();
            window.press(KeyCode.ALT, KeyCode.T);
            window.untilSeen("#log-proof-21-second-pane .log-gutter", "14:00:00");
            UserData next = closeAndLoad(user);
            user = next;
            window = WindowFixture.of(user);
            addHistory();
            window.control.snapshot.set(SampleRun.rich(transcript.toString()));
            window.untilSeen("#log-second-lines", "it complained");
            assertThat(window.seen("#log-second-attempts")).contains("Attempt 1 of 2");
            window.untilSeen(LOG, "Do this.");
            window.until(() -> width("#log-pane") == width("#log-second-pane")); // one below
            window.click("#tab-log-proof-21");
            window.untilSeen("#log-proof-21-lines", "the first try");
            window.untilSeen("#log-proof-21-second-lines", "{\"type\":\"raw\"}");
            window.untilSeen("#log-proof-21-second-pane .log-gutter", "14:00:00");
            forgetsWhatIsClosed(user);
        } finally {
            user.close();
        }
    }

    private UserData closeAndLoad(UserData user) throws Exception {
        window.until(() -> String.valueOf(remembered(user)).lines().count() == 2);
        window.close();
        user.close();
        return UserData.load(new UserFolder(folder.resolve("home")), "/work/proof");
    }

    private static String remembered(UserData user) {
        try {
            return fx(() -> user.memory().get("log-tabs.shown").orElse(""));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private void splitFirst() throws Exception {
        focusLog();
        window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.DOWN);
        window.untilSeen("#log-second-lines", "line 300 of the log");
        fire("#log-kinds", "Prompt");
        fire("#log-second-attempts", "1 · write_tests");
        fire("#log-second-kinds", "Error output");
        window.untilSeen("#log-second-lines", "it complained");
    }

    private void splitOfIssue() throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        window.untilSeen("#log-proof-21-lines", "line 300 of the log");
        window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.RIGHT);
        fire("#log-proof-21-second-kinds", "Raw stream");
        window.untilSeen("#log-proof-21-second-lines", "raw");
        fire("#log-proof-21-attempts", "1 · write_tests");
        window.untilSeen("#log-proof-21-lines", "the first try");
    }

    private void forgetsWhatIsClosed(UserData user) throws Exception {
        var _ =
                fx(() -> {
                    ((TabPane) window.scene().lookup("#deck"))
                            .getTabs().stream()
                                    .filter(tab -> "tab-log-proof-21".equals(tab.getId()))
                                    .toList()
                                    .forEach(tab -> {
                                        tab.getTabPane().getTabs().remove(tab);
                                        tab.getOnClosed().handle(new Event(Tab.CLOSED_EVENT));
                                    });
                    return true;
                });
        window.until(() -> !remembered(user).contains("log-proof-21"));
    }

    private double width(String query) {
        try {
            Node node = window.node(query);
            return fx(() -> node.getLayoutBounds().getWidth());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
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
}
