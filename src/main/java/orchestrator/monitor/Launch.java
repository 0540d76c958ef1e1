package orchestrator.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.config.RehearsalConfig;
import orchestrator.git.Worktrees;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Liveness;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.process.Await;
import orchestrator.store.JournalReader;
import orchestrator.store.RehearsalFolder;
import orchestrator.store.RunLock;
import orchestrator.store.SavedEnvironment;
import orchestrator.tmux.Terminal;

/**
 * The way into a run: checks, fetches, makes the session, and has a monitor take the workspace. A
 * launch is under a lock of its own, so that of two at once one begins and the other says so.
 * Blocks.
 */
public final class Launch {
    /** A monitor that starts in a window is a new process on a possibly loaded machine. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(60);

    private final RunContext context;
    private final WorkspaceConfig config;

    /** A launch of that configuration. */
    public Launch(RunContext context, WorkspaceConfig config) {
        this.context = context;
        this.config = config;
    }

    /** What it would do. Changes nothing. */
    public RunControl.DryRun dryRun() {
        return LaunchPlan.make(context, config, pastState());
    }

    private RunState pastState() {
        JournalReader reader = JournalReader.fromSnapshot(context.state().journal());
        reader.poll(events -> {});
        return reader.history().state();
    }

    /**
     * Launches with the monitor in tmux window 0; returns when it holds the workspace.
     *
     * @param progress is given a line for each step
     */
    public void inTerminal(Consumer<String> progress) {
        underLock(() -> {
            prepare(progress);
            SavedEnvironment.save(context.state(), LaunchEnvironment.select(context.environment()));
            List<Event> ignored = new ArrayList<>();
            Windows windows = new Windows(context);
            RunState past = pastState();
            Optional<Terminal.Session> there = windows.find(past, config.settings().tmuxSession());
            List<String> monitor = context.command("monitor");
            if (there.isEmpty()) {
                progress.accept("Creating tmux session " + config.settings().tmuxSession());
                windows.ensureSession(past, config.settings().tmuxSession(), monitor, ignored);
            } else {
                progress.accept("Continuing in tmux session " + config.settings().tmuxSession());
                windows.startMonitor(there.get(), monitor);
            }
            awaitMonitor();
        });
    }

    /** Launches with the monitor on a thread of this process. */
    public MonitorHost here(String host, Consumer<String> progress, Consumer<String> narrator) {
        List<MonitorHost> started = new ArrayList<>();
        underLock(() -> {
            prepare(progress);
            unlessCalledOff();
            progress.accept("Beginning the run");
            MonitorHost monitor = MonitorHost.start(context, config, host, narrator);
            monitor.awaitBegun();
            started.add(monitor);
        });
        return started.getFirst();
    }

    private void underLock(Runnable launch) {
        if (RunLock.holder(context.state().monitorLock()).isPresent()) {
            throw MonitorHost.held(context);
        }
        Optional<RunLock> lock =
                RunLock.tryAcquire(
                        context.state().disk(),
                        context.state().launchLock(),
                        "launch",
                        context.ports().processes().self());
        if (lock.isEmpty()) {
            throw new Fault(
                    "launch-under-way",
                    "Another launch of the workspace %s is under way%s; wait for it, then look with `status`."
                            .formatted(
                                    context.workspace().root(),
                                    RunLock.holder(context.state().launchLock())
                                            .map(holder -> " (pid " + holder.process().pid() + ")")
                                            .orElse("")));
        }
        try (RunLock _ = lock.get()) {
            if (RunLock.holder(context.state().monitorLock()).isPresent()) {
                throw MonitorHost.held(context);
            }
            launch.run();
        }
    }

    private static void unlessCalledOff() {
        if (Thread.interrupted()) {
            throw new Fault(
                    "launch-called-off", "The launch was called off; no worker was started.");
        }
    }

    private void prepare(Consumer<String> progress) {
        Path root = context.workspace().root();
        if (RehearsalFolder.isOne(root)) {
            // Its files say so too; what was chosen for this launch stands in no file yet.
            RehearsalConfig.requireApart(config, root);
        }
        progress.accept("Looking at what is needed");
        Prerequisites.Report report = Prerequisites.check(context, config);
        if (!report.problems().isEmpty()) {
            throw new Fault("prerequisites-missing", String.join("\n", report.problems()));
        }
        report.warnings().forEach(warning -> progress.accept("note: " + warning));
        for (Project project : config.projects()) {
            for (Repo repo : project.repos().values()) {
                unlessCalledOff();
                if (Prerequisites.isMadeOnLaunch(context, project, repo)) {
                    progress.accept("Making the rehearsal's repository " + repo.path());
                    context.ports().worktrees().createScratch(repo);
                } else {
                    fetch(repo, progress);
                }
            }
        }
    }

    private void fetch(Repo repo, Consumer<String> progress) {
        Worktrees worktrees = context.ports().worktrees();
        if (!worktrees.hasOrigin(repo)) {
            return;
        }
        progress.accept("Fetching " + repo.defaultBranch() + " of " + repo.path());
        try {
            worktrees.fetch(repo);
        } catch (Fault fault) {
            // Without a network the run works from what was fetched last.
            progress.accept("note: " + fault.line() + " The run works from what was fetched last.");
        }
    }

    private void awaitMonitor() {
        boolean taken =
                Await.until(
                        TAKE_OVER,
                        () ->
                                // Who only looks has the lock for an instant too, and is no holder.
                                RunLock.holder(context.state().monitorLock())
                                        .map(RunLock.Holder::process)
                                        .map(context.ports().processes()::check)
                                        .filter(look -> look != Liveness.GONE)
                                        .isPresent());
        if (!taken) {
            throw new Fault(
                    "monitor-not-started",
                    "The monitor did not start within %d s; look at window 0: tmux attach -t =%s"
                            .formatted(TAKE_OVER.toSeconds(), config.settings().tmuxSession()));
        }
    }
}
