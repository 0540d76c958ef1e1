package orchestrator.monitor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.LaunchEditor;
import orchestrator.git.Branches;
import orchestrator.model.Fault;
import orchestrator.model.RunSnapshot;
import orchestrator.model.WorkspaceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The window's hold on a workspace: runs the monitor on a background thread of this process after a
 * launch, and otherwise shows the run of whoever holds it.
 */
public final class LocalRun implements RunControl {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
    private static final long OBSERVE_EVERY_MS = 500;

    private final RunContext context;
    private final AtomicReference<@org.jspecify.annotations.Nullable MonitorHost> here =
            new AtomicReference<>();
    private final AtomicReference<@org.jspecify.annotations.Nullable RunSnapshot> observed =
            new AtomicReference<>();
    private final JournalFeed feed;
    private final Planning planning;
    private final BranchChanges changes;
    private final JournalHistory history;
    private final Archive archive;
    private final ScheduledExecutorService observer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("journal-feed").daemon().factory());

    /**
     * A hold on the workspace with that configuration; nothing is launched.
     *
     * @param branches reads what the issues' branches hold
     */
    public LocalRun(RunContext context, WorkspaceConfig config, Branches branches) {
        this.context = context;
        feed = new JournalFeed(context, config);
        planning = new WorkspacePlanning(context);
        changes = new BranchChanges(feed::known, branches);
        history = new JournalHistory(context.state().journal());
        archive = new JournalArchive(context.state());
        var _ =
                observer.scheduleWithFixedDelay(
                        this::observe, 0, OBSERVE_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void observe() {
        if (running().isPresent()) {
            return;
        }
        try {
            observed.set(feed.latest());
        } catch (RuntimeException e) {
            // The next look may find the files readable again; the window keeps what it has.
            LOG.warn("The run could not be read: {}", e.getMessage());
        }
    }

    private Optional<MonitorHost> running() {
        return Optional.ofNullable(here.get()).filter(MonitorHost::isRunning);
    }

    @Override
    public Optional<RunSnapshot> latest() {
        return running().flatMap(MonitorHost::latest).or(() -> Optional.ofNullable(observed.get()));
    }

    @Override
    public Offer offer() {
        return new Offer(
                LaunchChoices.of(config()),
                context.ports().agents().keySet().stream().sorted().toList());
    }

    @Override
    public DryRun dryRun(LaunchChoices choices) {
        return switch (ConfigReader.readSettled(context.workspace())) {
            case ConfigResult.Valid valid ->
                    new Launch(context, choices.in(valid.config())).dryRun();
            case ConfigResult.Invalid invalid ->
                    new DryRun(
                            invalid.problems(), List.of(), String.join("\n", invalid.problems()));
        };
    }

    @Override
    public void launch(LaunchChoices choices, Consumer<String> progress) {
        choices.keep(new LaunchEditor(context.workspace().refreshed()), config());
        launch(line -> {
            LOG.info("{}", line);
            progress.accept(line);
        });
    }

    private void launch(Consumer<String> progress) {
        MonitorHost started =
                new Launch(context, config())
                        .here("window", progress, line -> LOG.debug("{}", line));
        here.set(started);
    }

    private WorkspaceConfig config() {
        return switch (ConfigReader.readSettled(context.workspace())) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid ->
                    throw new Fault("config-invalid", String.join("\n", invalid.problems()));
        };
    }

    @Override
    public void stop() {
        Optional<MonitorHost> mine = running();
        if (mine.isPresent()) {
            mine.get().stop("stopped in the window");
        } else {
            OtherMonitor other = new OtherMonitor(context);
            if (other.isThere()) {
                other.stop();
            }
        }
        observe();
    }

    @Override
    public void handOver() {
        Supplier<MonitorHost> none =
                () -> {
                    throw new Fault(
                            "not-here",
                            "The monitor does not run in this window; there is nothing to hand over.");
                };
        running().orElseGet(none).release("handed over to tmux window 0");
        new Launch(context, config()).inTerminal(LOG::info);
        observe();
    }

    @Override
    public void takeOver() {
        if (running().isPresent()) {
            return;
        }
        // What is wrong here is found before the other is asked to go.
        config();
        OtherMonitor other = new OtherMonitor(context);
        if (other.isThere()) {
            other.release();
        }
        launch(LOG::info);
    }

    @Override
    public Orders.Reply send(Order order) {
        return new Orders(context).send(order);
    }

    @Override
    public Planning planning() {
        return planning;
    }

    @Override
    public Terminals terminals() {
        return new LocalTerminals(context, this::config);
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public HistoryFeed history() {
        return history;
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public void close() {
        running().ifPresent(host -> host.release("the window was closed"));
        observer.shutdownNow();
        feed.close();
    }
}
