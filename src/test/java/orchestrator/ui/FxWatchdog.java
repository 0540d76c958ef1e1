package orchestrator.ui;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventDispatchChain;
import javafx.event.EventDispatcher;
import javafx.scene.Scene;
import javafx.stage.Window;

/**
 * Watches the tasks of the FX thread: an event that is handled, a frame that is styled and laid
 * out, what was handed to it. During one the window answers nobody. What counts is what the thread
 * has computed meanwhile, not what has passed: on a busy machine a thread may wait long for its
 * turn, which is no fault of the window. And a machine whose cores are shared computes slower while
 * others use them: the same small piece of work, done now and then, tells how much slower than at
 * its best.
 */
public final class FxWatchdog implements AutoCloseable {
    /** Longer than that, and a person may feel it. */
    public static final Duration LONGEST = Duration.ofMillis(50);

    /** A task that took too long, and what was seen of it. */
    public record Stall(long computedMillis, double slower, String seen) {}

    /** How often it is looked at what the thread does; a task that is felt is seen some times. */
    private static final Duration LOOK = Duration.ofMillis(12);

    private static final int LINES = 40;
    private static final int PIECE = 300_000;
    private static final long BETWEEN_PIECES = 100_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Stall> stalls = new CopyOnWriteArrayList<>();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Semaphore answered = new Semaphore(0);
    private final Map<Scene, EventDispatcher> before;
    private final Thread fx;
    private final Thread watcher;
    // The FX thread's.
    private long begun;
    private volatile long longest;
    // The watcher's.
    private long best = Long.MAX_VALUE;
    private long measured;
    private volatile double slower = 1;
    private volatile boolean ended;

    /** Watches from now on, and the windows that are open now. */
    public FxWatchdog() throws Exception {
        fx = WindowHands.fx(Thread::currentThread);
        before =
                WindowHands.fx(() -> {
                    begun = threads.getCurrentThreadCpuTime();
                    return Window.getWindows().stream()
                            .map(Window::getScene)
                            .collect(Collectors.toMap(scene -> scene, Scene::getEventDispatcher));
                });
        WindowHands.fx(() -> {
            before.forEach((scene, usual) -> scene.setEventDispatcher(new Counted(usual)));
            return true;
        });
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
        long start = threads.getCurrentThreadCpuTime();
        long sum = 0;
        for (int i = 0; i < PIECE; i++) {
            sum += Long.rotateLeft(sum ^ i, 7) % 1_000_003;
        }
        long taken = threads.getCurrentThreadCpuTime() - start + (sum == 42 ? 1 : 0);
        best = Math.min(best, taken);
        slower = Math.max((double) taken / best, 1 + (slower - 1) * 0.9);
        measured = System.nanoTime();
    }

    /** Also where nothing happens one task ends before the next begins. */
    private void ping() throws InterruptedException {
        Platform.runLater(() -> {
            taskEnds();
            answered.release();
        });
        while (!answered.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            seen.add(
                    Stream.of(fx.getStackTrace())
                            .map(StackTraceElement::toString)
                            .filter(line -> !line.startsWith("java.base"))
                            .limit(LINES)
                            .collect(Collectors.joining("\n    ", "\n    ", "")));
        }
    }

    /** On the FX thread. */
    private void taskEnds() {
        long now = threads.getCurrentThreadCpuTime();
        long taken = now - begun;
        longest = Math.max(longest, taken);
        if (taken > LONGEST.toNanos() * slower) {
            stalls.add(new Stall(taken / 1_000_000, slower, String.join("\n    ---", seen)));
        }
        seen.clear();
        begun = threads.getCurrentThreadCpuTime();
    }

    /** What took too long so far. */
    public List<Stall> stalls() {
        return List.copyOf(stalls);
    }

    /** The most that one task has computed, in milliseconds. */
    public double longestMillis() {
        return longest / 1e6;
    }

    @Override
    public void close() {
        ended = true;
        watcher.interrupt();
        Platform.runLater(() -> before.forEach(Scene::setEventDispatcher));
    }

    /** An event of its own is a task of its own. */
    private final class Counted implements EventDispatcher {
        private final EventDispatcher usual;

        Counted(EventDispatcher usual) {
            this.usual = usual;
        }

        @Override
        public Event dispatchEvent(Event event, EventDispatchChain tail) {
            taskEnds();
            try {
                return usual.dispatchEvent(event, tail);
            } finally {
                taskEnds();
            }
        }
    }
}
