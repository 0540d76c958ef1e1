package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.Inbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people put before the monitor: edits of the configuration, commands in the inbox. Watched,
 * swept, and read in a line of its own.
 */
final class Intake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

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
    private volatile WorkspaceConfig current;
    private final Set<String> taken = new HashSet<>();

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
        Workspace workspace = context.workspace().refreshed();
        switch (ConfigReader.read(workspace)) {
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

    private void readInbox() {
        Inbox.Pending pending = inbox.pending();
        pending.rejected()
                .forEach(name -> LOG.warn("Not a command, moved to inbox/rejected: {}", name));
        for (Inbox.Submitted item : pending.commands()) {
            // Removed only once its answer is written; until then it is not taken twice.
            if (taken.add(item.id())) {
                signals.accept(new Signal.Commanded(item.id(), item.name(), item.arguments()));
            }
        }
    }

    /** Writes the answer to a command that is journaled, and removes it. */
    void answer(String id, boolean accepted, String text) {
        inbox.answer(id, accepted, text);
        inbox.remove(id);
    }

    @Override
    public void close() {
        line.close(Duration.ZERO);
    }
}
