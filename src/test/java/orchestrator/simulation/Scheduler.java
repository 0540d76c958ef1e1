package orchestrator.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * All threads and all time of one run. One strand or one happening of the world at a time; which,
 * of those that can go on, the dice say. When none can, time jumps to what is due next. Nothing
 * here is safe on two threads, and need not be.
 */
final class Scheduler implements InstantSource {
    /** A process of ours: what it began dies with it. */
    static final class Life {
        final int number;
        private boolean dead;
        private final List<Strand> strands = new ArrayList<>();

        Life(int number) {
            this.number = number;
        }

        boolean isDead() {
            return dead;
        }
    }

    private record Due(long at, long order, @Nullable Life life, Runnable what)
            implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private record Ready(Strand strand, Life life) {}

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private final long seed;
    final Dice dice;
    final Trace trace;
    private final PriorityQueue<Due> timeline = new PriorityQueue<>();
    private final List<Ready> ready = new ArrayList<>();
    private final List<Life> lives = new ArrayList<>();
    private Optional<Ready> running = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private long now;
    private long order;
    private long steps;
    private Duration skew = Duration.ZERO;

    Scheduler(long seed, String folder) {
        this.seed = seed;
        dice = new Dice(seed);
        trace = new Trace(folder);
    }

    /** What the wall clock shows; people and time servers move it. */
    @Override
    public Instant instant() {
        return BEGIN.plus(skew).plusMillis(now / 1_000_000);
    }

    /** Since the run began; nobody moves it. */
    Duration elapsed() {
        return Duration.ofNanos(now);
    }

    void moveClock(Duration by) {
        skew = skew.plus(by);
    }

    long steps() {
        return steps;
    }

    Life life() {
        Life life = new Life(lives.size() + 1);
        lives.add(life);
        return life;
    }

    /** Kills a process: what it began never goes on. When it is the one that runs, here it ends. */
    void kill(Life life) {
        life.dead = true;
        ready.removeIf(one -> one.life() == life);
        if (running.isPresent() && running.get().life() == life) {
            running.get().strand().pause();
        }
    }

    /** Has something happen in the world, after a while. */
    void after(Duration delay, Runnable what) {
        timeline.add(new Due(now + delay.toNanos(), order++, null, what));
    }

    /** Has something happen in a process, after a while, if it is there then. */
    void after(Life life, Duration delay, Runnable what) {
        if (!life.dead) {
            timeline.add(new Due(now + delay.toNanos(), order++, life, what));
        }
    }

    Strand begin(Life life, String name, Runnable task) {
        Strand strand =
                new Strand(
                        seed + " " + name,
                        () -> {
                            try {
                                task.run();
                            } catch (Strand.Dead e) {
                                throw e;
                            } catch (Throwable e) {
                                failure = failure.isPresent() ? failure : Optional.of(e);
                            }
                        });
        life.strands.add(strand);
        if (life.dead) {
            return strand;
        }
        ready.add(new Ready(strand, life));
        return strand;
    }

    /** The strand that runs. */
    Strand current() {
        return running.orElseThrow(() -> new IllegalStateException("no strand runs")).strand();
    }

    boolean inStrand() {
        return running.isPresent();
    }

    /** Lets a waiting strand go on. */
    void wake(Life life, Strand strand) {
        if (!life.dead && !strand.isOver()) {
            ready.add(new Ready(strand, life));
        }
    }

    /** The running strand goes on after a while. */
    void sleep(Duration time) {
        Ready self = running.orElseThrow();
        after(self.life(), time, () -> wake(self.life(), self.strand()));
        self.strand().pause();
    }

    /** What a strand or a happening threw, that must not throw. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** One strand to its next pause, or one happening; false when nothing is left to come. */
    boolean step() {
        if (ready.isEmpty()) {
            Due next = timeline.poll();
            while (next != null && next.life() != null && next.life().dead) {
                next = timeline.poll();
            }
            if (next == null) {
                return false;
            }
            now = Math.max(now, next.at());
            steps++;
            next.what().run();
            return true;
        }
        Ready next = ready.remove(ready.size() == 1 ? 0 : dice.below(ready.size()));
        steps++;
        running = Optional.of(next);
        try {
            next.strand().resume();
        } finally {
            running = Optional.empty();
        }
        if (next.strand().isOver() && next.life().strands.size() > 64) {
            next.life().strands.removeIf(Strand::isOver);
        }
        return true;
    }

    /** Ends all threads, once nothing they do can be seen. */
    void unwind() {
        for (Life life : lives) {
            life.dead = true;
            ready.clear();
            for (Strand strand : List.copyOf(life.strands)) {
                if (!strand.isOver()) {
                    strand.unwind();
                }
            }
        }
    }
}
