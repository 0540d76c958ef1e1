package orchestrator.ui;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.stage.Window;
import orchestrator.model.Fault;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.process.ExecRunner;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.shell.WindowProgram;
import orchestrator.ui.shell.WindowProgram.Opened;
import orchestrator.ui.shell.WindowSettings;
import org.awaitility.Awaitility;

/** The window as a program of its own; it closes its window as soon as that is shown. */
final class WindowProgramMain {
    private WindowProgramMain() {}

    public static void main(String[] arguments) {
        FakeRunControl control = new FakeRunControl();
        control.onFirstLook = () -> Platform.runLater(() -> Window.getWindows().getFirst().hide());
        if (arguments.length > 0) {
            Thread.ofVirtual().start(WindowProgramMain::closeWelcome);
        }
        try {
            WindowProgram.run(
                    new NoWorkspaces(),
                    arguments.length > 0
                            ? Optional.empty()
                            : Optional.of(new Opened(control, WindowSettings.defaults())));
            IO.println("closed");
        } catch (Fault fault) {
            IO.println(fault.line());
        }
    }

    private static void closeWelcome() {
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> {
                    CompletableFuture<Boolean> closed = new CompletableFuture<>();
                    Platform.runLater(() -> {
                        closed.complete(!Window.getWindows().isEmpty());
                        Window.getWindows().stream().findFirst().ifPresent(Window::hide);
                    });
                    return closed.get(1, TimeUnit.SECONDS);
                });
    }

    /** As of a user who has none. */
    static final class NoWorkspaces implements WindowProgram.Workspaces {
        @Override
        public Opened open(Path folder) {
            throw new Fault("no-workspace", "There is none.");
        }

        @Override
        public UserData user() {
            return UserData.ofThisWindow();
        }

        @Override
        public NewWorkspaces making() {
            return new NewWorkspaces(new ExecRunner());
        }

        @Override
        public Path rehearsal() {
            return Path.of("/nowhere");
        }
    }
}
