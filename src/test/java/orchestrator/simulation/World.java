package orchestrator.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** All that is outside of the engine's processes. */
final class World {
    final Scheduler scheduler;
    final Machine machine;
    final Git git;
    final Weather weather;
    final Tmux tmux;
    final Ills ills;

    /** Those who want to know of a file that appears, and of a stream that grows. */
    interface Witness {
        void appeared(Path folder, String name);

        void stir();
    }

    private final List<Witness> witnesses = new ArrayList<>();
    private boolean journalTouched;
    private Consumer<Play> onBegin = play -> {};
    private Consumer<String> onWrong = what -> {};
    private Function<Play, Behaviour> behaviours = play -> Behaviour.GOOD;

    World(Scheduler scheduler) {
        this.scheduler = scheduler;
        machine = new Machine(scheduler);
        git = new Git(scheduler);
        weather = new Weather(scheduler);
        tmux = new Tmux(this);
        ills = new Ills(scheduler);
    }

    void behaviours(Function<Play, Behaviour> chosen) {
        behaviours = chosen;
    }

    Behaviour behaviourOf(Play play) {
        return behaviours.apply(play);
    }

    void onBegin(Consumer<Play> told) {
        onBegin = told;
    }

    void onWrong(Consumer<String> told) {
        onWrong = told;
    }

    /** Something was done to the world that must never be. */
    void witnessed(String wrong) {
        onWrong.accept(wrong);
    }

    /** The journal may hold more than when it was last read. */
    boolean journalTouched() {
        boolean touched = journalTouched;
        journalTouched = false;
        return touched;
    }

    /** A process of ours has written. */
    void written(Path path) {
        journalTouched |= path.endsWith("orchestrator-log.jsonl");
    }

    void witness(Witness witness) {
        witnesses.add(witness);
    }

    void forget(Witness witness) {
        witnesses.remove(witness);
    }

    void appeared(Path folder, String name) {
        List.copyOf(witnesses).forEach(one -> one.appeared(folder, name));
    }

    void stir() {
        witnesses.forEach(Witness::stir);
    }

    /** An attempt's script has begun. */
    void begun(Play play) {
        onBegin.accept(play);
    }

    void note(String what) {
        scheduler.trace.add(
                "%8.3f  world: %s".formatted(scheduler.elapsed().toMillis() / 1000.0, what));
    }
}
