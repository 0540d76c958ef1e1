package orchestrator.wiring;

import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.LocalRun;
import orchestrator.monitor.RunContext;
import orchestrator.process.DesktopNotifier;
import orchestrator.process.TerminalProgram;
import orchestrator.store.UserFolder;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.shell.WindowProgram;
import orchestrator.ui.shell.WindowSettings;

/** Opens the window over a workspace. The only class of the wiring that leads to JavaFX. */
final class WindowStart {
    private WindowStart() {}

    /** Shows the window until it is closed. */
    static void run(RunContext context, WorkspaceConfig config) {
        String path = context.environment().getOrDefault("PATH", "");
        TerminalProgram terminal = new TerminalProgram(path);
        DesktopNotifier desktop = new DesktopNotifier(context.ports().commands(), path);
        try (LocalRun run = new LocalRun(context, config);
                UserData user = userData(context)) {
            WindowProgram.run(
                    run,
                    WindowSettings.defaults()
                            .withTerminal(terminal::open)
                            .withDesktop(desktop::show)
                            .withUser(user));
        } catch (NoClassDefFoundError e) {
            throw new Fault(
                    "window-not-opened",
                    "JavaFX is not on the path; open the window with packaging/orchestrator.",
                    e);
        }
    }

    private static UserData userData(RunContext context) {
        return UserFolder.locate(
                        context.environment(),
                        System.getProperty("user.home", ""),
                        System.getProperty("os.name", "").startsWith("Mac"))
                .map(folder -> UserData.load(folder, context.workspace().root().toString()))
                .orElseGet(UserData::ofThisWindow);
    }
}
