package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.ChoiceBox;
import javafx.scene.input.KeyCode;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.monitor.LaunchChoices;
import orchestrator.monitor.LaunchChoices.OfProject;
import orchestrator.monitor.RunControl.Offer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person chooses before a launch, and how it is called off. */
class LaunchTest {
    private WindowFixture window;

    @BeforeEach
    void open() throws Exception {
        window = new WindowFixture();
        window.control.offer =
                new Offer(
                        new LaunchChoices(
                                4,
                                OptionalDouble.of(20),
                                Map.of("shop", new OfProject(true, "claude"))),
                        List.of("claude", "rehearsal"));
        window.control.snapshot.set(
                SampleRun.of(
                        SampleRun.STOPPED,
                        GateView.OPEN,
                        List.of(),
                        List.of(SampleRun.issue(1, 1, "First").view())));
        window.until(() -> !window.disabled("#action-launch"));
        window.click("#action-launch");
        window.until(() -> !window.disabled("#launch-go"));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        assertThat(window.control.asked).noneMatch(asked -> asked.contains("FX!"));
    }

    private void replace(String field, String text) {
        window.click(field);
        window.robot.push(KeyCode.CONTROL, KeyCode.A);
        window.robot.write(text);
    }

    private LaunchChoices chosen() {
        return Objects.requireNonNull(window.control.chosen);
    }

    @Test
    void begins_with_what_the_files_say() {
        assertThat(window.seen("#launch-form")).contains("4", "20", "shop", "claude");
        window.click("#launch-go");
        window.untilGone("#launch-dialog");
        assertThat(chosen()).isEqualTo(window.control.offer.stated());
    }

    @Test
    void the_plan_follows_what_is_chosen_and_the_launch_takes_it() throws Exception {
        replace("#launch-workers .text-field", "6");
        replace("#launch-budget", "12,50");
        ChoiceBox<?> agent = (ChoiceBox<?>) window.node("#launch-agent-shop");
        var _ =
                fx(() -> {
                    agent.getSelectionModel().select(agent.getItems().indexOf("rehearsal"));
                    return true;
                });
        LaunchChoices wanted =
                new LaunchChoices(
                        6,
                        OptionalDouble.of(12.5),
                        Map.of("shop", new OfProject(true, "rehearsal")));
        window.until(() -> wanted.equals(window.control.chosen));
        window.until(() -> !window.disabled("#launch-go"));
        window.click("#launch-go");
        window.until(() -> window.control.asked.contains("launch"));
        assertThat(chosen()).isEqualTo(wanted);
    }

    @Test
    void a_project_can_be_left_out_and_the_budget_taken_away() {
        window.click("#launch-project-shop");
        replace("#launch-budget", " ");
        window.until(() ->
                new LaunchChoices(
                                4,
                                OptionalDouble.empty(),
                                Map.of("shop", new OfProject(false, "claude")))
                        .equals(window.control.chosen));
    }

    @Test
    void an_amount_that_is_none_is_marked_and_makes_no_plan() {
        replace("#launch-budget", "much");
        window.until(() -> window.find("#launch-budget:wrong").isPresent());
        assertThat(chosen().budgetUsd()).hasValue(20);
        replace("#launch-budget", "0.5");
        window.until(() -> chosen().budgetUsd().equals(OptionalDouble.of(0.5)));
        assertThat(window.find("#launch-budget:wrong")).isEmpty();
    }

    @Test
    void a_launch_tells_its_steps_and_can_be_called_off() {
        window.control.launchGate = new CountDownLatch(1);
        window.click("#launch-go");
        window.untilSeen("#launch-plan", "Fetching main of /src/one");
        window.click("#launch-call-off");
        window.untilSeen("#launch-dialog", "called off");
        assertThat(window.find("#launch-call-off")).isEmpty();
        window.click("#launch-cancel");
        window.untilGone("#launch-dialog");
    }
}
