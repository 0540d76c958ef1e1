package orchestrator.ui.board;

import java.util.Locale;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot.IssueView;

/** What makes the board's columns. */
enum Grouping {
    WAVE,
    STATE,
    STAGE,
    PROJECT;

    /**
     * A column: its place among the others and what it is about.
     *
     * @param order its place; the wave's number when the board is grouped by waves
     * @param name a stage's or project's name, the key of a state's word; empty for a wave
     */
    record Key(int order, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byOrder = Integer.compare(order, other.order);
            return byOrder == 0 ? name.compareTo(other.name) : byOrder;
        }
    }

    /** The column that an issue belongs into. */
    Key keyOf(IssueView issue) {
        return switch (this) {
            case WAVE -> new Key(issue.wave(), "");
            case STATE -> new Key(stateOrder(issue), IssueLook.of(issue).word());
            case STAGE ->
                    issue.status() == IssueStatus.COMPLETED
                            ? new Key(Integer.MAX_VALUE, "")
                            : new Key(issue.stageIndex(), issue.stage());
            case PROJECT -> new Key(0, issue.id().project());
        };
    }

    /** As an issue goes through them; what needs a person comes last. */
    private static int stateOrder(IssueView issue) {
        return switch (issue.status()) {
            case PENDING -> pendingOrder(issue);
            case IN_PROGRESS -> 3;
            case COMPLETED -> 4;
            case FAILED -> 5;
            case PARKED -> 6;
        };
    }

    private static int pendingOrder(IssueView issue) {
        if (issue.blockedForever()) {
            return 2;
        }
        return issue.waitsFor().isEmpty() ? 1 : 0;
    }

    /** The word that it is remembered by. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one remembered by that word; waves when there is none. */
    static Grouping ofWord(String word) {
        for (Grouping grouping : values()) {
            if (grouping.word().equals(word)) {
                return grouping;
            }
        }
        return WAVE;
    }
}
