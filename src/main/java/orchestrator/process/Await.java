package orchestrator.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another process does and nothing announces; the only place that does. Blocks; an
 * interrupt ends the waiting and stays noted.
 */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(25);

    private Await() {}

    /**
     * True as soon as the condition holds, false when it does not within the limit or the thread is
     * interrupted.
     */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        return until(limit, STEP, condition);
    }

    /** The same, looking every {@code step}. */
    public static boolean until(Duration limit, Duration step, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            pause(step);
        }
        return true;
    }

    /** Between two looks or two tries: at most this long, less when the thread is interrupted. */
    public static void pause(Duration step) {
        LockSupport.parkNanos(step.toNanos());
    }
}
