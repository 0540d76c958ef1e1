package orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import orchestrator.model.LogKeeping;
import orchestrator.model.RunState;
import orchestrator.model.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps up what a run stands on and nothing announces: its windows, that nothing of ours runs that
 * nobody knows, and that old logs take little of the disk. The monitor thread asks; the work is
 * done in the background.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private static final Duration BETWEEN_COMPRESSIONS = Duration.ofHours(1);

    private final Windows windows;
    private final Orphans orphans;
    private final Executor executor;
    private final Consumer<Signal> signals;

    private final LogRetention retention;
    private final AtomicBoolean compressing = new AtomicBoolean();

    /** The start has looked itself. */
    private boolean begun;

    private Instant compressedAt = Instant.EPOCH;

    Upkeep(
            Windows windows,
            Orphans orphans,
            LogRetention retention,
            Executor executor,
            Consumer<Signal> signals) {
        this.windows = windows;
        this.orphans = orphans;
        this.retention = retention;
        this.executor = executor;
        this.signals = signals;
    }

    /** What the sweep of each cycle is for; the first one finds it done. */
    void sweep(RunState state, Settings settings, Instant now) {
        if (begun) {
            executor.background(orphans::sweep);
            if (!state.stopping()) {
                ensureWindows(state, settings);
            }
        }
        begun = true;
        // Also after a clock that was set back.
        if (Duration.between(compressedAt, now).abs().compareTo(BETWEEN_COMPRESSIONS) >= 0
                && compressing.compareAndSet(false, true)) {
            compressedAt = now;
            executor.background(() -> {
                try {
                    compress(state, settings.logs(), now);
                } finally {
                    compressing.set(false);
                }
            });
        }
    }

    private void compress(RunState state, LogKeeping keeping, Instant now) {
        LogRetention.Plan due = retention.due(state, keeping, now);
        if (due.files().isEmpty()) {
            return;
        }
        LogRetention.Done done = retention.compress(due, Progress.UNSEEN);
        LOG.info(
                "Compressed {} logs of completed issues: of {} bytes {} are free",
                done.files(),
                done.bytes(),
                done.freed());
        done.faults().forEach(fault -> LOG.warn("{}", fault.line()));
    }

    /** Opens again what was closed under us; what ran in it works on and is shown there. */
    void ensureWindows(RunState state, Settings settings) {
        executor.background(() ->
                windows.ensure(state, settings.tmuxSession(), settings.workers())
                        .forEach(event -> signals.accept(new Signal.Happened(event))));
    }
}
