package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Control;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import orchestrator.model.Fault;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Orders;
import orchestrator.monitor.Orders.Outcome;
import org.junit.jupiter.api.Test;

/** What people tell the monitor from the window, and what they are told of it. */
class SteppingTest extends RichRunCase {
    @Override
    WindowFixture make() throws Exception {
        // So tall that all cards can be seen: those that cannot are no nodes.
        return new WindowFixture(1440, 1400);
    }

    private void asked(String... orders) {
        window.until(() -> window.control.asked.equals(List.of(orders)));
    }

    private static RunSnapshot paused() {
        RunSnapshot run = SampleRun.rich("");
        GateView gate =
                new GateView(false, Optional.of(PauseCause.USER), Optional.empty(), "lunch");
        return SampleRun.of(run.monitor(), gate, run.workers(), run.issues());
    }

    private void showBoard() {
        window.click("#view-board");
        window.untilSeen("#board", "Wave 4");
    }

    /** Opens a card's menu and does what one of its items does. */
    private void onCard(String card, String title) throws Exception {
        openMenu(card);
        window.untilMenu(title);
        var _ =
                WindowHands.fx(() -> {
                    ContextMenu menu =
                            Window.getWindows().stream()
                                    .filter(ContextMenu.class::isInstance)
                                    .map(ContextMenu.class::cast)
                                    .filter(Window::isShowing)
                                    .findFirst()
                                    .orElseThrow();
                    MenuItem item =
                            menu.getItems().stream()
                                    .filter(it -> title.equals(it.getText()))
                                    .findFirst()
                                    .orElseThrow();
                    assertThat(item.isDisable()).as(title + " cannot be done").isFalse();
                    menu.hide();
                    item.fire();
                    return true;
                });
    }

    /** As the system asks for it; that the right button does is seen on a real display. */
    private void openMenu(String card) throws Exception {
        Node node = window.node(card);
        var _ =
                WindowHands.fx(() -> {
                    Point2D at = node.localToScreen(8, 8);
                    node.fireEvent(
                            new ContextMenuEvent(
                                    ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                                    8,
                                    8,
                                    at.getX(),
                                    at.getY(),
                                    false,
                                    null));
                    return true;
                });
    }

    @Test
    void launches_are_paused_and_resumed_by_the_one_button_that_makes_sense() {
        assertThat(window.find("#action-resume")).isEmpty();
        window.control.reply = new Orders.Reply(Outcome.ACCEPTED, "Launches are paused.");
        window.click("#action-pause");
        asked("order pause ");
        window.untilSeen("#notices", "Launches are paused.");
        window.control.snapshot.set(paused());
        window.until(() -> window.find("#action-pause").isEmpty());
        window.click("#action-resume");
        asked("order pause ", "order resume ");
    }

    @Test
    void without_a_run_there_is_nothing_to_pause() {
        RunSnapshot run = SampleRun.rich("");
        window.control.snapshot.set(
                SampleRun.of(SampleRun.STOPPED, GateView.OPEN, List.of(), run.issues()));
        window.until(() -> window.find("#action-pause").isEmpty());
        assertThat(window.find("#action-resume")).isEmpty();
    }

    @Test
    void the_chosen_worker_is_restarted_by_key() {
        window.robot.clickOn(window.node("#workers-table")).type(KeyCode.HOME);
        window.robot.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        window.robot.release(KeyCode.R, KeyCode.SHIFT, KeyCode.CONTROL);
        window.until(() ->
                window.control.asked.stream()
                        .anyMatch(order -> order.matches("order restart \\d")));
    }

    /** Worker 1 holds another issue by now, and worker 2 holds nothing. */
    private static RunSnapshot later() {
        RunSnapshot run = SampleRun.rich("");
        List<IssueView> issues = new ArrayList<>(run.issues());
        IssueView next =
                SampleRun.issue(34, 3, "Deterministic builds").running(1, 1, 2, 0.5).view();
        issues.replaceAll(issue -> {
            if (issue.id().number() == 21) {
                return SampleRun.issue(21, 2, issue.title()).done(5, 6).view();
            }
            return issue.id().equals(next.id()) ? next : issue;
        });
        List<WorkerView> workers = new ArrayList<>(run.workers());
        workers.set(0, SampleRun.worker(1, WorkerStatus.RUNNING, next, 9, 1, "line", "", ""));
        return SampleRun.of(run.monitor(), run.gate(), workers, issues);
    }

