package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.Orders;
import org.junit.jupiter.api.Test;

/** The board as a person uses it: choosing, filtering, grouping, forms. */
class BoardTest extends BoardHands {
    // ── Choosing ──────────────────────────────────────────────────────────────────────

    @Test
    void arrows_go_from_card_to_card_and_over_columns() {
        window.click("#card-proof-21");
        window.robot.type(KeyCode.DOWN);
        window.until(() -> is("#card-proof-22", "cursor") && is("#card-proof-22", "chosen"));
        window.robot.type(KeyCode.RIGHT);
        window.until(() -> is("#card-proof-32", "cursor"));
        window.robot.type(KeyCode.LEFT, KeyCode.LEFT, KeyCode.UP);
        window.until(() -> is("#card-proof-12", "cursor"));
        assertThat(is("#card-proof-22", "chosen")).isFalse();
    }

    @Test
    void shift_chooses_a_range_and_ctrl_a_all() {
        window.click("#card-proof-31");
        window.robot.press(KeyCode.SHIFT).type(KeyCode.DOWN).type(KeyCode.DOWN);
        window.robot.release(KeyCode.SHIFT);
        window.untilSeen("#board", "3 chosen");
        window.press(KeyCode.CONTROL, KeyCode.A);
        window.untilSeen("#board", "20 chosen");
        window.robot.type(KeyCode.ESCAPE);
        window.until(() -> !window.seen("#board").contains("chosen"));
        window.click("#card-proof-12");
        window.robot.press(KeyCode.SHIFT);
        window.click("#card-proof-17");
        window.robot.release(KeyCode.SHIFT);
        window.untilSeen("#board", "3 chosen");
    }

    @Test
    void an_order_is_given_to_all_that_is_chosen_and_can_take_it() {
        window.click("#card-proof-18");
        window.robot.press(KeyCode.CONTROL);
        window.click("#card-proof-25");
        window.click("#card-proof-34");
        window.robot.release(KeyCode.CONTROL);
        window.untilSeen("#board", "3 chosen");
        fire("Try again");
        window.until(() ->
                window.control.asked.equals(
                        List.of("order retry proof#18", "order retry proof#25")));
        window.untilSeen("#notices", "Done for 2 issues.");
        window.control.asked.clear();
        window.control.reply = new Orders.Reply(Orders.Outcome.REFUSED, "Not now.");
        fire("Mark completed");
        window.until(() -> window.control.asked.size() == 3);
        window.untilSeen("#notices", "Done for 0 of 3 issues. Not now.");
    }

    @Test
    void several_are_parked_for_one_reason() {
        window.click("#card-proof-33");
        window.robot.press(KeyCode.SHIFT);
        window.click("#card-proof-35");
        window.robot.release(KeyCode.SHIFT);
        fire("Park…");
        window.untilSeen("#order-dialog", "Park 3 issues");
        window.click("#order-reason");
        window.robot.write("later").type(KeyCode.ENTER);
        window.until(() ->
                window.control.asked.equals(
                        List.of(
                                "order park proof#33 later",
                                "order park proof#34 later",
                                "order park proof#35 later")));
    }

