package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Window;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.Orders;
import orchestrator.ui.workers.TerminalOpener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The board as a person uses it: choosing, moving by mouse and by keys, filtering, forms. */
class BoardTest {
    private WindowFixture window;

    @BeforeEach
    void open() throws Exception {
        // So tall that all cards can be seen: those that cannot are no nodes.
        window = new WindowFixture(TerminalOpener.NONE, 1440, 1400);
        window.control.snapshot.set(SampleRun.rich(""));
        window.untilSeen("#workers-table", "Shard the cache");
        window.click("#view-board");
        window.untilSeen("#board", "Wave 4");
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        assertThat(window.control.asked).noneMatch(asked -> asked.contains("FX!"));
        assertThat(window.control.planned).noneMatch(asked -> asked.contains("FX!"));
    }

    private List<String> edits() {
        return window.control.planned.stream()
                .filter(asked -> asked.matches("(move|edit|add|revert) .*"))
                .toList();
    }

    private void edited(String... edits) {
        window.until(() -> edits().equals(List.of(edits)));
    }

    private boolean is(String query, String state) {
        return window.find(query)
                .filter(node ->
                        node.getPseudoClassStates().contains(PseudoClass.getPseudoClass(state)))
                .isPresent();
    }

    private Point2D on(String query, double x, double y) throws Exception {
        Node node = window.node(query);
        return fx(() -> {
            Bounds bounds = node.localToScreen(node.getLayoutBounds());
            return new Point2D(
                    bounds.getMinX() + x * bounds.getWidth(),
                    bounds.getMinY() + y * bounds.getHeight());
        });
    }

    private void pickUp(String card) {
        window.robot.moveTo(window.node(card)).press(MouseButton.PRIMARY).moveBy(0, 12);
    }

    private void dragTo(Point2D to) {
        // In two steps: the first only says that the mouse moves at all.
        window.robot.moveTo(to.add(-4, -4)).moveTo(to);
    }

    private void dragTo(String query) throws Exception {
        dragTo(on(query, 0.5, 0.5));
    }

    private void drop() {
        window.robot.release(MouseButton.PRIMARY);
    }

    private void keys(KeyCode... keys) {
        window.robot.press(keys);
        List<KeyCode> up = new ArrayList<>(Arrays.asList(keys));
        window.robot.release(up.reversed().toArray(KeyCode[]::new));
    }

    // ── Moving with the mouse ─────────────────────────────────────────────────────────

    @Test
    void a_card_is_dragged_to_another_wave_with_a_preview_and_put_back() throws Exception {
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-41", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        window.untilSeen("#move-preview", "proof#34, site#7");
        assertThat(window.seen("#move-preview")).contains("Critical path", "about ");
        drop();
        edited("move [proof#34] 4 before proof#41");
        window.untilSeen("#wave-4", "Deterministic builds");
        window.untilSeen("#notices", "proof#34 to wave 4");
        assertThat(window.find("#move-preview")).isEmpty();
        keys(KeyCode.CONTROL, KeyCode.Z);
        window.untilSeen("#wave-3", "Deterministic builds");
        window.untilSeen("#notices", "Taken back");
        keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        window.untilSeen("#wave-4", "Deterministic builds");
    }

    @Test
    void columns_that_a_dependency_forbids_refuse_and_say_why() throws Exception {
        pickUp("#card-proof-41");
        dragTo("#card-proof-12");
        window.untilSeen("#wave-1", "proof#41 depends on proof#32, which is in wave 3");
        window.untilSeen("#move-preview", "proof#41 depends on proof#32");
        drop();
        window.until(() -> window.find("#move-preview").isEmpty());
        assertThat(edits()).isEmpty();
        assertThat(window.seen("#wave-4")).contains("End-to-end test");
    }

    @Test
    void a_card_that_nothing_depends_on_makes_a_wave_of_its_own() throws Exception {
        pickUp("#card-site-8");
        dragTo("#new-wave");
        window.untilSeen("#move-preview", "site#8 to wave 5");
        drop();
        edited("move [site#8] 5 last");
        window.untilSeen("#wave-5", "Landing page");
    }

