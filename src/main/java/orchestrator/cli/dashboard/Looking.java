package orchestrator.cli.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import orchestrator.monitor.FolderWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files again and again, on a thread of its own: as soon as a watched folder tells of a
 * change, not more often than is of use, and now and then in any case, since a watch may tell late
 * or never. Any thread.
 */
final class Looking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Looking.class);
    private static final Duration SWEEP = Duration.ofSeconds(2);
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(120);

    private final Optional<FolderWatch> watch;
    private final Predicate<Looking> look;
    private final Semaphore changed = new Semaphore(0);
    private final Semaphore ending = new Semaphore(0);
    private final Map<Path, AutoCloseable> watched = new HashMap<>();
    private final Thread thread;

    /**
     * Begins with the first look.
     *
     * @param watch empty: only now and then
     * @param look is given this, to say what is to be watched; says whether there is more to look
     *     at at once. It must not throw
     */
    Looking(String name, Optional<FolderWatch> watch, Predicate<Looking> look) {
        this.watch = watch;
        this.look = look;
        thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
    }

    /**
     * Has a change of one of these names in a folder wake it; nothing happens where it does
     * already, or where there is no such folder yet: to be called with each look.
     */
    synchronized void at(Path folder, Predicate<String> names) {
        if (watch.isEmpty() || watched.containsKey(folder) || !Files.isDirectory(folder)) {
            return;
        }
        try {
            watched.put(
                    folder,
                    watch.get()
                            .watch(
                                    folder,
                                    true,
                                    name -> {
                                        if (name.isEmpty() || names.test(name)) {
                                            changed.release();
                                        }
                                    }));
        } catch (IOException e) {
            LOG.info("The folder {} cannot be watched: {}", folder, e.getMessage());
        }
    }

    private void loop() {
        try {
            while (ending.availablePermits() == 0) {
                long begun = System.nanoTime();
                boolean more = look.test(this);
                if (!more && changed.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                    // What changes now, changes again in a moment.
                    long wait = AT_MOST_EVERY.toNanos() - (System.nanoTime() - begun);
                    if (ending.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
                        return;
                    }
                }
                changed.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks no more; returns once the last look is over. */
    @Override
    public void close() {
        // Not interrupted: that would close the files it reads.
        ending.release();
        changed.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            for (Map.Entry<Path, AutoCloseable> entry : watched.entrySet()) {
                try {
                    entry.getValue().close();
                } catch (Exception e) {
                    LOG.info("{} is watched on: {}", entry.getKey(), e.getMessage());
                }
            }
            watched.clear();
        }
    }
}
