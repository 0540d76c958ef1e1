package orchestrator.monitor;

import java.util.function.Consumer;
import orchestrator.model.RunState;
import orchestrator.model.Settings;

/**
 * Keeps up what a run stands on and nothing announces: its windows, and that nothing of ours runs
 * that nobody knows. The monitor thread asks; the work is done in the background.
 */
final class Upkeep {
    private final Windows windows;
    private final Orphans orphans;
    private final Executor executor;
    private final Consumer<Signal> signals;

    /** The start has looked itself. */
    private boolean begun;

    Upkeep(Windows windows, Orphans orphans, Executor executor, Consumer<Signal> signals) {
        this.windows = windows;
        this.orphans = orphans;
        this.executor = executor;
        this.signals = signals;
    }

    /** What the sweep of each cycle is for; the first one finds it done. */
    void sweep(RunState state, Settings settings) {
        if (begun) {
            executor.background(orphans::sweep);
            if (!state.stopping()) {
                ensureWindows(state, settings);
            }
        }
        begun = true;
    }

    /** Opens again what was closed under us; what ran in it works on and is shown there. */
    void ensureWindows(RunState state, Settings settings) {
        executor.background(() ->
                windows.ensure(state, settings.tmuxSession(), settings.workers())
                        .forEach(event -> signals.accept(new Signal.Happened(event))));
    }
}
