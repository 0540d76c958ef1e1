package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.rules.StageTimes;
import org.junit.jupiter.api.Test;

/** The plan as a person looks around in it. */
class PlanViewTest extends RichRunCase {
    @Override
    void begin() throws Exception {
        super.begin();
        window.robot.press(KeyCode.CONTROL, KeyCode.DIGIT3);
        window.robot.release(KeyCode.DIGIT3, KeyCode.CONTROL);
        window.untilSeen("#plan", "proof#12");
    }

    private boolean is(String query, String state) {
        return window.find(query)
                .filter(node ->
                        node.getPseudoClassStates().contains(PseudoClass.getPseudoClass(state)))
                .isPresent();
    }

    private double[] at(String query) throws Exception {
        Node node = window.node(query);
        return fx(() -> {
            var bounds = node.localToScene(node.getLayoutBounds());
            return new double[] {bounds.getMinX(), bounds.getMinY(), bounds.getWidth()};
        });
    }

    @Test
    void every_issue_has_a_node_with_its_state_waves_from_left_to_right() throws Exception {
        assertThat(window.seen("#plan"))
                .contains("Wave 1", "Wave 4", "site#8", "Deterministic builds");
        assertThat(window.seen("#plan-proof-18")).contains("Failed");
        assertThat(window.seen("#plan-proof-21")).contains("In progress");
        assertThat(at("#plan-proof-12")[0]).isLessThan(at("#plan-proof-22")[0]);
        assertThat(at("#plan-proof-22")[0]).isLessThan(at("#plan-proof-41")[0]);
        assertThat(at("#plan-proof-41")[0])
                .as("43 depends on it, in the same wave")
                .isLessThan(at("#plan-proof-43")[0]);
    }

    @Test
    void the_critical_path_is_marked_and_told() {
        window.untilSeen("#plan", "Critical path: proof#");
        window.until(() -> is("#plan-proof-43", "critical"));
        assertThat(is("#plan-proof-12", "critical")).isFalse();
        assertThat(
                        Optional.ofNullable(window.node("#plan-proof-43").getAccessibleText())
                                .orElse(""))
                .endsWith("on the critical path");
    }

    @Test
    void the_finish_is_an_estimate_and_nothing_is_promised_when_nothing_was_measured()
            throws Exception {
        window.untilSeen("#plan", "Done about ");
        window.control.planning.times = StageTimes.Measured.NOTHING;
        window.now.set(SampleRun.NOW.plusSeconds(60));
        window.untilSeen("#plan", "Finish not known yet");
    }

    @Test
    void a_click_goes_to_the_issue_on_the_board() {
        window.click("#plan-proof-22");
        window.until(() -> is("#card-proof-22", "chosen") && is("#card-proof-22", "cursor"));
        assertThat(window.find("#plan")).isEmpty();
    }

    @Test
    void arrows_go_along_the_lines_and_enter_to_the_issue() {
        window.robot.clickOn(window.node("#plan-room"), MouseButton.PRIMARY);
        window.click("#view-plan");
        focusRoom();
        window.robot.type(KeyCode.RIGHT);
        window.until(() -> fxQuiet(() -> window.scene().lookup(".plan-node:cursor") != null));
        window.robot.type(KeyCode.DOWN).type(KeyCode.RIGHT).type(KeyCode.LEFT);
        window.until(() -> fxQuiet(() -> window.scene().lookup(".plan-node:cursor") != null));
        window.robot.type(KeyCode.ENTER);
        window.until(() -> window.find("#board").isPresent());
    }

    private void focusRoom() {
        var _ =
                fxQuiet(() -> {
                    window.scene().lookup("#plan-room").requestFocus();
                    return true;
                });
    }

    private static boolean fxQuiet(java.util.concurrent.Callable<Boolean> work) {
        try {
            return fx(work);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void it_is_zoomed_by_keys_and_buttons_and_dragged() throws Exception {
        focusRoom();
        double before = at("#plan-proof-12")[2];
        window.robot.type(KeyCode.EQUALS);
        window.until(() -> width() > before * 1.1);
        window.robot.type(KeyCode.DIGIT0);
        window.click("#plan-zoom-in");
        window.click("#plan-zoom-in");
        window.click("#plan-zoom-in");
        window.click("#plan-zoom-in");
        window.until(() -> width() > before * 1.5);
        double x = at("#plan-proof-22")[0];
        window.robot
                .moveTo(window.node("#plan-room"))
                .moveBy(0, 150)
                .press(MouseButton.PRIMARY)
                .moveBy(-60, 0)
                .moveBy(-60, 0)
                .release(MouseButton.PRIMARY);
        window.until(() -> xOf("#plan-proof-22") < x - 60);
    }

    private double width() {
        return window.find("#plan-proof-12")
                .map(node -> node.localToScene(node.getLayoutBounds()).getWidth())
                .orElse(0.0);
    }

    private double xOf(String query) {
        return window.find(query)
                .map(node -> node.localToScene(node.getLayoutBounds()).getMinX())
                .orElse(Double.MAX_VALUE);
    }

    @Test
    void a_state_changes_in_place_and_only_what_is_seen_is_nodes() throws Exception {
        Node node = window.node("#plan-proof-34");
        List<IssueView> issues = new ArrayList<>(SampleRun.rich("").issues());
        issues.replaceAll(issue ->
                issue.id().number() == 34
                        ? SampleRun.issue(34, 3, issue.title()).done(2, 1).view()
                        : issue);
        window.control.snapshot.set(SampleRun.of(SampleRun.HERE, GateView.OPEN, List.of(), issues));
        window.untilSeen("#plan-proof-34", "Completed");
        assertThat(window.node("#plan-proof-34")).isSameAs(node);
        List<IssueView> many = new ArrayList<>();
        for (int number = 1; number <= 1000; number++) {
            many.add(SampleRun.issue(number, number / 50, "Task " + number).view());
        }
        window.control.snapshot.set(SampleRun.of(SampleRun.HERE, GateView.OPEN, List.of(), many));
        window.untilSeen("#plan", "Task 7");
        int nodes = fx(() -> window.scene().getRoot().lookupAll(".plan-node").size());
        assertThat(nodes).isBetween(10, 300);
    }
}
