package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What twenty busy workers cost the window: printed, not judged, for machines differ. */
@Tag("benchmark")
class UpdateLoadTest {
    private static final int WORKERS = 20;
    private static final int UPDATES_PER_SECOND = 5;
    private static final Duration MEASURED = Duration.ofSeconds(10);

    @TempDir Path folder;
    private int updates;

    @Test
    void twenty_workers_that_say_something_five_times_a_second() throws Exception {
        Path log = Files.createFile(folder.resolve("transcript.log"));
        WindowFixture window = new WindowFixture();
        try (ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor()) {
            measure(window, "quiet");
            var _ =
                    feeder.scheduleAtFixedRate(
                            () -> update(window, log),
                            0,
                            1_000 / UPDATES_PER_SECOND,
                            TimeUnit.MILLISECONDS);
            window.untilSeen("#workers-table", "Task 1");
            measure(window, "20 workers, 5 updates/s");
            feeder.shutdownNow();
        } finally {
            window.close();
        }
    }

    private void update(WindowFixture window, Path log) {
        try {
            updates++;
            window.now.set(SampleRun.NOW.plusMillis(200L * updates));
            Files.writeString(log, "line %d\n".formatted(updates), StandardOpenOption.APPEND);
            window.control.snapshot.set(snapshot(log));
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private RunSnapshot snapshot(Path log) {
        List<IssueView> issues = new ArrayList<>();
        List<WorkerView> workers = new ArrayList<>();
        for (int i = 1; i <= WORKERS; i++) {
            IssueView issue =
                    SampleRun.issue(i, 1 + i % 4, "Task " + i)
                            .running(i, 1, 1, updates * 0.01)
                            .view();
            issues.add(issue);
            String line = "update %d of worker %d".formatted(updates, i);
            workers.add(
                    SampleRun.worker(
                            i, WorkerStatus.RUNNING, issue, 9, 1, line, "", log.toString()));
        }
        return SampleRun.of(SampleRun.HERE, GateView.OPEN, workers, issues);
    }

    private static void measure(WindowFixture window, String what) throws Exception {
        AtomicInteger pulses = new AtomicInteger();
        Runnable count = pulses::incrementAndGet;
        var threads = ManagementFactory.getThreadMXBean();
        long fxThread =
                fx(() -> {
                    window.scene().addPostLayoutPulseListener(count);
                    return Thread.currentThread().threadId();
                });
        long begun = System.nanoTime();
        long cpu = threads.getThreadCpuTime(fxThread);
        window.until(() -> System.nanoTime() - begun > MEASURED.toNanos());
        double seconds = (System.nanoTime() - begun) / 1e9;
        double used = (threads.getThreadCpuTime(fxThread) - cpu) / 1e9;
        var _ =
                fx(() -> {
                    window.scene().removePostLayoutPulseListener(count);
                    return true;
                });
        System.out.printf(
                "window, %s: %.1f pulses/s, FX thread %.0f %% of a core%n",
                what, pulses.get() / seconds, 100 * used / seconds);
    }
}
