package orchestrator.ui.shell;

import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.monitor.RunControl;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Overlay;
import org.jspecify.annotations.Nullable;

/** What becomes of a run when its window is closed: that is asked before. */
final class Closing {
    private final Stage stage;
    private final RunControl control;
    private final Questions questions;
    private final Overlay overlay;
    private @Nullable Dialog onceStopped;

    Closing(Stage stage, RunControl control, Questions questions, Overlay overlay) {
        this.stage = stage;
        this.control = control;
        this.questions = questions;
        this.overlay = overlay;
    }

    /** Lets the window close, or asks first. */
    void requested(WindowEvent event) {
        RunSnapshot run = control.latest().orElse(null);
        if (run == null || !run.monitor().here()) {
            return;
        }
        if (run.isOver() && run.issues().stream().allMatch(IssueView::pushed)) {
            return; // there is nothing left that a monitor would do
        }
        switch (run.monitor().state()) {
            case STOPPED -> {}
            case RUNNING -> {
                event.consume();
                questions.close(stage::hide);
            }
            case STOPPING -> {
                event.consume();
                questions.closeOnceStopped(dialog -> onceStopped = dialog);
            }
        }
    }

    /** Closes a window that waits for its run to have stopped. */
    void update(RunSnapshot run) {
        Dialog waiting = onceStopped;
        if (waiting != null
                && run.monitor().state() == MonitorState.STOPPED
                && overlay.isShowing(waiting)) {
            stage.hide();
        }
    }
}
