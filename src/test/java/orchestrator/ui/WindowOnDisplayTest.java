package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Screen;
import javafx.stage.Stage;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.ui.shell.MainWindow;
import orchestrator.ui.shell.WindowSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only a real display with a window manager does: context menus, the wheel, frames. */
@Tag("display")
class WindowOnDisplayTest {
    private static final int WORKERS = 40;
    private WindowFixture window;

    @BeforeEach
    void open() throws Exception {
        window = new WindowFixture();
        window.control.snapshot.set(manyWorkers());
        window.untilSeen("#workers-table", "Task 2");
    }

    @AfterEach
    void close() throws Exception {
        window.close();
    }

    private static RunSnapshot manyWorkers() {
        List<IssueView> issues = new ArrayList<>();
        List<WorkerView> workers = new ArrayList<>();
        for (int i = 1; i <= WORKERS; i++) {
            IssueView issue = SampleRun.issue(i, 1, "Task " + i).running(i, 1, 1, 0.1).view();
            issues.add(issue);
            workers.add(SampleRun.worker(i, WorkerStatus.RUNNING, issue, 9, 1, "line", "", ""));
        }
        return SampleRun.of(SampleRun.HERE, GateView.OPEN, workers, issues);
    }

    @Test
    void a_right_click_on_a_worker_chooses_it_and_offers_what_can_be_done() throws Exception {
        window.robot.rightClickOn("Task 2");
        window.untilMenu("Copy branch name");
        assertThat(chosen()).isEqualTo(2);
        window.robot.clickOn("Copy branch name");
        window.until(() -> "proof/issue-2".equals(clipboard()));
    }

    @Test
    void the_context_menu_attaches_to_the_worker_it_was_opened_on() {
        window.robot.rightClickOn("Task 3");
        window.untilMenu("Attach");
        window.robot.clickOn("Attach");
        window.until(() -> window.control.asked.equals(List.of("attach 3")));
    }

    @Test
    void a_right_click_on_a_card_offers_what_can_be_done_with_its_issue() {
        window.click("#view-board");
        window.untilSeen("#board", "Task 2");
        window.robot.rightClickOn("#card-proof-2");
        window.untilMenu("Restart worker");
        window.robot.clickOn("Restart worker");
        window.untilSeen("#notices", "It is done.");
        assertThat(window.control.asked).containsExactly("order restart 2");
    }

    @Test
    void escape_puts_the_context_menu_away() {
        window.robot.rightClickOn("Task 2");
        window.untilMenu("Copy worktree path");
        window.robot.type(KeyCode.ESCAPE);
        window.until(() -> window.menu().isEmpty());
    }

    @Test
    void the_wheel_scrolls_the_workers() {
        assertThat(window.seen("#workers-table")).doesNotContain("Task " + WORKERS + "\n");
        window.robot.moveTo("Task 2");
        window.robot.scroll(80, VerticalDirection.DOWN);
        window.untilSeen("#workers-table", "Task " + WORKERS + "\n");
        window.until(() -> !window.seen("#workers-table").contains("Task 2\n"));
        window.robot.scroll(80, VerticalDirection.UP);
        window.untilSeen("#workers-table", "Task 2\n");
    }

    @Test
    void the_window_fits_the_screen_with_its_frame_and_has_its_icon() throws Exception {
        Stage stage =
                fx(() -> {
                    Stage made = new Stage();
                    new MainWindow(made, window.control, WindowSettings.defaults()).show();
                    return made;
                });
        try {
            window.until(() -> stage.getScene().getHeight() > 0 && !stage.isIconified());
            Rectangle2D room = Screen.getPrimary().getVisualBounds();
            window.until(() ->
                    room.contains(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()));
            assertThat(stage.getWidth()).isLessThanOrEqualTo(1440);
            assertThat(stage.getIcons())
                    .hasSize(7)
                    .allSatisfy(icon -> assertThat(icon.isError()).isFalse());
        } finally {
            var _ =
                    fx(() -> {
                        stage.hide();
                        return true;
                    });
        }
    }

    private int chosen() throws Exception {
        TableView<?> table = (TableView<?>) window.node("#workers-table");
        return fx(() -> table.getSelectionModel().getSelectedIndex() + 1);
    }

    private static String clipboard() {
        try {
            return fx(() -> String.valueOf(Clipboard.getSystemClipboard().getString()));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
