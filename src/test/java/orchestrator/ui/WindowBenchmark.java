package orchestrator.ui;

import static orchestrator.ui.WindowHands.fx;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many busy workers cost the window on a display: printed, not judged. */
@Tag("benchmark")
@Tag("display")
class WindowBenchmark {
    private static final Duration MEASURED = Duration.ofSeconds(6);

    @TempDir Path folder;
    private int updates;

    @Test
    void three_hundred_workers_with_twenty_thousand_updates_a_second() throws Exception {
        measure("300 workers, 20,000 updates/s", 300, 15, true);
    }

    @Test
    void sixty_workers_that_say_something_every_second() throws Exception {
        measure("60 workers, 60 updates/s", 60, 1_000, false);
    }

    private void measure(String what, int workers, int everyMillis, boolean frames)
            throws Exception {
        WindowFixture window = new WindowFixture();
        try (ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor()) {
            var _ =
                    feeder.scheduleAtFixedRate(
                            () -> update(window, workers), 0, everyMillis, TimeUnit.MILLISECONDS);
            window.untilSeen("#workers-table", "Task 1");
            window.click("#view-board");
            window.untilSeen("#board", "Wave 1");
            window.click("#view-workers");
            window.nextPulse();
            System.out.println("window, " + what + ": " + watched(window, frames));
            feeder.shutdownNow();
        } finally {
            window.close();
        }
    }

    private static String watched(WindowFixture window, boolean frames) throws Exception {
        long begun = System.nanoTime();
        return watched(window, frames, () -> System.nanoTime() - begun > MEASURED.toNanos());
    }

    /** What the window does until something is so. */
    static String watched(WindowFixture window, boolean frames, BooleanSupplier over)
            throws Exception {
        List<Long> times = new ArrayList<>();
        AnimationTimer timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        times.add(System.nanoTime());
                    }
                };
        var threads = ManagementFactory.getThreadMXBean();
        long fxThread =
                fx(() -> {
                    if (frames) {
                        timer.start();
                    }
                    return Thread.currentThread().threadId();
                });
        long[] all = everyThread(threads);
        long begun = System.nanoTime();
        long cpu = threads.getThreadCpuTime(fxThread);
        window.until(over);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double used = (threads.getThreadCpuTime(fxThread) - cpu) / 1e9;
        double whole = (everyThread(threads)[0] - all[0]) / 1e9;
        var _ =
                fx(() -> {
                    timer.stop();
                    return true;
                });
        String costs =
                String.format(
                        Locale.ROOT,
                        "FX thread %.0f %%, JavaFX and garbage collection together %.0f %% of a core",
                        100 * used / seconds,
                        100 * whole / seconds);
        return frames ? frames(times, seconds) + "; " + costs : costs;
    }

    /** The process but for the feeder and the test, which a real run has elsewhere. */
    private static long[] everyThread(java.lang.management.ThreadMXBean threads) {
        long sum = 0;
        for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && !thread.getThreadName().matches("main|pool-.*")) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return new long[] {sum};
    }

    private static String frames(List<Long> times, double seconds) {
        double[] gaps = new double[Math.max(1, times.size() - 1)];
        for (int i = 1; i < times.size(); i++) {
            gaps[i - 1] = (times.get(i) - times.get(i - 1)) / 1e6;
        }
        Arrays.sort(gaps);
        return String.format(
                Locale.ROOT,
                "%.1f frames/s, between two frames median %.1f ms, p99 %.1f, most %.1f",
                times.size() / seconds,
                gaps[gaps.length / 2],
                gaps[(int) (gaps.length * 0.99)],
                gaps[gaps.length - 1]);
    }

    private void update(WindowFixture window, int workers) {
        updates++;
        window.now.set(SampleRun.NOW.plusMillis(15L * updates));
        window.control.snapshot.set(snapshot(workers));
    }

    private RunSnapshot snapshot(int count) {
        List<IssueView> issues = new ArrayList<>();
        List<WorkerView> workers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            IssueView issue =
                    SampleRun.issue(i, 1 + i % 4, "Task " + i)
                            .running(i, 1, 1, updates * 0.01)
                            .view();
            issues.add(issue);
            String line = "update %d of worker %d".formatted(updates, i);
            workers.add(SampleRun.worker(i, WorkerStatus.RUNNING, issue, 9, 1, line, "", ""));
        }
        return SampleRun.of(SampleRun.HERE, GateView.OPEN, workers, issues);
    }
}
