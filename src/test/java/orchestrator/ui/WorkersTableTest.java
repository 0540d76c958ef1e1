package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Polyline;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Orders;
import orchestrator.ui.fx.Preferences;
import org.junit.jupiter.api.Test;

/** Filter, order and columns of the table, and what can be done with a row. */
class WorkersTableTest extends RichRunCase {
    private static <T> T on(Callable<T> work) {
        try {
            return fx(work);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private TableView<?> table() {
        return (TableView<?>) window.node("#workers-table");
    }

    private List<Integer> numbers() {
        TableView<?> table = table();
        return on(() -> {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < table.getItems().size(); i++) {
                numbers.add((Integer) column(table, "column-number").getCellData(i));
            }
            return numbers;
        });
    }

    private static TableColumn<?, ?> column(TableView<?> table, String id) {
        return table.getColumns().stream()
                .filter(it -> id.equals(it.getId()))
                .findFirst()
                .orElseThrow();
    }

    private void filter(String words) {
        window.click("#workers-filter");
        window.robot.write(words, 0);
    }

    private static RunSnapshot with(WorkerView... workers) {
        RunSnapshot run = SampleRun.rich("");
        return SampleRun.of(run.monitor(), GateView.OPEN, List.of(workers), run.issues());
    }

    private static WorkerView running(int number, int issue, int retries, String line) {
        IssueView view =
                SampleRun.issue(issue, 1, "Task " + issue)
                        .running(number, 1, 1, 0.1)
                        .retried(retries)
                        .view();
        return SampleRun.worker(number, WorkerStatus.RUNNING, view, 9, 1, line, "", "");
    }

    @Test
    void words_find_a_worker_by_all_that_is_said_of_it() {
        filter("shard");
        window.until(() -> numbers().equals(List.of(2)));
        window.untilSeen(".workers-count", "1 of 8 shown");
        window.robot.type(KeyCode.ESCAPE);
        window.until(() -> numbers().size() == 8);
        for (String[] words :
                new String[][] {
                    {"proof#23 overl", "3"}, // issue and note
                    {"issue-32", "5"}, // branch
                    {"ending", "6"}, // state
                    {"stakingledger", "1"}, // last line
                }) {
            filter(words[0]);
            window.until(() -> numbers().equals(List.of(Integer.valueOf(words[1]))));
            window.robot.type(KeyCode.ESCAPE);
            window.until(() -> numbers().size() == 8);
        }
        filter("nothing has this");
        window.untilSeen("#workers-table", "No worker matches");
        window.click("#workers-filter-clear");
        window.until(() -> numbers().size() == 8);
    }

    @Test
    void a_group_shows_those_of_its_state_and_follows_them() {
        window.click("#workers-group-at_work");
        window.until(() -> numbers().equals(List.of(1, 2, 4, 5, 6)));
        window.click("#workers-group-waiting");
        window.until(() -> numbers().equals(List.of(3)));
        window.click("#workers-group-idle");
        window.until(() -> numbers().equals(List.of(7, 8)));
        window.control.snapshot.set(with(SampleRun.idle(1), running(2, 22, 0, "busy")));
        window.until(() -> numbers().equals(List.of(1)));
        window.click("#workers-group-idle");
        window.until(() -> numbers().equals(List.of(1)));
        window.click("#workers-group-all");
        window.until(() -> numbers().equals(List.of(1, 2)));
    }

    @Test
    void what_is_sorted_stays_sorted_while_rows_change_and_the_chosen_one_stays_chosen() {
        window.control.snapshot.set(
                with(running(1, 1, 0, "a"), running(2, 2, 3, "b"), running(3, 3, 5, "c")));
        window.until(() -> numbers().equals(List.of(1, 2, 3)));
        window.robot.clickOn("Task 2");
        window.click("#column-retries");
        window.click("#column-retries");
        window.until(() -> numbers().equals(List.of(3, 2, 1)));
        window.control.snapshot.set(
                with(running(1, 1, 9, "a"), running(2, 2, 3, "b"), running(3, 3, 5, "c")));
        window.until(() -> numbers().equals(List.of(1, 3, 2)));
        TableView<?> table = table();
        assertThat(on(() -> table.getSelectionModel().getSelectedIndex())).isEqualTo(2);
    }

    @Test
    void columns_are_chosen_moved_and_widened_and_it_is_remembered_until_reset() {
        MenuButton menu = (MenuButton) window.node("#workers-columns");
        on(() -> {
            CheckMenuItem cost =
                    menu.getItems().stream()
                            .filter(item -> "show-column-cost".equals(item.getId()))
                            .map(CheckMenuItem.class::cast)
                            .findFirst()
                            .orElseThrow();
            assertThat(cost.isSelected()).isTrue();
            cost.setSelected(false);
            return true;
        });
        window.until(() -> !window.seen("#workers-table").contains("Cost"));
        TableView<?> table = table();
        on(() -> {
            column(table, "column-work").setPrefWidth(411);
            return true;
        });
        window.until(() -> remembered().contains("column-work:411:shown"));
        assertThat(remembered()).contains("column-cost:", ":hidden").startsWith("column-number:");
        MenuItem reset = on(() -> menu.getItems().getLast());
        on(() -> {
            reset.fire();
            return true;
        });
        window.untilSeen("#workers-table", "Cost");
        assertThat(remembered()).isEmpty();
    }

    @Test
    void the_next_window_has_the_columns_and_the_order_of_the_last_one() throws Exception {
        TableView<?> table = table();
        on(() -> {
            column(table, "column-cost").setVisible(false);
            column(table, "column-work").setPrefWidth(411);
            move(table, "column-saying", 1);
            return true;
        });
        window.click("#column-commits");
        window.click("#column-commits");
        window.until(() -> numbers().getFirst() == 5);
        var user = window.user;
        window.close();
        window = WindowFixture.of(user);
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#workers-table", "Shard the cache");

        assertThat(window.seen("#workers-table")).doesNotContain("Cost");
        assertThat(numbers().getFirst()).isEqualTo(5);
        TableView<?> next = table();
        assertThat(on(() -> next.getColumns().get(1).getId())).isEqualTo("column-saying");
        window.until(() -> on(() -> column(next, "column-work").getWidth()) == 411);
    }

    private static <T> void move(TableView<T> table, String id, int to) {
        List<TableColumn<T, ?>> columns = new ArrayList<>(table.getColumns());
        TableColumn<T, ?> moved =
                columns.stream().filter(it -> id.equals(it.getId())).findFirst().orElseThrow();
        columns.remove(moved);
        columns.add(to, moved);
        table.getColumns().setAll(columns);
    }

    @Test
    void what_is_remembered_of_another_version_does_no_harm() throws Exception {
        var user = window.user;
        window.close();
        on(() -> {
            user.memory()
                    .put("workers.table.columns", "gone:80:shown,column-cost,:::,column-cost:x:y");
            user.memory().put("workers.table.sort", "gone:UP,column-cost");
            return true;
        });
        window = WindowFixture.of(user);
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#workers-table", "Shard the cache");
        assertThat(window.seen("#workers-table")).contains("Cost", "Issue", "Last activity");
    }

    private String remembered() {
        return on(() -> window.user.memory().get("workers.table.columns").orElse(""));
    }

    @Test
    void the_line_of_activity_rises_where_something_was_seen() {
        window.until(() -> line().size() == 40);
        List<Double> before = line();
        for (int second = 1; second <= 5; second++) {
            window.now.set(SampleRun.NOW.plusSeconds(second));
            IssueView issue = SampleRun.issue(1, 1, "Task 1").running(1, 1, 1, 0.1).view();
            int quiet = -second; // its sign of life is of this very second
            window.control.snapshot.set(
                    with(
                            SampleRun.worker(
                                    1,
                                    WorkerStatus.RUNNING,
                                    issue,
                                    9,
                                    quiet,
                                    "line " + second,
                                    "",
                                    "")));
            window.untilSeen("#workers-table", "line " + second);
        }
        window.until(() -> line().getLast() < before.getLast());
        window.now.set(SampleRun.NOW.plus(Duration.ofMinutes(11)));
        window.until(() -> line().stream().skip(1).filter(y -> y < 16).count() <= 40);
        window.until(() -> line().getLast() > 16);
    }

    /** The points of the first row's line. */
    private List<Double> line() {
        return on(() ->
                window.scene().lookup("#workers-table .activity-line") instanceof Polyline line
                        ? List.copyOf(line.getPoints())
                        : List.of());
    }

    private void fire(String title) {
        TableView<?> table = table();
        on(() -> {
            table.getContextMenu().getItems().stream()
                    .filter(item -> title.equals(item.getText()))
                    .filter(item -> !item.isDisable())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(title + " cannot be done"))
                    .fire();
            return true;
        });
    }