    /** Does what the card's menu offers, which is asked for by key. */
    private void fire(String title) {
        try {
            openMenu();
            window.untilMenu(title);
            var _ =
                    fx(() -> {
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
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** As the menu key does it: asked of what has the keys. */
    private void openMenu() throws Exception {
        var _ =
                fx(() -> {
                    Node owner = window.scene().getFocusOwner();
                    owner.fireEvent(
                            new ContextMenuEvent(
                                    ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                                    0,
                                    0,
                                    0,
                                    0,
                                    true,
                                    null));
                    return true;
                });
    }

    // ── Filter and groups ─────────────────────────────────────────────────────────────

    @Test
    void the_filter_shows_what_holds_all_its_words() {
        window.click("#card-proof-12");
        window.robot.type(KeyCode.SLASH);
        window.until(() -> window.find("#board-filter:focused").isPresent());
        window.robot.write("CACHE shard");
        window.until(() -> cards("#board").equals(List.of("proof#22")));
        assertThat(window.seen("#wave-2")).contains("1 of 5 shown");
        assertThat(window.seen("#wave-1")).contains("0 of 4 shown");
        window.robot.type(KeyCode.ESCAPE);
        window.untilSeen("#wave-1", "proof#12");
    }

    @Test
    void the_board_is_grouped_by_state_stage_and_project_and_remembers_it() {
        window.click("#group-by-state");
        window.untilSeen("#board", "Blocked");
        assertThat(window.find("#wave-1")).isEmpty();
        assertThat(window.find("#new-wave")).isEmpty();
        window.click("#group-by-stage");
        window.untilSeen("#group-run_tests_fix", "proof#21");
        window.click("#group-by-project");
        window.untilSeen("#group-site", "site#7");
        window.click("#card-site-7");
        window.press(KeyCode.ALT, KeyCode.RIGHT);
        window.untilSeen("#notices", "group the board by wave first");
        window.click("#group-by-wave");
        window.untilSeen("#wave-4", "site#7");
        assertThat(edits()).isEmpty();
    }

    // ── Forms ─────────────────────────────────────────────────────────────────────────

    private void write(String field, String text) throws Exception {
        TextInputControl input = (TextInputControl) window.node(field);
        window.robot.clickOn(input);
        window.press(KeyCode.CONTROL, KeyCode.A);
        window.robot.write(text);
        window.until(() -> input.getText().equals(text));
    }

    @Test
    void an_issue_is_added_by_its_form_which_tells_all_faults_at_once() throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.N);
        window.untilSeen("#issue-dialog", "Add an issue");
        write("#issue-wave", "soon");
        write("#issue-depends-on", "12, 999");
        window.click("#issue-save");
        window.untilSeen("#issue-dialog", "Give it a title.");
        assertThat(window.seen("#issue-dialog"))
                .contains("A whole number, 0 to 1000000.", "There is no issue proof#999.");
        write("#issue-title", "A new one");
        write("#issue-wave", "2");
        write("#issue-depends-on", "12, site#7");
        window.click("#issue-save");
        window.untilGone("#issue-dialog");
        edited("add proof#44 A new one");
        window.untilSeen("#wave-2", "A new one");
    }

    @Test
    void a_board_without_issues_says_so_and_offers_to_add_one() {
        window.control.snapshot.set(
                SampleRun.of(SampleRun.STOPPED, GateView.OPEN, List.of(), List.of()));
        window.untilSeen("#board", "No issues yet");
        window.control.planning.fault = new Fault("config-invalid", "The file is broken.");
        window.click("#action-add-issue");
        window.untilSeen("#notices", "The file is broken.");
    }

    @Test
    void an_issue_is_edited_and_what_the_config_refuses_stays_in_the_form() throws Exception {
        window.click("#card-proof-34");
        window.robot.type(KeyCode.ENTER);
        window.untilSeen("#issue-dialog", "Edit proof#34");
        window.click("#issue-cancel");
        window.untilGone("#issue-dialog");
        window.robot.type(KeyCode.F2);
        window.untilSeen("#issue-dialog", "Edit proof#34");
        assertThat(window.seen("#issue-title")).contains("Deterministic builds");
        write("#issue-wave", "4");
        window.control.planning.fault = new Fault("edit-refused", "It would be a cycle: break it.");
        window.click("#issue-save");
        window.untilSeen("#issue-dialog", "It would be a cycle: break it.");
        window.control.planning.fault = null;
        window.click("#issue-save");
        window.untilGone("#issue-dialog");
        window.untilSeen("#wave-4", "Deterministic builds");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.untilSeen("#wave-3", "Deterministic builds");
    }

    // ── Size ──────────────────────────────────────────────────────────────────────────

    @Test
    void of_a_thousand_cards_only_those_that_can_be_seen_are_nodes() throws Exception {
        List<IssueView> issues = new ArrayList<>();
        for (int number = 1; number <= 1000; number++) {
            issues.add(SampleRun.issue(number, 1 + number % 4, "Task " + number).view());
        }
        RunSnapshot run = SampleRun.of(SampleRun.HERE, GateView.OPEN, List.of(), issues);
        window.control.snapshot.set(run);
        window.untilSeen("#wave-1", "0 of 250 completed");
        window.until(() -> nodesOf("#wave-2").size() > 4);
        assertThat(nodesOf("#wave-1")).hasSizeLessThan(20);
        window.robot.clickOn(nodesOf("#wave-1").getFirst()).type(KeyCode.END);
        window.until(() -> is("#card-proof-1000", "cursor"));
        window.robot.type(KeyCode.HOME);
        window.until(() -> is("#card-proof-4", "cursor"));
        assertThat(nodesOf("#wave-1")).hasSizeLessThan(20);
    }

    @Test
    void the_chosen_card_is_told_to_whoever_listens() throws Exception {
        window.click("#card-proof-21");
        Node focused = fx(() -> window.scene().getFocusOwner());
        assertThat(focused).isInstanceOf(ListView.class);
        ListView<?> list = (ListView<?>) focused;
        assertThat(fx(() -> list.getFocusModel().getFocusedIndex())).isZero();
        assertThat(
                        Optional.ofNullable(window.node("#card-proof-21").getAccessibleText())
                                .orElse(""))
                .contains("proof#21 · In progress");
    }
}
