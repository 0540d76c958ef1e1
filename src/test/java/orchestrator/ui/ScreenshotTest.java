package orchestrator.ui;

import static orchestrator.ui.WindowFixture.fx;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.monitor.RunControl.DryRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture of each view, light and dark, at two sizes, to be looked at. */
class ScreenshotTest {
    private static final double[][] SIZES = {{1440, 900}, {2560, 1440}};
    private WindowFixture window;
    @TempDir Path folder;

    @BeforeEach
    void open() throws Exception {
        window = new WindowFixture();
    }

    @AfterEach
    void close() throws Exception {
        window.close();
    }

    @Test
    void each_view_has_its_pictures() throws Exception {
        Path log = folder.resolve("transcript.log");
        Files.writeString(log, transcript());
        window.control.snapshot.set(SampleRun.rich(log.toString()));
        window.untilSeen("#log-lines", "StakingLedgerTest");
        shoot("workers");
        window.click("#view-board");
        window.untilSeen("#board", "Wave 4");
        shoot("board");
        window.click("#view-workers");
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
        shoot("empty");
        window.click("#action-launch");
        window.untilSeen("#launch-plan", "starts now");
        shoot("launch");
        window.click("#launch-cancel");
        window.control.snapshot.set(SampleRun.rich(log.toString()));
        window.until(() -> !window.disabled("#action-stop"));
        window.click("#action-stop");
        shoot("stop");
        window.click("#stop-cancel");
        window.askToClose();
        window.untilSeen("#close-dialog", "tmux");
        shoot("close");
    }

    private void shoot(String name) throws Exception {
        for (double[] size : SIZES) {
            window.size(size[0], size[1]);
            for (String theme : List.of("light", "dark")) {
                Path file = picture(name + "-%s-%.0fx%.0f".formatted(theme, size[0], size[1]));
                assertThat(Files.size(file)).isGreaterThan(10_000);
                toggleTheme();
            }
        }
    }

    private void toggleTheme() throws Exception {
        var _ =
                fx(() -> {
                    ((javafx.scene.control.Button) window.scene().lookup("#action-theme")).fire();
                    return true;
                });
    }

    private Path picture(String name) throws Exception {
        Path file = WindowFixture.target().resolve("screenshots").resolve(name + ".png");
        Files.createDirectories(file.getParent());
        WritableImage image = null;
        for (int pass = 0; pass < 4; pass++) { // lists settle over a few pulses
            image = fx(() -> window.scene().snapshot(null));
        }
        BufferedImage picture = SwingFXUtils.fromFXImage(image, null);
        assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();
        return file;
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
