package orchestrator.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import orchestrator.monitor.FolderWatch;
import orchestrator.simulation.Scheduler.Life;

/** One process's watch over folders: its news comes late, twice, or not at all. */
final class Watches implements FolderWatch {
    private record Watched(Path folder, Consumer<String> listener) {}

    private final Scheduler scheduler;
    private final Life life;
    private final Trouble trouble;
    private final Runnable stir;
    private final List<Watched> watched = new ArrayList<>();

    Watches(Scheduler scheduler, Life life, Trouble trouble, Runnable stir) {
        this.scheduler = scheduler;
        this.life = life;
        this.trouble = trouble;
        this.stir = stir;
    }

    @Override
    public AutoCloseable watch(Path folder, boolean changesToo, Consumer<String> listener) {
        if (life.isDead()) {
            throw new Strand.Dead();
        }
        Watched one = new Watched(folder, listener);
        watched.add(one);
        stir.run();
        return () -> watched.remove(one);
    }

    /** A file has appeared. */
    void appeared(Path folder, String name) {
        for (Watched one : List.copyOf(watched)) {
            if (one.folder().equals(folder) && !trouble.losesNews()) {
                tell(one, name, scheduler.dice.millis(0, 6));
                if (trouble.losesNews()) {
                    tell(one, name, scheduler.dice.millis(0, 20_000));
                }
            }
        }
    }

    private void tell(Watched one, String name, Duration after) {
        scheduler.after(
                life,
                after,
                () -> {
                    if (watched.contains(one)) {
                        one.listener().accept(name);
                    }
                });
    }

    @Override
    public void close() {
        watched.clear();
    }
}
