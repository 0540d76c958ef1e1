package orchestrator.ui.shell;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import orchestrator.monitor.RunControl;

/**
 * Builds, styles, lays out and paints all of the window without showing it to anybody: for what
 * java is to remember of it.
 */
public final class WindowTraining {
    private static final List<String> VIEWS = List.of("board", "plan", "timeline", "workers");
    private static final List<String> DIALOGS = List.of("palette", "keys", "settings", "launch");
    private static final long LONGEST_MINUTES = 2;

    private WindowTraining() {}

    /**
     * Does it, and returns once it is done. Once per process, not on the FX thread; needs a
     * display.
     *
     * @throws IllegalStateException when the window cannot be built
     */
    public static void run(RunControl control) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Platform.startup(() -> {
            try {
                use(new Stage(), control);
                done.complete(true);
            } catch (RuntimeException | LinkageError failure) {
                done.completeExceptionally(failure);
            }
        });
        try {
            done.get(LONGEST_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("the window could not be built", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            Platform.exit();
        }
    }

    private static void use(Stage stage, RunControl control) {
        MainWindow window = new MainWindow(stage, control, WindowSettings.defaults());
        Parent root = stage.getScene().getRoot();
        for (int turn = 0; turn < 2; turn++) {
            for (String view : VIEWS) {
                window.run(view);
                paint(root);
            }
            window.run("theme");
        }
        for (String dialog : DIALOGS) {
            window.run(dialog);
            paint(root);
            Event.fireEvent(
                    stage.getScene(),
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            "",
                            "",
                            KeyCode.ESCAPE,
                            false,
                            false,
                            false,
                            false));
        }
    }

    private static void paint(Parent root) {
        root.resize(1440, 900);
        root.snapshot(new SnapshotParameters(), null);
    }
}
