package orchestrator.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.WorkspaceConfig;
import orchestrator.process.Await;
import orchestrator.store.Journal;
import orchestrator.store.RunLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitor in this process: takes the workspace's lock, opens the journal, runs the monitor on its
 * own background thread, and lets everything go at its end. Any thread.
 */
public final class MonitorHost {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorHost.class);

    private static final Duration BEGIN = Duration.ofSeconds(60);

    private final Monitor monitor;
    private final Thread thread;
    private final AtomicReference<@org.jspecify.annotations.Nullable Throwable> failure =
            new AtomicReference<>();

    private MonitorHost(Monitor monitor, Journal journal, RunLock lock) {
        this.monitor = monitor;
        thread =
                Thread.ofPlatform()
                        .name("monitor")
                        .daemon()
                        .unstarted(() -> {
                            try (lock;
                                    journal) {
                                monitor.run();
                            } catch (Throwable e) {
                                failure.set(e);
                                LOG.error("The monitor ended: {}", e.getMessage(), e);
                            }
                        });
    }

    /**
     * Takes the workspace and starts the monitor.
     *
     * @throws Fault {@code workspace-held} when another process has it
     */
    public static MonitorHost start(
            RunContext context, WorkspaceConfig config, String host, Consumer<String> narrator) {
        Optional<RunLock> lock =
                RunLock.tryAcquire(
                        context.state().disk(),
                        context.state().monitorLock(),
                        host,
                        context.ports().processes().self());
        if (lock.isEmpty()) {
            throw held(context);
        }
        Journal journal;
        Monitor monitor;
        try {
            context.state().sweep(Instant.now());
            journal = Journal.open(context.state());
            journal.torn().ifPresent(kept -> tellTorn(kept, narrator));
            journal.snapshotTrouble().ifPresent(narrator);
            monitor = new Monitor(context, config, journal, host, narrator);
        } catch (RuntimeException e) {
            lock.get().close();
            throw e;
        }
        MonitorHost started = new MonitorHost(monitor, journal, lock.get());
        started.thread.start();
        return started;
    }

    private static void tellTorn(Path kept, Consumer<String> narrator) {
        String sentence =
                "The journal ended in the middle of what was being written, as after a crash or a power"
                        + " cut; that was cut off and is kept as "
                        + kept
                        + ". Nothing had been begun from it.";
        LOG.warn("{}", sentence);
        narrator.accept(sentence);
    }

    /** The fault that says who holds the workspace. */
    static Fault held(RunContext context) {
        String who =
                RunLock.holder(context.state().monitorLock())
                        .map(MonitorHost::describe)
                        .orElse("another process");
        return new Fault(
                "workspace-held",
                "The workspace %s is held by %s; look with `status`, or end it there first."
                        .formatted(context.workspace().root(), who));
    }

    private static String describe(RunLock.Holder holder) {
        return "the monitor in the %s (pid %d, since %s)"
                .formatted(holder.host(), holder.process().pid(), Times.local(holder.since()));
    }

    /**
     * Waits until the monitor has begun its work. Blocks.
     *
     * @throws Fault when it ended instead
     */
    void awaitBegun() {
        Await.until(BEGIN, () -> latest().isPresent() || !isRunning());
        Throwable failed = failure.get();
        if (failed instanceof Fault fault) {
            throw fault;
        }
        if (failed != null) {
            throw new Fault("monitor-failed", "The monitor could not begin: " + failed, failed);
        }
    }

    /** The newest snapshot; empty until the first was made. */
    public Optional<RunSnapshot> latest() {
        return monitor.latest();
    }

    /** Whether the monitor runs. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Why it ended by itself, if it did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Ends all attempts and the monitor; returns when both are over. Blocks. */
    public void stop(String reason) {
        monitor.stop(reason);
        join();
    }

    /** Ends the monitor, the workers work on; returns when the workspace is free. Blocks. */
    public void release(String reason) {
        monitor.release(reason);
        join();
    }

    /** Waits until the monitor is over. Blocks. */
    public void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
