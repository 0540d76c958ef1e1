package orchestrator.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A started child whose output is read, and whose timeout is kept, by the thread that waits for it.
 *
 * <p>Nothing here blocks in a read: a grandchild that keeps the pipe open would keep such a read,
 * and the virtual machine's own clean-up of the pipe, waiting as long as it lives. Instead the
 * waiting thread wakes now and then to take what is there (after {@value #SHORTEST_NANOS} ns while
 * the child writes, {@value #LONGEST_NANOS} ns while it is silent); the child's end wakes it at
 * once.
 */
final class Child extends DelegatingProcess {
    static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LAST_READ = Duration.ofSeconds(2);
    private static final long SHORTEST_NANOS = 200_000;
    private static final long LONGEST_NANOS = 10_000_000;

    private final long timeoutNanos;
    private final Capture out;
    private final Capture err;
    private final byte[] buffer = new byte[1 << 16];
    private boolean timedOut;
    private boolean interrupted;

    Child(Process process, Duration timeout, int limit) {
        super(process);
        this.timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout);
        this.out = new Capture(process.getInputStream(), limit);
        this.err = new Capture(process.getErrorStream(), limit);
    }

    /** Waits for the end, or brings it about; an interruption is kept for {@link #interrupted}. */
    @Override
    public int waitFor() {
        long start = System.nanoTime();
        long pause = SHORTEST_NANOS;
        try {
            while (!process.waitFor(pause, TimeUnit.NANOSECONDS)) {
                long left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    timedOut = true;
                    end();
                    break;
                }
                long next = take() ? SHORTEST_NANOS : Math.min(pause * 2, LONGEST_NANOS);
                pause = Math.min(next, left);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            end();
        }
        finish();
        return code();
    }

    private void end() {
        interrupted |= KillTree.end(process, GRACE, this::take);
    }

    private boolean take() {
        try {
            boolean fromOut = out.take(buffer);
            boolean fromErr = err.take(buffer);
            return fromOut || fromErr;
        } catch (IOException e) {
            throw new UncheckedIOException("the output of process " + pid() + " is unreadable", e);
        }
    }

    /**
     * Takes what is left and closes the pipes. On another thread, because the virtual machine
     * itself reads the rest after the child's end and holds the stream while it does: should a
     * grandchild write without pause, that never ends, and we return without.
     */
    private void finish() {
        long deadline = System.nanoTime() + LAST_READ.toNanos();
        Thread last =
                Thread.ofVirtual()
                        .name("last output of " + process.pid())
                        .start(() -> takeRest(deadline));
        while (true) {
            try {
                last.join(LAST_READ);
                return;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private void takeRest(long deadline) {
        while (take() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the pipes of process " + pid() + " do not close", e);
        }
    }

    boolean timedOut() {
        return timedOut;
    }

    boolean interrupted() {
        return interrupted;
    }

    String stdout() {
        return out.text();
    }

    String stderr() {
        return err.text();
    }
}
