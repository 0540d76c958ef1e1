package orchestrator.ui.board;

import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.ui.fx.Look;
import orchestrator.ui.fx.Tone;
import org.kordamp.ikonli.feather.Feather;

/** How an issue's state is shown. A pending one is ready, waiting, or blocked for good. */
public final class IssueLook {
    private static final Look READY = new Look("issue.ready", Feather.CIRCLE, Tone.NEUTRAL);
    private static final Look WAITING = new Look("issue.waiting", Feather.CLOCK, Tone.MUTED);
    private static final Look BLOCKED = new Look("issue.blocked", Feather.SLASH, Tone.DANGER);
    private static final Look IN_PROGRESS =
            new Look("issue.in-progress", Feather.PLAY_CIRCLE, Tone.ACCENT);
    private static final Look COMPLETED =
            new Look("issue.completed", Feather.CHECK_CIRCLE, Tone.SUCCESS);
    private static final Look FAILED = new Look("issue.failed", Feather.X_CIRCLE, Tone.DANGER);
    private static final Look PARKED = new Look("issue.parked", Feather.PAUSE_CIRCLE, Tone.WARNING);

    private IssueLook() {}

    /** The look of its state. */
    public static Look of(IssueView issue) {
        return switch (issue.status()) {
            case PENDING -> pending(issue);
            case IN_PROGRESS -> IN_PROGRESS;
            case COMPLETED -> COMPLETED;
            case FAILED -> FAILED;
            case PARKED -> PARKED;
        };
    }

    private static Look pending(IssueView issue) {
        if (issue.blockedForever()) {
            return BLOCKED;
        }
        return issue.waitsFor().isEmpty() ? READY : WAITING;
    }
}
