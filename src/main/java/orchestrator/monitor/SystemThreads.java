package orchestrator.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import orchestrator.process.Await;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Threads} of the Java machine: tasks on virtual threads, lines and what recurs on daemon
 * threads.
 */
public final class SystemThreads implements Threads {
    @Override
    public Task begin(String name, Runnable task) {
        return new ThreadTask(Thread.ofVirtual().name(name).start(task));
    }

    @Override
    public Recurring every(String name, Duration pause, Runnable task) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemon(name));
        var _ =
                timer.scheduleWithFixedDelay(
                        task, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        return timer::shutdownNow;
    }

    @Override
    public Line line(String name) {
        return new ThreadLine(Executors.newSingleThreadExecutor(daemon(name)));
    }

    @Override
    public <T> Mailbox<T> mailbox() {
        return new QueueMailbox<>(new LinkedBlockingQueue<>());
    }

    @Override
    public Lock lock() {
        return new ReentrantLock();
    }

    @Override
    public boolean await(Duration limit, Duration step, BooleanSupplier condition) {
        return Await.until(limit, step, condition);
    }

    private static ThreadFactory daemon(String name) {
        return Thread.ofPlatform().name(name).daemon().factory();
    }

    private record ThreadTask(Thread thread) implements Task {
        @Override
        public boolean isOver() {
            return !thread.isAlive();
        }

        @Override
        public boolean await(Duration limit) throws InterruptedException {
            return thread.join(limit);
        }
    }

    private record ThreadLine(ExecutorService executor) implements Line {
        @Override
        public void add(Runnable task) {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                log().debug("The line is closed; a task was not begun");
            }
        }

        @Override
        public void close(Duration limit) {
            executor.shutdown();
            try {
                if (!executor.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                    executor.shutdownNow();
                }
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    private record QueueMailbox<T>(BlockingQueue<T> queue) implements Mailbox<T> {
        @Override
        public void add(T item) {
            queue.add(item);
        }

        @Override
        public List<T> take(Duration atMost) throws InterruptedException {
            List<T> taken = new ArrayList<>();
            T first = queue.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                taken.add(first);
                queue.drainTo(taken);
            }
            return taken;
        }
    }

    /** Asked for when there is something to say: the first logger of a program takes 40 ms. */
    private static Logger log() {
        return LoggerFactory.getLogger(SystemThreads.class);
    }
}
