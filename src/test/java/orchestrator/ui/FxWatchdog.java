package orchestrator.ui;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;

/**
 * Watches the FX thread: a task is put into its queue, and when it is run the next. What the thread
 * has computed meanwhile is what the window would not have answered for. Computed, not passed: on a
 * busy machine a thread may wait long for its turn, which is no fault of the window.
 */
public final class FxWatchdog implements AutoCloseable {
    /** Longer than that, and a person feels it. */
    public static final Duration LONGEST = Duration.ofMillis(50);

    /** A task that took too long, and where it was seen. */
    public record Stall(long computedMillis, long passedMillis, String seen) {}

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Stall> stalls = new CopyOnWriteArrayList<>();
    private final Thread fx;
    private final Thread watcher;
    private volatile long longest;
    private volatile boolean ended;

    /** Watches from now on. */
    public FxWatchdog() throws Exception {
        fx = WindowHands.fx(Thread::currentThread);
        watcher = Thread.ofPlatform().daemon().name("fx-watchdog").start(this::watch);
    }

    private void watch() {
        try {
            while (!ended) {
                ping();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ping() throws InterruptedException {
        CompletableFuture<Long> ran = new CompletableFuture<>();
        long computed = threads.getThreadCpuTime(fx.threadId());
        long begun = System.nanoTime();
        Platform.runLater(() -> ran.complete(threads.getThreadCpuTime(fx.threadId())));
        String seen = "";
        while (true) {
            try {
                long taken = ran.get(LONGEST.toMillis() / 2, TimeUnit.MILLISECONDS) - computed;
                longest = Math.max(longest, taken);
                if (taken > LONGEST.toNanos()) {
                    stalls.add(
                            new Stall(
                                    taken / 1_000_000,
                                    (System.nanoTime() - begun) / 1_000_000,
                                    seen));
                }
                return;
            } catch (TimeoutException late) {
                seen =
                        Stream.of(fx.getStackTrace())
                                .map(StackTraceElement::toString)
                                .filter(line -> !seenEverywhere(line))
                                .limit(25)
                                .collect(Collectors.joining("\n    ", "\n    ", ""));
            } catch (java.util.concurrent.ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static boolean seenEverywhere(String line) {
        return line.startsWith("java.base");
    }

    /** What took too long so far. */
    public List<Stall> stalls() {
        return List.copyOf(stalls);
    }

    /** The most that was computed between two of its tasks, in milliseconds. */
    public double longestMillis() {
        return longest / 1e6;
    }

    @Override
    public void close() {
        ended = true;
        watcher.interrupt();
    }
}
