package orchestrator.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import orchestrator.cli.Cli;
import orchestrator.config.ConfigReader;
import orchestrator.config.ConfigResult;
import orchestrator.config.Workspace;
import orchestrator.git.GitBranches;
import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.LocalRun;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.monitor.Rehearsals;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import orchestrator.process.Await;
import orchestrator.process.DesktopNotifier;
import orchestrator.process.ExecRunner;
import orchestrator.store.RehearsalFolder;
import orchestrator.store.UserFolder;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.shell.WindowProgram;
import orchestrator.ui.shell.WindowProgram.Opened;
import orchestrator.ui.shell.WindowSettings;
import orchestrator.ui.shell.WindowTraining;

/** Opens windows over workspaces. The only class of the wiring that leads to JavaFX. */
final class WindowStart implements Cli.Window {
    private final Workspaces workspaces;
    private final Map<String, String> environment;

    WindowStart(Workspaces workspaces, Map<String, String> environment) {
        this.workspaces = workspaces;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void show(RunContext context, WorkspaceConfig config) {
        run(Optional.of(context), Optional.of(config));
    }

    @Override
    public void welcome(Fault none) {
        run(Optional.empty(), Optional.empty());
    }

    /** Uses the window without showing it; see {@link Training}. */
    void train(RunContext context, WorkspaceConfig config) {
        try (LocalRun run = new LocalRun(context, config, new GitBranches(new ExecRunner()))) {
            if (!Await.until(Duration.ofMinutes(1), () -> run.latest().isPresent())) {
                throw new IllegalStateException("the workspace was not read within a minute");
            }
            WindowTraining.run(run);
        }
    }

    /** How the window's program comes to workspaces. */
    WindowProgram.Workspaces places() {
        return new Places();
    }

    private void run(Optional<RunContext> context, Optional<WorkspaceConfig> config) {
        try {
            Places places = new Places();
            WindowProgram.run(
                    places, context.flatMap(at -> config.map(read -> places.open(at, read))));
        } catch (NoClassDefFoundError e) {
            throw new Fault(
                    "window-not-opened",
                    "JavaFX is not on the path; open the window with packaging/orchestrator.",
                    e);
        }
    }

    /** A class of its own: the command line loads this file, and must not load the window. */
    private final class Places implements WindowProgram.Workspaces {
        @Override
        public Opened open(Path folder) {
            Workspace place =
                    Workspace.locate(
                            Optional.of(folder), Optional.empty(), Optional.empty(), folder);
            return open(place);
        }

        private Opened open(Workspace place) {
            WorkspaceConfig config = read(place);
            return open(workspaces.open(place, config), config);
        }

        private static WorkspaceConfig read(Workspace place) {
            return switch (ConfigReader.readSettled(place)) {
                case ConfigResult.Valid(WorkspaceConfig config) -> config;
                case ConfigResult.Invalid invalid ->
                        throw new Fault("config-invalid", String.join("\n", invalid.problems()));
            };
        }

        private Opened open(RunContext context, WorkspaceConfig config) {
            Workspace workspace = context.workspace();
            if (RehearsalFolder.isOne(workspace.root())) {
                // Not among the recent ones: it goes with the next rehearsal.
                return opened(context, config, userOf(workspace.root().toString()));
            }
            UserData user = userOf(workspace.root().toString());
            user.opened(workspace.root(), Instant.now());
            Opened real = opened(context, config, user);
            return new Opened(
                    real.control(), real.settings(), Optional.of(() -> rehearsal(workspace)));
        }

        private Opened rehearsal(Workspace of) {
            return open(new Rehearsals(workspaces, of, read(of)).current(step -> {}));
        }

        private Opened opened(RunContext context, WorkspaceConfig config, UserData user) {
            String path = environment.getOrDefault("PATH", "");
            DesktopNotifier desktop = new DesktopNotifier(context.ports().commands(), path);
            return new Opened(
                    new LocalRun(context, config, new GitBranches(new ExecRunner())),
                    WindowSettings.defaults().withDesktop(desktop::show).withUser(user).withTray());
        }

        @Override
        public UserData user() {
            return userOf("");
        }

        private UserData userOf(String workspace) {
            return UserFolder.locate(
                            environment,
                            home(),
                            System.getProperty("os.name", "").startsWith("Mac"))
                    .map(folder -> UserData.load(folder, workspace))
                    .orElseGet(UserData::ofThisWindow);
        }

        private static String home() {
            return System.getProperty("user.home", "");
        }

        @Override
        public NewWorkspaces making() {
            return new NewWorkspaces(new ExecRunner());
        }

        @Override
        public Path rehearsal() {
            return Path.of(home(), "orchestrator-rehearsal");
        }
    }
}
