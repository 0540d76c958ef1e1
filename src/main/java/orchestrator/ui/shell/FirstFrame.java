package orchestrator.ui.shell;

import java.lang.management.ManagementFactory;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the diagnostics how long the window took to be seen, from the process's start on. */
final class FirstFrame {
    private static final Logger LOG = LoggerFactory.getLogger(FirstFrame.class);

    private FirstFrame() {}

    /** To be called before the stage is shown. */
    static void tell(Stage stage) {
        Scene scene = stage.getScene();
        if (!LOG.isDebugEnabled() || scene == null) {
            return;
        }
        Runnable once =
                new Runnable() {
                    @Override
                    public void run() {
                        scene.removePostLayoutPulseListener(this);
                        // Painted by the time the next task is run.
                        Platform.runLater(FirstFrame::log);
                    }
                };
        scene.addPostLayoutPulseListener(once);
    }

    private static void log() {
        // Not the process's own beginning: Linux tells that to the second only, and seconds off.
        long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
        LOG.debug("first frame {} ms after java began", System.currentTimeMillis() - begun);
    }
}
