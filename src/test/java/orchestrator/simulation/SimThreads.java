package orchestrator.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import orchestrator.monitor.Threads;
import orchestrator.simulation.Scheduler.Life;

/** The engine's threads, one process's, on the scheduler. */
final class SimThreads implements Threads {
    private final Scheduler scheduler;
    private final Life life;
    private final Trouble trouble;
    private final List<Ticks> recurring = new ArrayList<>();

    SimThreads(Scheduler scheduler, Life life, Trouble trouble) {
        this.scheduler = scheduler;
        this.life = life;
        this.trouble = trouble;
    }

    /** Something has come that a recurring task might find: it need not run for nothing before. */
    void stir() {
        recurring.forEach(Ticks::stir);
    }

    private void live() {
        if (life.isDead()) {
            throw new Strand.Dead();
        }
    }

    @Override
    public Task begin(String name, Runnable task) {
        live();
        trouble.mayDie("begin " + name);
        Begun begun = new Begun();
        begun.strand =
                Optional.of(
                        scheduler.begin(
                                life,
                                name,
                                () -> {
                                    trouble.mayWait();
                                    task.run();
                                }));
        return begun;
    }

    private final class Begun implements Task {
        private Optional<Strand> strand = Optional.empty();

        @Override
        public boolean isOver() {
            return strand.map(Strand::isOver).orElse(false);
        }

        @Override
        public boolean await(Duration limit) {
            return SimThreads.this.await(limit, Duration.ofMillis(5), this::isOver);
        }
    }

    @Override
    public Recurring every(String name, Duration pause, Runnable task) {
        live();
        Ticks ticks = new Ticks(name, pause, task);
        recurring.add(ticks);
        return ticks;
    }

    /** A tick that would find nothing new is not played: of those there are thousands. */
    private final class Ticks implements Recurring {
        private final String name;
        private final Duration pause;
        private final Runnable task;
        private boolean due;
        private boolean closed;

        Ticks(String name, Duration pause, Runnable task) {
            this.name = name;
            this.pause = pause;
            this.task = task;
        }

        void stir() {
            if (!due && !closed) {
                due = true;
                Duration until = scheduler.dice.millis(1, pause.toMillis());
                scheduler.after(life, until, () -> scheduler.begin(life, name, this::tick));
            }
        }

        private void tick() {
            due = false;
            if (!closed) {
                task.run();
            }
        }

        @Override
        public void close() {
            live();
            closed = true;
        }
    }

    @Override
    public Line line(String name) {
        live();
        return new Tasks(name);
    }

    private final class Tasks implements Line {
        private final String name;
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private boolean busy;
        private boolean closed;

        Tasks(String name) {
            this.name = name;
        }

        @Override
        public void add(Runnable task) {
            live();
            if (closed) {
                return;
            }
            tasks.add(task);
            if (!busy) {
                busy = true;
                // A little later, as on a machine with something else to do: what came until then
                // is done in one go.
                scheduler.after(
                        life,
                        scheduler.dice.millis(0, 200),
                        () -> scheduler.begin(life, name, this::work));
            }
        }

        private void work() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                trouble.mayDie(name);
                task.run();
            }
            busy = false;
        }

        @Override
        public void close(Duration limit) {
            live();
            closed = true;
            if (!SimThreads.this.await(limit, Duration.ofMillis(5), () -> !busy)) {
                tasks.clear();
            }
        }
    }

    @Override
    public <T> Mailbox<T> mailbox() {
        live();
        return new Box<>();
    }

    private final class Box<T> implements Mailbox<T> {
        private final List<T> items = new ArrayList<>();
        private Optional<Strand> taker = Optional.empty();
        private long round;

        @Override
        public void add(T item) {
            live();
            items.add(item);
            taker.ifPresent(this::wake);
        }

        private void wake(Strand waiting) {
            taker = Optional.empty();
            scheduler.wake(life, waiting);
        }

        @Override
        public List<T> take(Duration atMost) {
            live();
            trouble.mayDie("take");
            if (items.isEmpty() && atMost.isPositive()) {
                Strand self = scheduler.current();
                taker = Optional.of(self);
                long mine = ++round;
                scheduler.after(
                        life,
                        atMost,
                        () -> taker.filter(one -> mine == round).ifPresent(this::wake));
                self.pause();
                round++;
            }
            List<T> all = List.copyOf(items);
            items.clear();
            return all;
        }
    }

    @Override
    public Lock lock() {
        live();
        return new Mutex();
    }

    private final class Mutex implements Lock {
        private boolean held;
        private final Deque<Strand> waiting = new ArrayDeque<>();

        @Override
        public void lock() {
            live();
            while (held) {
                Strand self = scheduler.current();
                waiting.add(self);
                self.pause();
            }
            held = true;
        }

        @Override
        public void unlock() {
            live();
            held = false;
            Strand next = waiting.poll();
            if (next != null) {
                scheduler.wake(life, next);
            }
        }

        @Override
        public void lockInterruptibly() {
            lock();
        }

        @Override
        public boolean tryLock() {
            live();
            boolean free = !held;
            held = true;
            return free;
        }

        @Override
        public boolean tryLock(long time, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Condition newCondition() {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public boolean await(Duration limit, Duration step, BooleanSupplier condition) {
        live();
        Duration end = scheduler.elapsed().plus(limit);
        while (!condition.getAsBoolean()) {
            if (scheduler.elapsed().compareTo(end) > 0) {
                return false;
            }
            scheduler.sleep(step);
            live();
        }
        return true;
    }
}
