package orchestrator.ui;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javafx.scene.input.KeyCode;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.monitor.LaunchChoices;
import orchestrator.monitor.LaunchChoices.OfProject;
import orchestrator.monitor.Orders;
import orchestrator.monitor.RunControl.DryRun;
import orchestrator.monitor.RunControl.Offer;
import org.junit.jupiter.api.Test;

/**
 * Pictures of what a run in good order does not show, to be looked at: empty, refused, ended,
 * observed, limits and pauses. Every view with a real run is in {@code WindowPicturesTest}.
 */
class ScreenshotTest extends RichRunCase {
    @Test
    void what_has_ended_or_is_filtered_or_refused() throws Exception {
        window.robot.doubleClickOn("Shard the cache");
        window.until(() -> !window.control.terminals.screens.isEmpty());
        window.control.terminals.screens.getLast().show(terminalText());
        window.until(() -> screen(window).contains("ctrl+c"));
        window.control.terminals.screens.getLast().end();
        window.untilSeen("#terminal-2", "has ended");
        window.pictures("terminal-ended");
        window.click("#terminal-close");
        window.click("#workers-filter");
        window.robot.write("nobody", 0);
        window.untilSeen("#workers-table", "No worker matches");
        window.pictures("workers-filtered");
        window.click("#workers-filter-clear");
        window.control.reply =
                new Orders.Reply(
                        Orders.Outcome.REFUSED,
                        "Launches are paused already, since 14:12 (lunch); resume lets them go on.");
        window.click("#action-pause");
        window.untilSeen("#notices", "lunch");
        window.pictures("notice");
        window.click("#notice .close-button");
        window.click("#view-board");
        window.click("#card-proof-32");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "depends on");
        window.pictures("board-refused");
        window.robot.type(KeyCode.ESCAPE).release(KeyCode.ALT);
    }

    @Test
    void what_nobody_runs_or_somebody_else_does() throws Exception {
        RunSnapshot run = SampleRun.rich("");
        window.control.snapshot.set(
                SampleRun.of(SampleRun.ELSEWHERE, GateView.OPEN, run.workers(), run.issues()));
        window.untilSeen("#top-bar", "Take over");
        window.pictures("observed");
        window.click("#action-stop");
        window.untilSeen("#stop-dialog", "A later launch goes on");
        window.pictures("stop");
        window.click("#stop-cancel");
        window.control.snapshot.set(
                SampleRun.of(SampleRun.STOPPED, GateView.OPEN, List.of(), run.issues()));
        window.until(() -> !window.disabled("#action-launch"));
        window.pictures("empty");
        window.control.plan =
                new DryRun(
                        List.of(),
                        List.of(
                                "config/proof-issues.json:41:7: the key “labels” is not known and"
                                        + " is kept as it is."),
                        SampleRun.planText());
        window.control.offer =
                new Offer(
                        new LaunchChoices(
                                8,
                                OptionalDouble.of(40),
                                Map.of(
                                        "proof", new OfProject(true, "claude"),
                                        "site", new OfProject(false, "claude"))),
                        List.of("claude", "rehearsal"));
        window.click("#action-launch");
        window.untilSeen("#launch-plan", "starts now");
        window.pictures("launch-choices");
        window.click("#launch-cancel");
        window.control.snapshot.set(run);
        window.until(() -> !window.disabled("#action-stop"));
        window.askToClose();
        window.untilSeen("#close-dialog", "tmux");
        window.pictures("close");
    }

    @Test
    void limits_and_pauses_of_hours() throws Exception {
        window.control.past = SampleHistory.rich();
        window.click("#view-timeline");
        window.robot.moveTo(window.node("#timeline-canvas")).moveBy(260, -60);
        window.pictures("timeline");
        window.click("#timeline-hour");
        window.robot.moveTo(window.node("#timeline-filter"));
        window.pictures("timeline-hour");
    }

    private static String screen(WindowFixture window) {
        var view = window.find("#terminal-2").orElseThrow();
        try {
            return WindowHands.fx(() ->
                    String.valueOf(
                            view.queryAccessibleAttribute(javafx.scene.AccessibleAttribute.TEXT)));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** What an agent's window may show, in all the colours that programs use. */
    private static String terminalText() {
        String esc = "\u001B[";
        StringBuilder text = new StringBuilder();
        text.append("\r\n").append(esc).append("1m> Bash").append(esc).append("0m  cargo test\r\n");
        for (int colour = 30; colour <= 37; colour++) {
            text.append(esc).append(colour).append("m colour ").append(colour - 30);
            text.append(esc).append(colour + 60).append("m bright");
        }
        text.append(esc).append("0m\r\n").append(esc);
        text.append("42;30m PASS ").append(esc).append("0m 212 passed, ");
        text.append(esc).append("31m3 failed").append(esc).append("0m  ┌─┐│└┘ äöü 漢字\r\n");
        text.append(esc).append("2mpress ctrl+c to interrupt").append(esc).append("0m\r\n$ ");
        return text.toString();
    }
}
