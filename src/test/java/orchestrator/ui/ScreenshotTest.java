package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.input.KeyCode;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.monitor.Orders;
import orchestrator.monitor.RunControl.DryRun;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture of each view, light and dark, at two sizes, to be looked at. */
class ScreenshotTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"1440, 900", "2560, 1440"})
    void each_view_has_its_pictures(int width, int height) throws Exception {
        WindowFixture window = new WindowFixture(width, height);
        try {
            takeAll(window);
        } finally {
            window.close();
        }
    }

    private void takeAll(WindowFixture window) throws Exception {
        Path log = folder.resolve("transcript.log");
        Files.writeString(log, transcript());
        window.control.snapshot.set(SampleRun.rich(log.toString()));
        window.untilSeen("#log-lines", "StakingLedgerTest");
        shoot(window, "workers");
        window.robot.doubleClickOn("Shard the cache");
        window.until(() -> !window.control.terminals.screens.isEmpty());
        window.control.terminals.screens.getLast().show(terminalText());
        window.until(() -> screen(window).contains("ctrl+c"));
        shoot(window, "terminal");
        window.control.terminals.screens.getLast().end();
        window.untilSeen("#terminal-2", "has ended");
        shoot(window, "terminal-ended");
        window.click("#terminal-close");
        window.click("#workers-filter");
        window.robot.write("nobody", 0);
        window.untilSeen("#workers-table", "No worker matches");
        shoot(window, "workers-filtered");
        window.click("#workers-filter-clear");
        window.click("#view-board");
        window.untilSeen("#board", "Wave 4");
        shoot(window, "board");
        takeBoard(window);
        window.click("#view-workers");
        window.control.reply =
                new Orders.Reply(
                        Orders.Outcome.REFUSED,
                        "Launches are paused already, since 14:12 (lunch); resume lets them go on.");
        window.click("#action-pause");
        window.untilSeen("#notices", "lunch");
        shoot(window, "notice");
        window.click("#notice .close-button");
        window.control.snapshot.set(
                SampleRun.of(
                        SampleRun.STOPPED, GateView.OPEN, List.of(), SampleRun.rich("").issues()));
        window.control.plan =
                new DryRun(
                        List.of(),
                        List.of(
                                "config/proof-issues.json:41:7: the key “labels” is not known and"
                                        + " is kept as it is."),
                        SampleRun.planText());
        window.until(() -> !window.disabled("#action-launch"));
        shoot(window, "empty");
        window.click("#action-launch");
        window.untilSeen("#launch-plan", "starts now");
        shoot(window, "launch");
        window.click("#launch-cancel");
        window.control.snapshot.set(SampleRun.rich(log.toString()));
        window.until(() -> !window.disabled("#action-stop"));
        window.click("#action-stop");
        shoot(window, "stop");
        window.click("#stop-cancel");
        window.askToClose();
        window.untilSeen("#close-dialog", "tmux");
        shoot(window, "close");
    }

    /** What is seen while cards are moved, a form, another grouping, and the plan. */
    private static void takeBoard(WindowFixture window) throws Exception {
        window.click("#card-proof-21");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "about ");
        shoot(window, "board-move");
        window.robot.type(KeyCode.ESCAPE).release(KeyCode.ALT);
        window.click("#card-proof-32");
        window.robot.press(KeyCode.ALT).type(KeyCode.RIGHT).type(KeyCode.RIGHT);
        window.untilSeen("#move-preview", "depends on");
        shoot(window, "board-refused");
        window.robot.type(KeyCode.ESCAPE).release(KeyCode.ALT);
        window.click("#card-proof-32");
        window.robot.type(KeyCode.F2);
        window.untilSeen("#issue-dialog", "Edit proof#32");
        shoot(window, "board-form");
        window.click("#issue-cancel");
        window.click("#group-by-state");
        window.untilSeen("#board", "Blocked");
        shoot(window, "board-states");
        window.click("#group-by-wave");
        window.click("#view-plan");
        window.untilSeen("#plan", "Critical path: proof#");
        shoot(window, "plan");
        window.click("#view-board");
    }

    @ParameterizedTest
    @CsvSource({"1440, 900", "2560, 1440"})
    void the_timeline_and_what_an_issue_produced_have_theirs(int width, int height)
            throws Exception {
        WindowFixture window = new WindowFixture(width, height);
        try {
            window.control.snapshot.set(SampleRun.rich(""));
            window.control.past = SampleHistory.rich();
            window.control.changes.look = SampleChanges::found;
            window.control.changes.patch = SampleChanges.patch();
            window.control.changes.forecast = SampleChanges.forecast();
            takeTimeline(window);
            takeChanges(window);
        } finally {
            window.close();
        }
    }

    private static void takeTimeline(WindowFixture window) throws Exception {
        window.untilSeen("#workers-table", "Shard the cache");
        window.click("#view-timeline");
        window.robot.moveTo(window.node("#timeline-canvas")).moveBy(260, -60);
        shoot(window, "timeline");
        window.click("#timeline-hour");
        window.robot.moveTo(window.node("#timeline-filter"));
        shoot(window, "timeline-hour");
    }

    private static void takeChanges(WindowFixture window) throws Exception {
        window.click("#view-workers");
        window.robot.clickOn("#workers-table");
        window.robot.type(KeyCode.HOME);
        window.robot.press(KeyCode.CONTROL, KeyCode.D).release(KeyCode.D, KeyCode.CONTROL);
        window.untilSeen("#diff-lines", "java.math.RoundingMode");
        shoot(window, "changes");
        window.click("#diff-sides");
        window.click("#changes-show-commits");
        shoot(window, "changes-sides");
        window.click("#changes-show-conflicts");
        shoot(window, "changes-conflicts");
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

    private static void shoot(WindowFixture window, String name) throws Exception {
        for (String theme : List.of("light", "dark")) {
            String size = "-%.0fx%.0f".formatted(window.stage.getWidth(), window.stage.getHeight());
            Path file = window.picture(name + "-" + theme + size);
            assertThat(Files.size(file)).isGreaterThan(10_000);
            window.toggleTheme();
        }
    }

    private static String transcript() {
        return """
        [DEADMAN] START proof#21 run_tests_fix attempt 3

        I’ll start by running the test suite to see where things stand.

        > Bash  ./gradlew test --tests '*Staking*'
          StakingLedgerTest > rewardsAreExact() FAILED
              org.opentest4j.AssertionFailedError: expected: <1000000007> but was: <1000000006>
          212 tests completed, 3 failed

        The rewards are rounded twice: once per validator in RewardSplit.share, and once more for the
        epoch’s total. On an epoch that ends on a leap second the two roundings differ by one.

        > Read  src/main/java/proof/staking/RewardSplit.java
        > Edit  src/main/java/proof/staking/RewardSplit.java
          -        return total.divide(count, RoundingMode.DOWN);
          +        return total.divide(count, MathContext.DECIMAL128);

        > Bash  git commit -am "proof: split rewards exactly, round once at the end of the epoch"
          [proof/issue-21 3f2a91c] proof: split rewards exactly, round once at the end of the epoch
           1 file changed, 4 insertions(+), 3 deletions(-)

        > Bash  ./gradlew test
          212 passed, 3 failed
        Running the suite again: 212 passed, 3 failed in StakingLedgerTest; looking at the rounding of rewards.
        """;
    }
}
