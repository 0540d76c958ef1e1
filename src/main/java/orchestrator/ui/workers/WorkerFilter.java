package orchestrator.ui.workers;

import java.util.Locale;
import java.util.stream.Stream;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;

/**
 * Which workers are shown: those of a group that hold every word of a text somewhere.
 *
 * @param text words, separated by spaces; upper and lower case are the same
 */
record WorkerFilter(Group group, String text) {
    static final WorkerFilter ALL = new WorkerFilter(Group.ALL, "");

    /** Workers by what they are about. */
    enum Group {
        ALL,
        /** An agent is at work, or its result is looked at. */
        AT_WORK,
        /** They hold an issue and nothing happens. */
        WAITING,
        IDLE;

        boolean holds(WorkerStatus status) {
            return switch (this) {
                case ALL -> true;
                case AT_WORK ->
                        switch (status) {
                            case STARTING, RUNNING, ENDING, CHECKING -> true;
                            case IDLE, STOPPED, WAITING -> false;
                        };
                case WAITING -> status == WorkerStatus.WAITING || status == WorkerStatus.STOPPED;
                case IDLE -> status == WorkerStatus.IDLE;
            };
        }
    }

    /**
     * Whether it is shown.
     *
     * @param state the word its state is shown with
     */
    boolean shows(WorkerView worker, String state) {
        return group.holds(worker.status()) && holdsAllWords(worker, state);
    }

    private boolean holdsAllWords(WorkerView worker, String state) {
        if (text.isBlank()) {
            return true;
        }
        String all =
                String.join(
                                "\n",
                                Integer.toString(worker.worker()),
                                worker.issue().map(IssueId::toString).orElse(""),
                                worker.title(),
                                worker.stage(),
                                state,
                                worker.branch(),
                                worker.lastLine(),
                                worker.note())
                        .toLowerCase(Locale.ROOT);
        return Stream.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1))
                .allMatch(all::contains);
    }

    /** Whether it keeps any from being shown. */
    boolean isOn() {
        return group != Group.ALL || !text.isBlank();
    }
}
