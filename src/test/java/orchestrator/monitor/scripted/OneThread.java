package orchestrator.monitor.scripted;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import orchestrator.monitor.Threads;

/**
 * All the engine's tasks on the caller's thread, in the order in which they were begun, and a time
 * that passes only when nothing is left to do: the same run each time. A task that fails fails its
 * caller; one that kills the process (throws an error) leaves the others undone.
 */
public final class OneThread implements Threads {
    private final VirtualClock clock;
    private final Runnable timePassed;
    private final Deque<OneTask> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private boolean dead;

    /** Calls {@code timePassed} each time when the clock was moved. */
    public OneThread(VirtualClock clock, Runnable timePassed) {
        this.clock = clock;
        this.timePassed = timePassed;
    }

    @Override
    public Task begin(String name, Runnable task) {
        OneTask added = new OneTask(task);
        tasks.add(added);
        return added;
    }

    @Override
    public Recurring every(String name, Duration pause, Runnable task) {
        Timer timer = new Timer(pause, task, clock.instant().plus(pause));
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public Line line(String name) {
        return new OneLine();
    }

    @Override
    public <T> Mailbox<T> mailbox() {
        return new Box<>();
    }

    @Override
    public Lock lock() {
        return new ReentrantLock();
    }

    @Override
    public boolean await(Duration limit, Duration step, BooleanSupplier condition) {
        Instant end = clock.instant().plus(limit);
        while (!condition.getAsBoolean()) {
            if (!clock.instant().isBefore(end)) {
                return false;
            }
            if (!runOne()) {
                passTime(step);
            }
        }
        return true;
    }

    private boolean runOne() {
        OneTask next = tasks.poll();
        if (next == null || dead) {
            return false;
        }
        next.run();
        return true;
    }

    /** To the next timer, or so far. */
    private void passTime(Duration atMost) {
        Instant now = clock.instant();
        Instant end = now.plus(atMost);
        Optional<Timer> first =
                timers.stream()
                        .min(Comparator.comparing(timer -> timer.next))
                        .filter(timer -> !timer.next.isAfter(end));
        Instant to = first.map(timer -> timer.next).orElse(end);
        if (to.isAfter(now)) {
            clock.advance(Duration.between(now, to));
            timePassed.run();
        }
        first.ifPresent(timer -> {
            timer.next = clock.instant().plus(timer.pause);
            alive(timer.task);
        });
    }

    private void alive(Runnable task) {
        try {
            task.run();
        } catch (Error e) {
            dead = true;
            throw e;
        }
    }

    private static final class Timer {
        final Duration pause;
        final Runnable task;
        Instant next;

        Timer(Duration pause, Runnable task, Instant next) {
            this.pause = pause;
            this.task = task;
            this.next = next;
        }
    }

    private final class OneTask implements Task {
        private final Runnable task;
        private boolean over;

        OneTask(Runnable task) {
            this.task = task;
        }

        void run() {
            alive(task);
            over = true;
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public boolean await(Duration limit) {
            return OneThread.this.await(limit, limit, this::isOver);
        }
    }

    private final class OneLine implements Line {
        private final List<OneTask> mine = new ArrayList<>();
        private boolean closed;

        @Override
        public void add(Runnable task) {
            if (!closed) {
                mine.removeIf(OneTask::isOver);
                OneTask added = new OneTask(task);
                mine.add(added);
                tasks.add(added);
            }
        }

        @Override
        public void close(Duration limit) {
            closed = true;
            if (limit.isZero()) {
                tasks.removeAll(mine);
            } else {
                await(limit, limit, () -> dead || mine.stream().allMatch(OneTask::isOver));
            }
        }
    }

    private final class Box<T> implements Mailbox<T> {
        private final Deque<T> items = new ArrayDeque<>();

        @Override
        public void add(T item) {
            items.add(item);
        }

        @Override
        public List<T> take(Duration atMost) {
            Instant end = clock.instant().plus(atMost);
            while (items.isEmpty()) {
                if (!runOne()) {
                    if (!clock.instant().isBefore(end)) {
                        break;
                    }
                    passTime(Duration.between(clock.instant(), end));
                }
            }
            List<T> taken = List.copyOf(items);
            items.clear();
            return taken;
        }
    }
}