    @Test
    void within_a_wave_the_place_is_the_priority() throws Exception {
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-31", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34 to wave 3");
        drop();
        edited("move [proof#34] 3 before proof#31");
        window.until(() -> cards("#wave-3").indexOf("proof#34") == 0);
    }

    /** The names on the cards that are seen, from top to bottom, column by column. */
    private List<String> cards(String column) {
        return nodesOf(column).stream()
                .map(Node::getAccessibleText)
                .map(text -> text.substring(0, text.indexOf(' ')))
                .toList();
    }

    @Test
    void all_that_is_chosen_is_dragged_along() throws Exception {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.CONTROL);
        window.click("#card-proof-35");
        window.robot.release(KeyCode.CONTROL);
        window.untilSeen("#board", "2 chosen");
        pickUp("#card-proof-34");
        dragTo(on("#card-proof-43", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#34, proof#35 to wave 4");
        drop();
        edited("move [proof#34, proof#35] 4 before proof#43");
    }

    @Test
    void what_runs_can_be_moved_and_it_says_what_that_changes() throws Exception {
        pickUp("#card-proof-33");
        dragTo(on("#card-proof-41", 0.5, 0.1));
        window.untilSeen("#move-preview", "proof#33 is worked on: that goes on");
        drop();
        edited("move [proof#33] 4 before proof#41");
    }

    @Test
    void a_slow_preview_holds_nothing_up_and_only_the_newest_place_is_asked_about()
            throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        window.control.planning.gate = gate;
        pickUp("#card-proof-34");
        dragTo("#card-proof-41");
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        dragTo("#card-proof-32");
        window.untilSeen("#move-preview", "proof#34 to wave 3");
        assertThat(window.control.planned.stream().filter(it -> it.startsWith("preview")))
                .hasSize(1);
        window.control.planning.gate = null;
        gate.countDown();
        window.untilSeen("#move-preview", "about ");
        drop();
        edited("move [proof#34] 3 before " + "proof#32");
    }

    @Test
    void a_move_that_cannot_be_made_says_why() throws Exception {
        window.click("#card-proof-34");
        window.control.planning.fault = new Fault("config-invalid", "The file is broken: mend it.");
        keys(KeyCode.ALT, KeyCode.RIGHT);
        window.untilSeen("#notices", "mend it");
    }

    // ── Moving by keys ────────────────────────────────────────────────────────────────

    @Test
    void alt_and_arrows_move_what_is_chosen_once_alt_is_let_go() {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "proof#34 to wave 4");
        window.untilSeen("#move-preview", "Let go of Alt");
        assertThat(edits()).isEmpty();
        window.robot.release(KeyCode.ALT);
        edited("move [proof#34] 4 by priority");
        window.untilSeen("#wave-4", "Deterministic builds");
        window.until(() -> is("#card-proof-34", "cursor"));
    }

    @Test
    void alt_and_up_moves_before_the_card_above() {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.ALT).type(KeyCode.UP).release(KeyCode.ALT);
        edited("move [proof#34] 3 before proof#33");
        window.until(() -> cards("#wave-3").indexOf("proof#34") == 2);
        window.robot.press(KeyCode.ALT).type(KeyCode.DOWN).release(KeyCode.ALT);
        window.until(() -> cards("#wave-3").indexOf("proof#34") == 3);
    }

    @Test
    void a_move_by_keys_is_given_up_with_escape_and_refused_like_any_other() {
        window.click("#card-proof-34");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "to wave 4");
        window.robot.type(KeyCode.ESCAPE).release(KeyCode.ALT);
        window.until(() -> window.find("#move-preview").isEmpty());
        window.click("#card-proof-41");
        window.robot.press(KeyCode.ALT).type(KeyCode.LEFT).type(KeyCode.LEFT);
        window.untilSeen("#move-preview", "proof#41 depends on proof#32");
        window.robot.release(KeyCode.ALT);
        window.untilSeen("#notices", "Nothing was moved. proof#41 depends on proof#32");
        assertThat(edits()).isEmpty();
    }

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
        keys(KeyCode.CONTROL, KeyCode.A);
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
        keys(KeyCode.ALT, KeyCode.RIGHT);
        window.untilSeen("#notices", "group the board by wave first");
        window.click("#group-by-wave");
        window.untilSeen("#wave-4", "site#7");
        assertThat(edits()).isEmpty();
    }

    // ── Forms ─────────────────────────────────────────────────────────────────────────

    private void write(String field, String text) throws Exception {
        TextInputControl input = (TextInputControl) window.node(field);
        window.robot.clickOn(input);
        keys(KeyCode.CONTROL, KeyCode.A);
        window.robot.write(text);
        window.until(() -> input.getText().equals(text));
    }

    @Test
    void an_issue_is_added_by_its_form_which_tells_all_faults_at_once() throws Exception {
        keys(KeyCode.CONTROL, KeyCode.N);
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
        keys(KeyCode.CONTROL, KeyCode.Z);
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

    private List<Node> nodesOf(String column) {
        try {
            Node node = window.node(column);
            return fx(() ->
                    node.lookupAll(".board-card").stream()
                            .filter(BoardTest::isSeen)
                            .sorted(
                                    Comparator.comparingDouble(BoardTest::x)
                                            .thenComparingDouble(BoardTest::y))
                            .toList());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean isSeen(Node node) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (!up.isVisible()) {
                return false;
            }
        }
        return node.getId() != null;
    }

    private static double x(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinX();
    }

    private static double y(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinY();
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
