package orchestrator.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import orchestrator.model.Fault;
import orchestrator.simulation.Scheduler.Life;
import orchestrator.simulation.Strand.Dead;

/**
 * What goes wrong where the engine meets the world, for one process. Every call of a port passes
 * here, before and after its effect: there another task may run first, the call may take long or
 * hang, fail without an effect, with a part of it or with all of it, take effect only later, or the
 * process may be killed.
 */
final class Trouble {
    /** For how long the dice are asked at all; after that the world is kind. */
    private final Mood mood;

    private final Scheduler scheduler;
    private final Life life;
    private final Runnable onDeath;

    Trouble(Scheduler scheduler, Life life, Mood mood, Runnable onDeath) {
        this.scheduler = scheduler;
        this.life = life;
        this.mood = mood;
        this.onDeath = onDeath;
    }

    private void live() {
        if (life.isDead()) {
            throw new Dead();
        }
    }

    /** A call that changes nothing. */
    <T> T look(String what, Supplier<T> found) {
        live();
        mayDie(what);
        if (scheduler.inStrand()) {
            before(what);
            if (scheduler.dice.chance(mood.error())) {
                note("fails", what);
                throw fault(what, "failed");
            }
        }
        return found.get();
    }

    /** A call with an effect that happens whole or not at all. */
    <T> T act(String what, Supplier<T> effect) {
        return act(what, effect, () -> {});
    }

    /**
     * A call with an effect.
     *
     * @param part what may be left of it when it breaks off in the middle
     */
    <T> T act(String what, Supplier<T> effect, Runnable part) {
        live();
        if (scheduler.dice.chance(mood.crash())) {
            // The child that was to do it may live on without us.
            if (scheduler.dice.chance(0.5)) {
                later(what, effect);
            }
            die(what);
        }
        before(what);
        if (scheduler.dice.chance(mood.error())) {
            switch (scheduler.dice.below(4)) {
                case 0 -> {
                    note("does nothing and fails", what);
                    throw fault(what, "failed");
                }
                case 1 -> {
                    note("does a part and fails", what);
                    part.run();
                    throw fault(what, "failed in the middle");
                }
                case 2 -> {
                    note("fails, and does it later", what);
                    later(what, effect);
                    throw fault(what, "did not answer in time");
                }
                default -> {
                    note("does it and fails", what);
                    var _ = effect.get();
                    throw fault(what, "reported a failure");
                }
            }
        }
        T done = effect.get();
        if (scheduler.dice.chance(mood.crash())) {
            die("after " + what);
        }
        mayWait();
        return done;
    }

    private void later(String what, Supplier<?> effect) {
        scheduler.after(
                scheduler.dice.millis(1, 5_000),
                () -> {
                    scheduler.trace.add("late: " + what);
                    try {
                        var _ = effect.get();
                    } catch (Fault nobodyHears) {
                        scheduler.trace.add("late and in vain: " + nobodyHears.sentence());
                    }
                });
    }

    private void before(String what) {
        if (scheduler.dice.chance(mood.hang())) {
            Duration time = scheduler.dice.millis(5_000, 90_000);
            note("hangs for " + time.toMillis() + " ms", what);
            scheduler.sleep(time);
            live();
            if (scheduler.dice.chance(0.5)) {
                throw fault(what, "did not answer in time");
            }
        } else {
            mayWait();
        }
    }

    /** Others may run first; a call takes its time. */
    void mayWait() {
        if (scheduler.inStrand() && scheduler.dice.chance(0.4)) {
            scheduler.sleep(scheduler.dice.millis(0, 25));
            live();
        }
    }

    /** Here the process may be killed. */
    void mayDie(String what) {
        if (scheduler.inStrand() && scheduler.dice.chance(mood.crash() / 4)) {
            die(what);
        }
    }

    /** The process may be killed at a write. */
    void mayDieWriting(String when, String what, Path path) {
        if (wouldDieWriting()) {
            dieWriting(when, what, path);
        }
    }

    boolean wouldDieWriting() {
        live();
        return scheduler.inStrand() && scheduler.dice.chance(mood.crash() / 8);
    }

    void dieWriting(String when, String what, Path path) {
        die(when + " " + what + " of " + nameOf(path));
    }

    /** Names with chance in them say nothing, and must not be in a trace. */
    private static String nameOf(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(".") ? name.substring(0, Math.min(8, name.length())) : name;
    }

    private void die(String what) {
        note("is killed", what);
        onDeath.run();
        scheduler.kill(life);
        throw new Dead();
    }

    boolean losesNews() {
        return scheduler.dice.chance(mood.error());
    }

    private void note(String does, String what) {
        scheduler.trace.add(
                "%8.3f  life %d: %s %s"
                        .formatted(
                                scheduler.elapsed().toMillis() / 1000.0, life.number, what, does));
    }

    private static Fault fault(String what, String how) {
        return new Fault("scripted", "The call " + what + " " + how + "; try again.");
    }
}
