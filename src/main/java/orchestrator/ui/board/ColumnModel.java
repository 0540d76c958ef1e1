package orchestrator.ui.board;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot.IssueView;

/** A column: its cards in hand-out order, and how many of its issues stand where. */
final class ColumnModel {
    /**
     * How many issues of the column stand where.
     *
     * @param shown how many of them the filter lets through
     */
    record Counts(int issues, int completed, int inProgress, int failed, int parked, int shown) {
        static Counts of(List<IssueView> issues, int shown) {
            return new Counts(
                    issues.size(),
                    count(issues, IssueStatus.COMPLETED),
                    count(issues, IssueStatus.IN_PROGRESS),
                    count(issues, IssueStatus.FAILED),
                    count(issues, IssueStatus.PARKED),
                    shown);
        }

        private static int count(List<IssueView> issues, IssueStatus status) {
            return (int) issues.stream().filter(issue -> issue.status() == status).count();
        }
    }

    private final Grouping grouping;
    private final Grouping.Key key;
    private final ObservableList<CardModel> cards = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Counts> counts =
            new ReadOnlyObjectWrapper<>(new Counts(0, 0, 0, 0, 0, 0));

    ColumnModel(Grouping grouping, Grouping.Key key) {
        this.grouping = grouping;
        this.key = key;
    }

    void update(List<CardModel> wanted, List<IssueView> issues) {
        if (!cards.equals(wanted)) {
            cards.setAll(wanted);
        }
        counts.set(Counts.of(issues, wanted.size()));
    }

    Grouping grouping() {
        return grouping;
    }

    Grouping.Key key() {
        return key;
    }

    /** Its wave, when the columns are waves. */
    boolean isWave() {
        return grouping == Grouping.WAVE;
    }

    ObservableList<CardModel> cards() {
        return cards;
    }

    ReadOnlyObjectProperty<Counts> countsProperty() {
        return counts.getReadOnlyProperty();
    }
}
