package orchestrator.ui.timeline;

import orchestrator.model.RunHistory.Hold;
import orchestrator.model.RunHistory.Outcome;

/** The keys of the words in the texts. */
final class Words {
    private Words() {}

    static String of(Hold hold) {
        return switch (hold) {
            case LIMIT -> "timeline.limit";
            case SERVICE -> "timeline.service";
            case ACCOUNT -> "timeline.account";
            case BUDGET -> "timeline.budget";
            case PAUSE -> "timeline.paused";
            case SHORTAGE -> "timeline.shortage";
        };
    }

    static String of(Outcome outcome) {
        return switch (outcome) {
            case RUNNING -> "outcome.running";
            case COMPLETED -> "outcome.completed";
            case RESTARTED -> "outcome.restarted";
            case FAILED -> "outcome.failed";
            case INTERRUPTED -> "outcome.interrupted";
        };
    }
}
