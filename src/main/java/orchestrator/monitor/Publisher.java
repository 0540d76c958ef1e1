package orchestrator.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /** For the last lines to be written, at the end. */
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    private final Consumer<String> narrator;
    private final WorkerFiles workerFiles;
    private final MonitorLog log;
    private final AtomicReference<@org.jspecify.annotations.Nullable RunSnapshot> newest =
            new AtomicReference<>();
    private final Threads.Line line;

    /** A publisher that also gives each event, as a line, to {@code narrator}. */
    Publisher(RunContext context, Consumer<String> narrator) {
        this.narrator = narrator;
        workerFiles = new WorkerFiles(context.state());
        log = new MonitorLog(context.state());
        line = context.ports().threads().line("publisher");
    }

    /** Takes the newest snapshot. */
    void publish(RunSnapshot snapshot) {
        if (newest.getAndSet(snapshot) == null) {
            line.add(this::writeSnapshot);
        }
    }

    /** Takes events that are in the journal. */
    void tell(List<TimedEvent> events) {
        List<TimedEvent> told = List.copyOf(events);
        line.add(() -> {
            try {
                writeLines(told);
            } catch (RuntimeException e) {
                // A narrator that fails must not end the writing of all that comes after.
                LOG.error("What happened could not be told", e);
            }
        });
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
            String told = Times.local(event.at()) + "  " + Sentences.view(event).sentence();
            String flat = told.replace('\n', ' ');
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
        line.close(LAST_LINES);
    }
}
