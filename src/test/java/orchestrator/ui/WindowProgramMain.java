package orchestrator.ui;

import javafx.application.Platform;
import javafx.stage.Window;
import orchestrator.model.Fault;
import orchestrator.ui.shell.WindowProgram;
import orchestrator.ui.shell.WindowSettings;

/** The window as a program of its own; it closes its window as soon as that is shown. */
final class WindowProgramMain {
    private WindowProgramMain() {}

    public static void main(String[] arguments) {
        FakeRunControl control = new FakeRunControl();
        control.onFirstLook = () -> Platform.runLater(() -> Window.getWindows().getFirst().hide());
        try {
            WindowProgram.run(control, WindowSettings.defaults());
            IO.println("closed");
        } catch (Fault fault) {
            IO.println(fault.line());
        }
    }
}