    private void asked(String... orders) {
        window.until(() -> window.control.asked.equals(List.of(orders)));
    }

    @Test
    void a_worktree_is_opened_as_files_in_an_editor_and_in_a_terminal() {
        String worktree = "/home/ada/work/proof-worktrees/issue-22";
        window.robot.clickOn("Shard the cache");
        fire("Open worktree: files");
        asked("files " + worktree);
        on(() -> {
            window.user.preferences().editor.set("code -n");
            return true;
        });
        fire("Open worktree: editor");
        asked("files " + worktree, "editor code -n " + worktree);
        fire("Open worktree: terminal");
        asked("files " + worktree, "editor code -n " + worktree, "shell " + worktree);
        window.until(() -> window.find("#terminal-canvas").isPresent());
    }

    @Test
    void a_terminal_program_of_the_user_is_used_where_it_is_preferred() {
        on(() -> {
            Preferences preferences = window.user.preferences();
            preferences.terminal.set("kitty");
            return true;
        });
        window.robot.doubleClickOn("Shard the cache");
        asked("attach 2 in kitty");
        fire("Open worktree: terminal");
        asked("attach 2 in kitty", "shell /home/ada/work/proof-worktrees/issue-22 in kitty");
        window.control.terminals.fault =
                new orchestrator.model.Fault(
                        "terminal-absent", "The terminal 'kitty' is not here.");
        window.robot.doubleClickOn("Shard the cache");
        window.untilSeen("#notices", "'kitty' is not here");
    }

    @Test
    void a_worker_is_paused_after_its_stage_and_let_go_on() {
        window.robot.clickOn("Shard the cache");
        window.control.reply =
                new Orders.Reply(Orders.Outcome.ACCEPTED, "Worker 2 pauses after this stage.");
        fire("Pause after this stage");
        asked("order pause-worker 2");
        window.untilSeen("#notices", "pauses after this stage");
        IssueView issue = SampleRun.issue(22, 1, "Shard the cache").running(2, 1, 1, 0.1).view();
        window.control.snapshot.set(
                with(
                        SampleRun.worker(
                                2,
                                WorkerStatus.RUNNING,
                                issue,
                                9,
                                1,
                                "line",
                                WorkerView.PAUSING_NOTE,
                                "")));
        window.untilSeen("#workers-table", "Pausing");
        assertThat(window.seen("#workers-table")).contains(WorkerView.PAUSING_NOTE);
        fire("Let it go on");
        asked("order pause-worker 2", "order continue-worker 2");
    }
}
