package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.log.Secrets;
import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.Inbox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people put before the monitor: edits of the configuration, commands in the inbox. Watched,
 * swept, and read in a line of its own.
 */
final class Intake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Twice this is longer than an editor takes to write a file it has cut short. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(150);

    /** The first may come at once after the file was read. */
    private static final int ENOUGH_LOOKS = 2;

    /** A file that reads badly in ever new ways for three seconds is broken. */
    private static final int MOST_LOOKS = 20;

    private enum Look {
        CONFIG,
        INBOX
    }

    private final RunContext context;
    private final FolderWatch watch;
    private final Consumer<Signal> signals;
    private final Inbox inbox;
    private final Threads.Line line;
    private final Set<Look> due = ConcurrentHashMap.newKeySet();
    private volatile List<String> lastProblems = List.of();
    private final Doubt doubt = new Doubt();
    private volatile WorkspaceConfig current;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** Commands whose answer could not be written. */
    private final Set<String> owed = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("NullAway.Init") // current is given by open(), before anything looks at it
    Intake(RunContext context, FolderWatch watch, Consumer<Signal> signals) {
        this.context = context;
        this.watch = watch;
        this.signals = signals;
        inbox = new Inbox(context.state());
        line = context.ports().threads().line("intake");
    }

    /** Begins to watch. */
    void open(WorkspaceConfig config) {
        current = config;
        watch(config.configDir(), true, Look.CONFIG);
        watch(config.configDir().resolve("prompts"), true, Look.CONFIG);
        watch(context.state().inbox(), false, Look.INBOX);
        sweep();
    }

    private void watch(Path folder, boolean changesToo, Look look) {
        if (!folder.toFile().isDirectory()) {
            return;
        }
        try {
            watch.watch(folder, changesToo, name -> look(look));
        } catch (IOException e) {
            LOG.warn("No watch on {}; it is looked at every cycle: {}", folder, e.getMessage());
        }
    }

    /** Looks at everything, whatever the watch said. */
    void sweep() {
        look(Look.CONFIG);
        look(Look.INBOX);
    }

    /** Many changes at once are one look: whatever comes after its begin is seen by the next. */
    private void look(Look look) {
        if (due.add(look)) {
            line.add(() -> {
                due.remove(look);
                take(look);
            });
        }
    }

    private void take(Look look) {
        try {
            switch (look) {
                case CONFIG -> readConfig();
                case INBOX -> readInbox();
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "The {} could not be read", look == Look.CONFIG ? "configuration" : "inbox", e);
        }
    }

    private void readConfig() {
        // Which files there are may have changed too.
        ConfigResult result = ConfigReader.read(context.workspace().refreshed());
        List<String> doubtful = doubtful(result);
        if (!doubtful.isEmpty() && !doubt.isJustified(doubtful)) {
            return;
        }
        doubt.over();
        switch (result) {
            case ConfigResult.Valid valid -> {
                boolean repaired = !lastProblems.isEmpty();
                lastProblems = List.of();
                if (repaired || !valid.config().equals(current)) {
                    current = valid.config();
                    signals.accept(new Signal.ConfigRead(valid.config()));
                }
            }
            case ConfigResult.Invalid invalid -> {
                if (!invalid.problems().equals(lastProblems)) {
                    lastProblems = invalid.problems();
                    signals.accept(new Signal.ConfigBroken(invalid.problems()));
                }
            }
        }
    }

    /** What may be so for a moment only, because a file is just being saved; empty: nothing. */
    private List<String> doubtful(ConfigResult result) {
        return switch (result) {
            case ConfigResult.Invalid(List<String> problems) ->
                    problems.equals(lastProblems) ? List.of() : problems;
            case ConfigResult.Valid(WorkspaceConfig config) ->
                    current.projects().stream()
                            .filter(project -> config.project(project.name()).isEmpty())
                            .map(project -> project.configFile() + " is gone")
                            .toList();
        };
    }

    /**
     * Editors that save in place leave a file cut short, or away, for a moment. So what reads badly
     * is read again a little later, and believed when it then reads the same, or has changed all
     * the time.
     */
    private final class Doubt {
        private List<String> read = List.of();

        /** Looks since {@code read} was first read so, and in all. */
        private int looksAtIt;

        private int looks;
        private boolean closed;
        private Threads.@Nullable Recurring again;

        /** Whether what was read can be believed; otherwise there will be another look. */
        synchronized boolean isJustified(List<String> now) {
            if (looks > MOST_LOOKS || (looksAtIt >= ENOUGH_LOOKS && now.equals(read))) {
                return true;
            }
            if (!now.equals(read)) {
                read = now;
                looksAtIt = 0;
            }
            if (again == null && !closed) {
                again =
                        context.ports()
                                .threads()
                                .every("config-again", LOOK_AGAIN, () -> line.add(this::lookAgain));
            }
            return false;
        }

        private void lookAgain() {
            synchronized (this) {
                looks++;
                looksAtIt++;
            }
            take(Look.CONFIG);
        }

        /** What was read is believed. */
        synchronized void over() {
            read = List.of();
            looksAtIt = 0;
            looks = 0;
            if (again != null) {
                again.close();
                again = null;
            }
        }

        synchronized void close() {
            closed = true;
            over();
        }
    }

    private void readInbox() {
        Inbox.Pending pending = inbox.pending();
        pending.rejected()
                .forEach(name -> LOG.warn("Not a command, moved to inbox/rejected: {}", name));
        for (Inbox.Submitted item : pending.commands()) {
            // Removed only once its answer is written; until then it is not taken twice.
            if (taken.add(item.id())) {
                List<String> masked = item.arguments().stream().map(Secrets::mask).toList();
                signals.accept(new Signal.Commanded(item.id(), item.name(), masked));
            }
        }
    }

    /**
     * Writes the answer to a command that is journaled, and removes it. What the disk refuses is
     * tried again, see {@link #lookForOwed}.
     */
    void answer(String id, boolean accepted, String text) {
        try {
            inbox.answer(id, accepted, text);
            inbox.remove(id);
            owed.remove(id);
        } catch (Fault fault) {
            if (owed.add(id)) {
                LOG.warn("{}", fault.line());
            }
            taken.remove(id);
        }
    }

    /** Takes the commands again whose answer could not be written: the journal knows it. */
    void lookForOwed() {
        if (!owed.isEmpty()) {
            look(Look.INBOX);
        }
    }

    @Override
    public void close() {
        line.close(Duration.ZERO);
        doubt.close();
    }
}
