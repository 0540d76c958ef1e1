package orchestrator.monitor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import orchestrator.model.Event;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.scripted.Rig;
import orchestrator.store.Journal;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The real monitor on a thread of its own over a scripted world. */
final class RunningMonitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Rig rig;
    private final Journal journal;
    private final Monitor monitor;
    private final Thread thread;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    final List<String> narrated = new CopyOnWriteArrayList<>();

    RunningMonitor(Rig rig) {
        this.rig = rig;
        journal = Journal.open(rig.state.journal());
        monitor = new Monitor(rig.context(), rig.config(), journal, "terminal", this::narrate);
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("monitor-under-test")
                        .start(() -> {
                            try {
                                monitor.run();
                            } catch (Throwable e) {
                                failure.set(e);
                            }
                        });
        await("the monitor begins", () -> monitor.latest().isPresent() || !thread.isAlive());
    }

    private void narrate(String line) {
        narrated.add(line);
    }

    static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    RunSnapshot latest() {
        return monitor.latest().orElseThrow();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    @Nullable Throwable failure() {
        return failure.get();
    }

    /** Moves the clock and waits until the monitor has taken notice. */
    void later(Duration duration) {
        rig.world.clock.advance(duration);
        monitor.wake();
        await("a turn of the monitor", () -> monitor.turned().equals(rig.world.clock.instant()));
    }

    /** Moves the clock without waiting. */
    void nudge(Duration duration) {
        rig.world.clock.advance(duration);
        monitor.wake();
    }

    /** Moves the clock in steps of two seconds, with a look in each, until something is so. */
    void watchUntil(String what, BooleanSupplier condition) {
        for (int step = 0; step < 3000 && !condition.getAsBoolean(); step++) {
            later(Duration.ofSeconds(2));
        }
        await(what, condition);
    }

    void awaitStatus(int issue, IssueStatus status) {
        await(
                "issue " + issue + " is " + status,
                () ->
                        latest().issues().stream()
                                .anyMatch(view ->
                                        view.id().number() == issue && view.status() == status));
    }

    void awaitPlayed(String attempt) {
        await(attempt + " is run", () -> rig.world.played().contains(attempt));
    }

    void awaitRunningOrPlayed(String attempt) {
        awaitPlayed(attempt);
        awaitEvent(Event.AttemptStarted.class, 1);
    }

    /** Waits until an attempt was seen to run and what it says was read. */
    void awaitRunning(int worker) {
        watchUntil(
                "worker " + worker + " runs",
                () ->
                        latest().workers().get(worker - 1).status()
                                        == RunSnapshot.WorkerStatus.RUNNING
                                && !latest().workers().get(worker - 1).lastLine().isEmpty());
    }

    <T extends Event> void awaitEvent(Class<T> type, int count) {
        await(
                count + " × " + type.getSimpleName(),
                () ->
                        rig.journal().stream().filter(e -> type.isInstance(e.event())).count()
                                >= count);
    }

    <T extends Event> List<T> events(Class<T> type) {
        return rig.journal().stream()
                .map(timed -> timed.event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    void release() {
        monitor.release("test");
        join();
    }

    void stop() {
        monitor.stop("test");
    }

    void join() {
        await("the monitor ends", () -> !thread.isAlive());
        journal.close();
    }

    @Override
    public void close() {
        if (thread.isAlive()) {
            // Ended rather than released: nothing goes on in the folder that is now removed.
            monitor.stop("the test is over");
            await(
                    "the monitor ends",
                    () -> {
                        nudge(Duration.ofSeconds(2));
                        return !thread.isAlive();
                    });
            journal.close();
        }
    }
}
