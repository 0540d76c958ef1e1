package orchestrator.monitor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.model.Attempt;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Event;
import orchestrator.model.IssueState;
import orchestrator.model.Liveness;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.MonitorView;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.Usage;
import orchestrator.model.WorkspaceConfig;
import orchestrator.store.AttemptFolder;
import orchestrator.store.JournalReader;
import orchestrator.store.RunLock;
import orchestrator.store.WorkerFiles;

/**
 * Shows the run of whichever process holds the monitor, from its journal and the workers' files.
 * One thread at a time.
 */
public final class JournalFeed implements RunFeed {
    private static final WorkerFiles.Live NOTHING_SAID =
            new WorkerFiles.Live(0, false, Optional.empty(), Usage.NONE, "");

    private final RunContext context;
    private final JournalReader reader;
    private final NewestConfig files;
    private WorkspaceConfig config;
    private Snapshots snapshots;

    /** A feed that shows {@code config} until the files hold another valid one. */
    public JournalFeed(RunContext context, WorkspaceConfig config) {
        this.context = context;
        this.config = config;
        snapshots = new Snapshots(config, context);
        reader = JournalReader.fromSnapshot(context.state().journal());
        files = new NewestConfig(context.workspace());
        files.know();
    }

    /** The state as far as the journal was read by the last {@link #latest()}. */
    public RunState state() {
        return reader.history().state();
    }

    /** The state and the configuration that it is read by. */
    record Known(RunState state, WorkspaceConfig config) {}

    /** The same as the journal has it now, whichever process writes it. */
    synchronized Known known() {
        catchUp(event -> {});
        return new Known(state(), config);
    }

    @Override
    public synchronized RunSnapshot latest() {
        return latest(event -> {});
    }

    /**
     * The same, and every event that the journal has gained since the last look, in order: also
     * those of a burst that is longer than a snapshot's recent ones. The first look may tell none:
     * it begins with what the monitor has put down of the journal so far.
     */
    public synchronized RunSnapshot latest(Consumer<TimedEvent> news) {
        boolean edited = catchUp(news);
        Instant now = context.ports().clock().instant();
        MonitorView monitor = monitor();
        // A monitor notes each edit it takes; without one, nobody does.
        if (monitor.state() == MonitorState.STOPPED) {
            edited |= files.changed();
        }
        if (edited) {
            readConfig();
        }
        boolean watched = monitor.state() != MonitorState.STOPPED;
        RunSnapshot snapshot =
                snapshots.make(state(), live(watched), reader.history().recent(), monitor, now);
        return watched && isDiskFull() ? snapshot.with(Snapshots.held(diskFull())) : snapshot;
    }

    /** What the monitor cannot write into the journal, the journal cannot tell. */
    private boolean isDiskFull() {
        // An attempts' folder may be a disk of its own.
        List<Path> places = List.of(context.state().root(), context.state().attempts());
        OptionalLong free = context.ports().machine().look(places).diskMb();
        return free.isPresent() && free.getAsLong() == 0;
    }

    private String diskFull() {
        return "The disk of %s is full; make room on it, and what waits to be written down goes on."
                .formatted(context.state().root());
    }

    /** Whether the monitor has taken an edit of the files. */
    private boolean catchUp(Consumer<TimedEvent> news) {
        boolean[] edited = {false};
        reader.poll(events ->
                events.forEach(event -> {
                    edited[0] |= event.event() instanceof Event.ConfigLoaded;
                    news.accept(event);
                }));
        return edited[0];
    }

    /** Only after an edit: reading ten thousand issues at every event would keep a core busy. */
    private void readConfig() {
        if (ConfigReader.read(context.workspace().refreshed())
                instanceof ConfigResult.Valid valid) {
            config = valid.config();
            snapshots = new Snapshots(config, context);
        }
    }

    private Map<Integer, LiveFacts> live(boolean watched) {
        Map<Integer, LiveFacts> facts = new HashMap<>();
        for (IssueState issue : state().issues().values()) {
            issue.attempt()
                    .filter(CurrentAttempt::isLive)
                    .map(CurrentAttempt::attempt)
                    .ifPresent(a -> facts.put(a.worker(), live(issue, a, watched)));
        }
        return facts;
    }

    private LiveFacts live(IssueState issue, Attempt attempt, boolean watched) {
        WorkerFiles.Live said =
                WorkerFiles.read(context.state(), attempt.worker())
                        .filter(file -> file.attempt() == attempt.number())
                        .orElse(NOTHING_SAID);
        // A file that nobody keeps any more says what was; what is, the process says.
        boolean running = watched ? said.running() : isAlive(attempt);
        return new LiveFacts(
                attempt.id(),
                running,
                said.lastActivity(),
                // The file speaks of the issue so far, the live attempt included; the journal of
                // what has ended.
                said.usage().minus(issue.usage()),
                said.lastLine());
    }

    private boolean isAlive(Attempt attempt) {
        return AttemptFolder.of(context.state(), attempt)
                .process()
                .map(context.ports().processes()::check)
                .filter(look -> look == Liveness.ALIVE)
                .isPresent();
    }

    private MonitorView monitor() {
        Optional<RunLock.Holder> holder = RunLock.holder(context.state().monitorLock());
        if (holder.isEmpty()) {
            return new MonitorView(MonitorState.STOPPED, Optional.empty(), false, "");
        }
        MonitorState now = state().stopping() ? MonitorState.STOPPING : MonitorState.RUNNING;
        return new MonitorView(
                now, Optional.of(holder.get().process().pid()), false, holder.get().host());
    }

    @Override
    public void close() {
        // Holds no file open between looks.
    }
}
