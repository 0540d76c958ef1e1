package orchestrator.ui.workers;

import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.ui.fx.Look;
import orchestrator.ui.fx.Tone;
import org.kordamp.ikonli.feather.Feather;

/** How a worker's state is shown. */
final class WorkerLook {
    private static final Look IDLE = new Look("worker.idle", Feather.MINUS_CIRCLE, Tone.MUTED);
    private static final Look STARTING =
            new Look("worker.starting", Feather.CHEVRONS_RIGHT, Tone.ACCENT);
    private static final Look RUNNING =
            new Look("worker.running", Feather.PLAY_CIRCLE, Tone.SUCCESS);
    private static final Look ENDING = new Look("worker.ending", Feather.STOP_CIRCLE, Tone.WARNING);
    private static final Look CHECKING =
            new Look("worker.checking", Feather.CHECK_SQUARE, Tone.ACCENT);
    private static final Look STOPPED = new Look("worker.stopped", Feather.SQUARE, Tone.MUTED);
    private static final Look WAITING = new Look("worker.waiting", Feather.CLOCK, Tone.WARNING);

    private static final Look PAUSING =
            new Look("worker.pausing", Feather.PAUSE_CIRCLE, Tone.WARNING);

    private WorkerLook() {}

    static Look of(WorkerRow.State state) {
        return state.pausing() ? PAUSING : of(state.status());
    }

    private static Look of(WorkerStatus status) {
        return switch (status) {
            case IDLE -> IDLE;
            case STARTING -> STARTING;
            case RUNNING -> RUNNING;
            case ENDING -> ENDING;
            case CHECKING -> CHECKING;
            case STOPPED -> STOPPED;
            case WAITING -> WAITING;
        };
    }
}
