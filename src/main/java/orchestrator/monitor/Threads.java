package orchestrator.monitor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/**
 * Everything in the engine that runs beside its caller, waits, or comes again by time: threads and
 * real time in the program, a scheduler with a time of its own in a simulation. Nothing else in the
 * engine starts a thread or blocks for anything but a port or a file. Any thread.
 */
public interface Threads {
    /** Begins a task that may block, on a thread of its own. It must not throw. */
    Task begin(String name, Runnable task);

    /**
     * Runs a task again and again: first after {@code pause}, then {@code pause} after each of its
     * ends. It must not throw.
     */
    Recurring every(String name, Duration pause, Runnable task);

    /** A line whose tasks run one after another, beside everything else. */
    Line line(String name);

    /** A box that many put into and one takes from. */
    <T> Mailbox<T> mailbox();

    /** A lock for what blocks for a port while it is held. */
    Lock lock();

    /**
     * True as soon as the condition holds, false when it does not within the limit. Looks every
     * {@code step}. Blocks.
     */
    boolean await(Duration limit, Duration step, BooleanSupplier condition);

    /** Lets so much time go by; less when the thread is interrupted. Blocks. */
    default void pause(Duration time) {
        boolean _ = await(time, time, () -> false);
    }

    /** A task that was begun. */
    interface Task {
        /** Whether it has come to its end. */
        boolean isOver();

        /** Waits for its end; false when it did not come within the limit. Blocks. */
        boolean await(Duration limit) throws InterruptedException;
    }

    /** A task that comes again until it is closed; one that runs then comes to its end. */
    interface Recurring extends AutoCloseable {
        @Override
        void close();
    }

    /** Tasks that run one after another, in the order in which they were added. */
    interface Line {
        /** Adds a task, which must not throw; nothing happens once the line is closed. */
        void add(Runnable task);

        /**
         * Takes no more tasks and waits for those it has; what has not ended within the limit is
         * interrupted or never begun. Blocks.
         */
        void close(Duration limit);
    }

    /** Keeps what was put into it, in order, until it is taken. */
    interface Mailbox<T> {
        /** Puts something in; never blocks. */
        void add(T item);

        /**
         * All there is, at once when there is something; otherwise waits for the first. Empty when
         * nothing came in time. Blocks.
         */
        List<T> take(Duration atMost) throws InterruptedException;
    }
}
