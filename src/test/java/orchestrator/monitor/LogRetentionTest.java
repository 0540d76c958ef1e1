package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import orchestrator.files.BlockGzip;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.LogKeeping;
import orchestrator.monitor.scripted.Act;
import orchestrator.monitor.scripted.Rig;
import orchestrator.store.LogPacking;
import orchestrator.store.RunLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which logs are compressed, and when. One worker does one issue after another. */
@Timeout(120)
class LogRetentionTest {
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final long NO_SIZE = 1_000_000;
    private static final String TEXT = "what was said\n".repeat(5_000);

    @TempDir private Path folder = Path.of("");

    @FunctionalInterface
    private interface Look {
        void at(Rig rig, RunningMonitor monitor) throws IOException;
    }

    /** A run in which all but the last of so many issues are completed, and that one goes on. */
    private void run(int issues, boolean lastToo, Look look) throws IOException {
        Rig rig = new Rig(folder);
        rig.world.acts(
                attempt -> attempt.startsWith(issues + "/") && !lastToo ? Act.stays() : Act.good());
        rig.config(Rig.issues(issues, 1, "implement"));
        try (RunningMonitor monitor = new RunningMonitor(rig)) {
            for (int issue = 1; issue < issues; issue++) {
                IssueId id = new IssueId("demo", issue);
                monitor.awaitStatus(issue, IssueStatus.COMPLETED);
                RunningMonitor.await("it is pushed", () -> !rig.folded().begun(id).isActive());
            }
            monitor.awaitPlayed(issues + "/001-implement");
            if (lastToo) {
                RunningMonitor.await("all is well", () -> monitor.latest().isAllWell());
            }
            look.at(rig, monitor);
        }
    }

    private static Path log(Rig rig, int issue) {
        return rig.state.attempts().resolve("demo/" + issue + "/001-implement/stderr.log");
    }

    private static void said(Rig rig, int issue, Duration ago) throws IOException {
        Path log = log(rig, issue);
        Files.writeString(log, TEXT);
        Instant then = rig.world.clock.instant().minus(ago);
        Files.setLastModifiedTime(log, FileTime.from(then));
    }

    private static List<Path> due(Rig rig, LogKeeping keeping) {
        return files(
                new LogRetention(rig.context())
                        .due(rig.folded(), keeping, rig.world.clock.instant()));
    }

    private static List<Path> files(LogRetention.Plan plan) {
        return plan.files().stream().map(LogPacking.Log::file).toList();
    }

    @Test
    void of_completed_issues_what_is_old_enough_and_never_of_unfinished_ones() throws IOException {
        run(
                3,
                false,
                (rig, _) -> {
                    said(rig, 1, Duration.ofDays(20));
                    said(rig, 2, Duration.ofDays(5));
                    said(rig, 3, Duration.ofDays(90));
                    assertThat(due(rig, new LogKeeping(FOREVER, NO_SIZE))).isEmpty();
                    assertThat(due(rig, new LogKeeping(Duration.ofDays(20), NO_SIZE)))
                            .containsExactly(log(rig, 1));
                    assertThat(due(rig, new LogKeeping(Duration.ZERO, NO_SIZE)))
                            .containsExactly(log(rig, 1), log(rig, 2));
                });
    }

    @Test
    void beyond_the_size_that_they_may_take_the_oldest_come_first() throws IOException {
        run(
                4,
                false,
                (rig, _) -> {
                    said(rig, 1, Duration.ofDays(1));
                    said(rig, 2, Duration.ofDays(3));
                    said(rig, 3, Duration.ofDays(2));
                    Path much = log(rig, 4).resolveSibling("prompt.md");
                    // Of an unfinished issue: it counts, and stays.
                    Files.writeString(much, "x".repeat((1 << 20) - 3 * TEXT.length() - 200));
                    long over = new LogPacking(rig.state).total() - (1 << 20);
                    assertThat(over).isBetween(1L, (long) TEXT.length() / 2);
                    assertThat(due(rig, new LogKeeping(FOREVER, 1))).containsExactly(log(rig, 2));
                    assertThat(due(rig, new LogKeeping(FOREVER, 2))).isEmpty();
                    assertThat(due(rig, new LogKeeping(FOREVER, 0)))
                            .containsExactly(log(rig, 2), log(rig, 3), log(rig, 1));
                });
    }

    @Test
    void what_a_worker_ran_last_stays_where_the_playbook_looks() throws IOException {
        run(
                2,
                true,
                (rig, _) -> {
                    said(rig, 1, Duration.ofDays(20));
                    said(rig, 2, Duration.ofDays(20));
                    assertThat(files(new LogRetention(rig.context()).all()))
                            .containsExactly(log(rig, 1));
                });
    }

    @Test
    void what_was_written_to_just_now_may_still_be() throws IOException {
        run(
                2,
                false,
                (rig, _) -> {
                    said(rig, 1, Duration.ofSeconds(59));
                    assertThat(due(rig, new LogKeeping(Duration.ZERO, 0))).isEmpty();
                    said(rig, 1, Duration.ofSeconds(60));
                    assertThat(due(rig, new LogKeeping(Duration.ZERO, 0))).hasSize(1);
                });
    }

    @Test
    void one_process_compresses_at_a_time() throws IOException {
        run(
                2,
                false,
                (rig, _) -> {
                    said(rig, 1, Duration.ofDays(1));
                    LogRetention retention = new LogRetention(rig.context());
                    LogRetention.Plan plan = retention.all();
                    try (RunLock _ =
                            RunLock.tryAcquire(
                                            rig.state.packingLock(),
                                            "other",
                                            rig.world.processes.self())
                                    .orElseThrow()) {
                        assertThatThrownBy(() -> retention.compress(plan, Progress.UNSEEN))
                                .isInstanceOf(Fault.class)
                                .hasMessageContaining("another process");
                    }
                    LogRetention.Done done = retention.compress(plan, Progress.UNSEEN);
                    assertThat(done.files()).isEqualTo(1);
                    assertThat(done.bytes()).isEqualTo(TEXT.length());
                    assertThat(done.freed()).isBetween(TEXT.length() * 9L / 10, done.bytes());
                    assertThat(done.freed())
                            .isBetween(plan.wouldFree() - 99, plan.wouldFree() + 99);
                });
    }

    @Test
    void the_monitor_does_it_once_an_hour_as_the_configuration_says() throws IOException {
        run(
                3,
                false,
                (rig, monitor) -> {
                    said(rig, 1, Duration.ofDays(14));
                    said(rig, 2, Duration.ofDays(10));
                    monitor.later(Duration.ofMinutes(62));
                    RunningMonitor.await(
                            "the old one is compressed", () -> !Files.exists(log(rig, 1)));
                    assertThat(BlockGzip.packed(log(rig, 1))).exists();
                    assertThat(log(rig, 2)).exists();
                    rig.config("\"compress_logs_after_days\": 0," + Rig.issues(3, 1, "implement"));
                    RunningMonitor.await(
                            "the other, once it may be",
                            () -> {
                                monitor.later(Duration.ofMinutes(62));
                                return !Files.exists(log(rig, 2));
                            });
                });
    }
}
