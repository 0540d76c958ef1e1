package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.store.UserFolder;
import orchestrator.ui.fx.Preferences.Colours;
import orchestrator.ui.settings.UserData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What belongs to the window as a whole: palette, keys, menu, news, settings, memory. */
class ShellTest {
    @TempDir Path home;
    private UserData user;
    private WindowFixture window;

    @BeforeEach
    void open() throws Exception {
        openWindow();
    }

    private void openWindow() throws Exception {
        user = UserData.load(new UserFolder(home), "/work/proof");
        window = WindowFixture.of(user);
        window.control.snapshot.set(run(working(1), working(2)));
        window.untilSeen("#workers-table", "Issue 2");
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        user.close();
        assertThat(window.control.asked).noneMatch(asked -> asked.contains("FX!"));
    }

    private static IssueView working(int number) {
        return SampleRun.issue(number, 1, "Issue " + number).running(number, 1, 1, 0.1).view();
    }

    private static IssueView completed(int number) {
        return SampleRun.issue(number, 1, "Issue " + number).done(2, 0.5).view();
    }

    private static RunSnapshot run(IssueView... issues) {
        return run("", issues);
    }

    private static RunSnapshot run(String transcript, IssueView... issues) {
        return SampleRun.of(
                SampleRun.HERE,
                GateView.OPEN,
                List.of(
                        SampleRun.worker(1, WorkerStatus.RUNNING, working(1), 9, 1, "one", "", ""),
                        SampleRun.worker(
                                2, WorkerStatus.RUNNING, working(2), 9, 1, "two", "", transcript)),
                List.of(issues));
    }

