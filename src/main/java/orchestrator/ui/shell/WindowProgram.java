package orchestrator.ui.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.application.Platform;
import javafx.stage.Stage;
import orchestrator.model.Fault;
import orchestrator.monitor.RunControl;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Texts;

/** The window as a program: JavaFX is started, the window opened, its end waited for. */
public final class WindowProgram {
    private WindowProgram() {}

    /**
     * Opens the window and returns once it is closed. Once per process, and not on the FX thread.
     * The control is left open.
     *
     * @throws Fault {@code window-not-opened} when there is no display or the window cannot be
     *     built
     */
    public static void run(RunControl control, WindowSettings settings) {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try {
            Platform.startup(() -> open(control, settings, closed));
        } catch (RuntimeException | LinkageError failure) {
            throw notOpened(failure);
        }
        try {
            closed.get();
        } catch (ExecutionException failure) {
            throw notOpened(failure.getCause() == null ? failure : failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            Platform.exit();
        }
    }

    private static void open(
            RunControl control, WindowSettings settings, CompletableFuture<Boolean> closed) {
        try {
            Platform.setImplicitExit(false);
            Stage stage = new Stage();
            MainWindow window = new MainWindow(stage, control, settings);
            stage.showingProperty()
                    .addListener((_, _, showing) -> {
                        if (!showing) {
                            closed.complete(true);
                        }
                    });
            window.show();
        } catch (RuntimeException | LinkageError failure) {
            closed.completeExceptionally(failure);
        }
    }

    private static Fault notOpened(Throwable cause) {
        String message = cause.getMessage();
        String what = message == null ? cause.getClass().getSimpleName() : message;
        return new Fault(
                "window-not-opened", new Texts().get("fault.no-window", Format.line(what)), cause);
    }
}
