package orchestrator.ui;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;

/**
 * Watches the FX thread: a task is put into its queue, and when it is run the next. What the thread
 * has computed meanwhile is what the window would not have answered for. Computed, not passed: on a
 * busy machine a thread may wait long for its turn, which is no fault of the window. And a machine
 * whose cores are shared computes slower while others use them: the same small piece of work, done
 * now and then, tells how much slower than at its best.
 */
public final class FxWatchdog implements AutoCloseable {
    /** Longer than that, and a person may feel it: what the window aims at, counted and told. */
    public static final Duration FELT = Duration.ofMillis(50);

    /**
     * Longer than that, and the window stands still. Where a view is shown for the first times,
     * JavaFX styles and lays out all of it in one go, in code that is not compiled yet: this has
     * been seen to take up to 180 ms.
     */
    public static final Duration LONGEST = Duration.ofMillis(250);

    /** A task that took too long, and where it was seen. */
    public record Stall(long computedMillis, double slower, long passedMillis, String seen) {}

    private static final int PIECE = 300_000;
    private static final long BETWEEN_PIECES = 100_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Stall> stalls = new CopyOnWriteArrayList<>();
    private final Thread fx;
    private final Thread watcher;
    private volatile long longest;
    private long best = Long.MAX_VALUE;
    private long measured;
    private double slower = 1;
    private final AtomicInteger felt = new AtomicInteger();
    private volatile boolean ended;

    /** Watches from now on. */
    public FxWatchdog() throws Exception {
        fx = WindowHands.fx(Thread::currentThread);
        watcher = Thread.ofPlatform().daemon().name("fx-watchdog").start(this::watch);
    }

    private void watch() {
        try {
            while (!ended) {
                if (System.nanoTime() - measured > BETWEEN_PIECES) {
                    measure();
                }
                ping();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How much slower than at its best the machine computes now; falls back to 1 in a second. */
    private void measure() {
        long begun = threads.getCurrentThreadCpuTime();
        long sum = 0;
        for (int i = 0; i < PIECE; i++) {
            sum += Long.rotateLeft(sum ^ i, 7) % 1_000_003;
        }
        long taken = threads.getCurrentThreadCpuTime() - begun + (sum == 42 ? 1 : 0);
        best = Math.min(best, taken);
        slower = Math.max((double) taken / best, 1 + (slower - 1) * 0.9);
        measured = System.nanoTime();
    }

    private void ping() throws InterruptedException {
        CompletableFuture<Long> ran = new CompletableFuture<>();
        long computed = threads.getThreadCpuTime(fx.threadId());
        long begun = System.nanoTime();
        Platform.runLater(() -> ran.complete(threads.getThreadCpuTime(fx.threadId())));
        String seen = "";
        while (true) {
            try {
                long taken = ran.get(FELT.toMillis() / 2, TimeUnit.MILLISECONDS) - computed;
                longest = Math.max(longest, taken);
                if (taken > FELT.toNanos()) {
                    felt.incrementAndGet();
                    measure();
                }
                if (taken > LONGEST.toNanos() * slower) {
                    stalls.add(
                            new Stall(
                                    taken / 1_000_000,
                                    slower,
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

    /** How many tasks a person may have felt. */
    public int felt() {
        return felt.get();
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