    private String best() {
        try {
            return fx(() -> {
                ListView<?> found = (ListView<?>) window.scene().lookup("#palette-found");
                String first = String.valueOf(found.getItems().getFirst());
                return first.substring(first.indexOf("title=") + "title=".length());
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void the_palette_does_an_action_by_a_few_letters() {
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        window.robot.write("pau");
        window.until(() -> best().startsWith("Pause"));
        window.press(KeyCode.ENTER);
        window.untilGone("#palette");
        window.until(() -> window.control.asked.contains("order pause "));
    }

    @Test
    void the_palette_leads_to_an_issue_and_to_a_worker() {
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        window.robot.write("proof 2");
        window.until(() -> best().startsWith("proof#2"));
        window.press(KeyCode.ENTER);
        window.untilSeen("#board", "Issue 2");
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        window.robot.write("worker 2");
        window.until(() -> best().startsWith("Worker 2"));
        window.press(KeyCode.ENTER);
        window.untilSeen("#workers-table", "Issue 2");
        window.untilSeen("#deck", "Worker 2");
    }

    @Test
    void the_palette_is_moved_through_by_keys_and_put_away_by_escape() {
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        window.press(KeyCode.DOWN);
        window.press(KeyCode.DOWN);
        window.press(KeyCode.UP);
        window.press(KeyCode.ESCAPE);
        window.untilGone("#palette");
        assertThat(window.control.asked).isEmpty();
    }

    @Test
    void what_fits_nothing_says_so() {
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        window.robot.write("zzzqqq");
        window.untilSeen("#palette-found", "Nothing fits");
    }

    @Test
    void all_keys_stand_on_one_sheet() {
        window.press(KeyCode.F1);
        window.untilSeen("#keys-dialog", "Ctrl+K");
        assertThat(window.seen("#keys-dialog")).contains("Pause", "Ctrl+P", "Board", "Enter");
        window.click("#keys-close");
        window.untilGone("#keys-dialog");
    }

    @Test
    void every_action_has_its_place_in_the_menu() throws Exception {
        List<String> titles =
                fx(() ->
                        ((MenuButton) window.scene().lookup("#main-menu"))
                                .getItems().stream()
                                        .flatMap(group ->
                                                ((javafx.scene.control.Menu) group)
                                                        .getItems().stream())
                                        .map(MenuItem::getText)
                                        .toList());
        assertThat(titles).doesNotHaveDuplicates();
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(() -> window.find("#palette-typed:focused").isPresent());
        window.robot.write("");
        assertThat(titles).contains("Launch", "Pause", "Restart worker", "Settings…", "Keys");
    }

    @Test
    void what_happened_is_counted_told_and_leads_to_its_issue() {
        assertThat(window.find("#news-count")).isEmpty();
        window.control.snapshot.set(run(completed(1), working(2)));
        window.untilSeen("#news-count", "1");
        window.click("#action-notices");
        window.until(() -> window.popupText().contains("proof#1 is completed"));
        window.until(() -> window.find("#news-count").isEmpty());
        window.press(KeyCode.ESCAPE);
        window.until(() -> window.popupText().isEmpty());
        window.click("#action-notices");
        window.until(() -> window.popupText().contains("proof#1 is completed"));
        window.press(KeyCode.DOWN);
        window.press(KeyCode.ENTER);
        window.untilSeen("#board", "Issue 1");
    }

    @Test
    void settings_hold_at_once_and_the_next_time() throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.COMMA);
        window.untilSeen("#settings-dialog", "Colours");
        ChoiceBox<?> colours = (ChoiceBox<?>) window.node("#settings-colours");
        var _ =
                fx(() -> {
                    colours.getSelectionModel().select(2);
                    return true;
                });
        window.click("#settings-notifications");
        CheckBox box = (CheckBox) window.node("#settings-notifications");
        window.until(() -> !box.isSelected());
        window.click("#settings-editor");
        window.robot.write("code -n");
        window.click("#settings-close");
        window.untilGone("#settings-dialog");
        window.close();
        user.close();

        try (UserData next = UserData.load(new UserFolder(home), "/other")) {
            assertThat(next.preferences().colours.get()).isEqualTo(Colours.DARK);
            assertThat(next.preferences().notifications.get()).isFalse();
            assertThat(next.preferences().editor.get()).isEqualTo("code -n");
        }
    }

    @Test
    void larger_text_takes_effect_at_once() throws Exception {
        double before = nameSize();
        var _ =
                fx(() -> {
                    user.preferences().fontSize.set(18);
                    return true;
                });
        window.until(() -> nameSize() > before + 4);
    }

    private double nameSize() {
        try {
            return fx(() -> ((Label) window.scene().lookup(".workspace-name")).getFont().getSize());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void the_view_that_was_shown_last_is_shown_again() throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.untilSeen("#board", "Issue 2");
        window.close();
        user.close();
        user = UserData.load(new UserFolder(home), "/work/proof");
        window = WindowFixture.of(user);
        window.control.snapshot.set(run(working(1), working(2)));
        window.untilSeen("#board", "Issue 2");
    }

    @Test
    void the_tabs_that_were_open_are_open_again_but_for_terminals() throws Exception {
        Path log = Files.writeString(home.resolve("transcript.log"), "something\n");
        window.control.snapshot.set(run(log.toString(), working(1), working(2)));
        window.robot.clickOn("Issue 2");
        window.untilSeen("#log-lines", "something"); // the new snapshot is the one that is shown
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        window.node("#tab-log-proof-2");
        window.press(KeyCode.CONTROL, KeyCode.D);
        window.node("#tab-changes-proof-2");
        window.robot.doubleClickOn("Issue 1");
        window.until(() -> window.find("#terminal-canvas").isPresent());
        window.close();
        user.close();
        user = UserData.load(new UserFolder(home), "/work/proof");
        window = WindowFixture.of(user);
        window.control.snapshot.set(run(working(1), working(2)));
        window.node("#tab-changes-proof-2");
        window.node("#tab-log-proof-2");
        assertThat(window.find("#tab-terminal-1")).isEmpty();
        assertThat(window.control.asked).noneMatch(asked -> asked.startsWith("attach"));
    }

    @Test
    void where_nothing_may_move_no_tab_grows() throws Exception {
        var _ =
                fx(() -> {
                    user.preferences().reducedMotion.set(true);
                    return true;
                });
        assertThat(fx(() -> window.scene().getRoot().getStyleClass())).contains("still");
        var _ =
                fx(() -> {
                    user.preferences().reducedMotion.set(false);
                    return true;
                });
        assertThat(fx(() -> window.scene().getRoot().getStyleClass())).doesNotContain("still");
    }
}