    private void fire(String action) throws Exception {
        Node table = window.node("#workers-table");
        var _ =
                WindowHands.fx(() -> {
                    ContextMenu menu = ((Control) table).getContextMenu();
                    menu.getItems().stream()
                            .filter(item -> action.equals(item.getText()))
                            .filter(item -> !item.isDisable())
                            .findFirst()
                            .orElseThrow()
                            .fire();
                    return true;
                });
    }

    @Test
    void what_a_chosen_worker_holds_is_what_it_holds_by_then() throws Exception {
        window.robot.clickOn(window.node("#workers-table"));
        window.robot.type(KeyCode.HOME);
        window.control.snapshot.set(later());
        window.untilSeen("#workers-table", "Deterministic builds");
        fire("Push branch");
        asked("order push proof#34");
    }

    @Test
    void back_at_the_table_it_is_the_row_that_is_meant_and_not_the_card() throws Exception {
        window.robot.clickOn(window.node("#workers-table"));
        window.robot.type(KeyCode.HOME);
        showBoard();
        window.click("#card-proof-12");
        window.click("#view-workers");
        fire("Push branch");
        asked("order push proof#21");
    }

    @Test
    void a_refusal_stays_to_be_read_and_can_be_put_away() {
        window.control.reply = new Orders.Reply(Outcome.REFUSED, "Launches are not paused.");
        window.click("#action-pause");
        window.untilSeen("#notices", "Launches are not paused.");
        window.click("#notice .close-button");
        window.untilGone("#notice");
    }

    @Test
    void an_order_that_cannot_be_brought_says_why() {
        window.control.orderFault =
                new Fault("inbox-write", "The order could not be written; make room.");
        window.click("#action-pause");
        window.untilSeen("#notices", "make room");
    }

    @Test
    void a_failed_issue_is_tried_again_from_its_card() throws Exception {
        showBoard();
        onCard("#card-proof-18", "Try again");
        asked("order retry proof#18");
    }

    @Test
    void an_issue_nobody_works_on_is_completed_at_once() throws Exception {
        showBoard();
        onCard("#card-proof-34", "Mark completed");
        asked("order complete proof#34");
    }

    @Test
    void where_an_agent_works_completing_is_asked_about_first() throws Exception {
        showBoard();
        onCard("#card-proof-21", "Mark completed");
        window.untilSeen("#order-dialog", "Take proof#21 for completed?");
        window.click("#order-cancel");
        window.untilGone("#order-dialog");
        assertThat(window.control.asked).isEmpty();
        onCard("#card-proof-21", "Mark completed");
        window.click("#order-go");
        asked("order complete proof#21");
    }

    @Test
    void an_issue_is_parked_for_a_reason_and_not_without_one() throws Exception {
        showBoard();
        onCard("#card-proof-34", "Park…");
        window.untilSeen("#order-dialog", "proof#34");
        assertThat(window.disabled("#order-go")).isTrue();
        window.click("#order-reason");
        window.robot.write("waits for the vendor");
        window.until(() -> !window.disabled("#order-go"));
        window.robot.type(KeyCode.ENTER);
        asked("order park proof#34 waits for the vendor");
    }

    @Test
    void what_is_done_cannot_be_undone_by_a_word() throws Exception {
        showBoard();
        openMenu("#card-proof-12");
        window.untilMenu("Mark completed");
        assertThat(possible()).contains("Push branch").doesNotContain("Mark completed", "Park…");
    }

    private static List<String> possible() throws Exception {
        return WindowHands.fx(() ->
                Window.getWindows().stream()
                        .filter(ContextMenu.class::isInstance)
                        .filter(Window::isShowing)
                        .flatMap(menu -> ((ContextMenu) menu).getItems().stream())
                        .filter(item -> !item.isDisable())
                        .map(MenuItem::getText)
                        .filter(text -> text != null)
                        .toList());
    }
}
