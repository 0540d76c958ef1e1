package orchestrator.monitor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.TimedEvent;
import orchestrator.store.MonitorLog;
import orchestrator.store.WorkerFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what people and scripts read (the workers' files, {@code monitor.log}), off the monitor
 * thread. Only the newest snapshot is written: a slow disk delays nobody.
 */
final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private sealed interface Job {
        record Snapshot() implements Job {}

        record Lines(List<TimedEvent> events) implements Job {}

        record End() implements Job {}
    }

    private final Consumer<String> narrator;
    private final WorkerFiles workerFiles;
    private final MonitorLog log;
    private final AtomicReference<@org.jspecify.annotations.Nullable RunSnapshot> newest =
            new AtomicReference<>();
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** A publisher that also gives each event, as a line, to {@code narrator}. */
    Publisher(RunContext context, Consumer<String> narrator) {
        this.narrator = narrator;
        workerFiles = new WorkerFiles(context.state());
        log = new MonitorLog(context.state());
        thread = Thread.ofPlatform().name("publisher").daemon().start(this::loop);
    }

    /** Takes the newest snapshot. */
    void publish(RunSnapshot snapshot) {
        if (newest.getAndSet(snapshot) == null) {
            jobs.add(new Job.Snapshot());
        }
    }

    /** Takes events that are in the journal. */
    void tell(List<TimedEvent> events) {
        jobs.add(new Job.Lines(List.copyOf(events)));
    }

    private void loop() {
        try {
            while (true) {
                Job job = jobs.take();
                if (job instanceof Job.End) {
                    writeSnapshot();
                    return;
                }
                work(job);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Job job) {
        try {
            switch (job) {
                case Job.Snapshot s -> writeSnapshot();
                case Job.Lines lines -> writeLines(lines.events());
                case Job.End e -> {}
            }
        } catch (RuntimeException e) {
            // A narrator that fails must not end the writing of all that comes after.
            LOG.error("What happened could not be told", e);
        }
    }

    private void writeSnapshot() {
        Optional<RunSnapshot> snapshot = Optional.ofNullable(newest.getAndSet(null));
        try {
            snapshot.ifPresent(made -> workerFiles.write(made.workers()));
        } catch (RuntimeException e) {
            LOG.warn("The workers' files could not be written: {}", e.getMessage());
        }
    }

    private void writeLines(List<TimedEvent> events) {
        StringBuilder text = new StringBuilder();
        for (TimedEvent event : events) {
            String line = Times.local(event.at()) + "  " + Sentences.view(event).sentence();
            String flat = line.replace('\n', ' ');
            text.append(flat).append('\n');
            narrator.accept(flat);
        }
        try {
            log.append(text);
        } catch (Fault fault) {
            LOG.warn("{}", fault.line());
        }
    }

    @Override
    public void close() {
        jobs.add(new Job.End());
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
