package orchestrator.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.WorkerStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of logs: searched, split, with times, errors and calls of tools; of filtered events. */
class LogsScreenshotTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"1440, 900", "2560, 1440"})
    void logs_have_their_pictures(int width, int height) throws Exception {
        Path log = Files.writeString(folder.resolve("transcript.log"), transcript());
        Files.writeString(folder.resolve("transcript.times"), times(transcript()));
        Path other = folder.resolve("other/transcript.log");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(other, "── session 7c1e, model opus\n● Read: src/main/java/Cache.java\n");
        WindowFixture window = new WindowFixture(width, height);
        try {
            window.control.snapshot.set(run(log, other));
            window.untilSeen("#log-lines", "finished");
            window.click("#log-lines");
            window.press(KeyCode.ALT, KeyCode.T);
            window.press(KeyCode.CONTROL, KeyCode.F);
            window.until(() -> window.find("#log-find-text:focused").isPresent());
            window.robot.write("rounded");
            window.untilSeen("#log-find-count", "of 48");
            shoot(window, "log-search");
            window.press(KeyCode.ALT, KeyCode.SHIFT, KeyCode.RIGHT);
            window.untilSeen("#log-second-lines", "finished");
            window.enter("#events-filter");
            window.robot.write("proof#2");
            window.until(() -> !window.seen("#events").contains("Configuration read"));
            shoot(window, "log-split");
        } finally {
            window.close();
        }
    }

    private static RunSnapshot run(Path log, Path other) {
        RunSnapshot run = SampleRun.rich(log.toString());
        List<RunSnapshot.WorkerView> workers = new ArrayList<>(run.workers());
        workers.set(
                1,
                SampleRun.worker(
                        2,
                        WorkerStatus.RUNNING,
                        run.issues().get(5),
                        254,
                        11,
                        "",
                        "",
                        other.toString()));
        List<RunSnapshot.EventView> events = new ArrayList<>();
        for (RunSnapshot.EventView event : run.recent()) {
            Optional<orchestrator.model.IssueId> issue =
                    run.issues().stream()
                            .map(RunSnapshot.IssueView::id)
                            .filter(id -> event.sentence().contains(id + ""))
                            .findFirst();
            events.add(
                    new RunSnapshot.EventView(
                            event.seq(),
                            event.seq() < 4 ? event.at().minusSeconds(90_000) : event.at(),
                            issue,
                            event.sentence(),
                            event.warning(),
                            event.sentence().startsWith("Worker 3")
                                    ? Optional.of(3)
                                    : Optional.empty()));
        }
        return SampleRun.withEvents(
                SampleRun.of(run.monitor(), run.gate(), workers, run.issues()), events);
    }

    private static void shoot(WindowFixture window, String name) throws Exception {
        for (String theme : List.of("light", "dark")) {
            String size = "-%.0fx%.0f".formatted(window.stage.getWidth(), window.stage.getHeight());
            assertThat(Files.size(window.picture(name + "-" + theme + size))).isGreaterThan(10_000);
            window.toggleTheme();
        }
    }

    private static String times(String transcript) {
        StringBuilder times = new StringBuilder();
        long at = SampleRun.NOW.minusSeconds(1_300).toEpochMilli();
        int offset = 0;
        for (String line : transcript.split("\n", -1)) {
            times.append(at).append(' ').append(offset).append(" 0\n");
            offset += line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1;
            at += 2_000;
        }
        return times.toString();
    }

    private static String transcript() {
        return """
        [DEADMAN] START proof#21 run_tests_fix attempt 3
        ── session 3f2a91c0-7c1e, model claude-opus, permissions acceptEdits
        ✻ The suite should tell where things stand.
        I’ll start by running the test suite.
        ● Bash: ./gradlew test --tests '*Staking*'
          └ ✗ StakingLedgerTest > rewardsAreExact() FAILED … (+4 lines)
        The rewards are rounded twice: once per validator in RewardSplit.share, and once more for the epoch’s total. On an epoch that ends on a leap second the two roundings differ by one, and the ledger’s sum no longer equals what was paid out.
        ● Read: src/main/java/proof/staking/RewardSplit.java
          └ package proof.staking; … (+212 lines)
        ● Edit: src/main/java/proof/staking/RewardSplit.java
          └ The file has been updated. Each share is rounded once.
        ● Bash: ./gradlew test
          └ 215 tests completed
        ● Bash: git commit -am "proof: split rewards exactly, rounded once at the end of the epoch"
          └ [proof/issue-21 3f2a91c] proof: split rewards exactly … (+1 line)
        ↻ the service did not answer (529 overloaded): try 2 of 10 in 1.5 s
        Rewards are rounded once now, and all 215 tests pass.
        ✓ finished: 9 turns, 184.2 s, 412,208 tokens, $2.0410
        """
                .repeat(12); // longer than any window is high
    }
}
