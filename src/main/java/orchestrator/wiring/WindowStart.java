package orchestrator.wiring;

import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.LocalRun;
import orchestrator.monitor.RunContext;
import orchestrator.process.TerminalProgram;
import orchestrator.ui.shell.WindowProgram;
import orchestrator.ui.shell.WindowSettings;

/** Opens the window over a workspace. The only class of the wiring that leads to JavaFX. */
final class WindowStart {
    private WindowStart() {}

    /** Shows the window until it is closed. */
    static void run(RunContext context, WorkspaceConfig config) {
        TerminalProgram terminal =
                new TerminalProgram(context.environment().getOrDefault("PATH", ""));
        try (LocalRun run = new LocalRun(context, config)) {
            WindowProgram.run(run, WindowSettings.defaults().withTerminal(terminal::open));
        } catch (NoClassDefFoundError e) {
            throw new Fault(
                    "window-not-opened",
                    "JavaFX is not on the path; open the window with packaging/orchestrator.",
                    e);
        }
    }
}
