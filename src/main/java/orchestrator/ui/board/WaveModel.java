package orchestrator.ui.board;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot.IssueView;

/** A wave: its cards by priority and number, and how many stand where. */
final class WaveModel {
    /** How many issues of the wave stand where. */
    record Counts(int issues, int completed, int inProgress, int failed, int parked) {
        static Counts of(List<IssueView> issues) {
            return new Counts(
                    issues.size(),
                    count(issues, IssueStatus.COMPLETED),
                    count(issues, IssueStatus.IN_PROGRESS),
                    count(issues, IssueStatus.FAILED),
                    count(issues, IssueStatus.PARKED));
        }

        private static int count(List<IssueView> issues, IssueStatus status) {
            return (int) issues.stream().filter(issue -> issue.status() == status).count();
        }
    }

    private final int number;
    private final ObservableList<CardModel> cards = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Counts> counts =
            new ReadOnlyObjectWrapper<>(new Counts(0, 0, 0, 0, 0));

    WaveModel(int number) {
        this.number = number;
    }

    void update(List<CardModel> wanted, List<IssueView> issues) {
        if (!cards.equals(wanted)) {
            cards.setAll(wanted);
        }
        counts.set(Counts.of(issues));
    }

    int number() {
        return number;
    }

    ObservableList<CardModel> cards() {
        return cards;
    }

    ReadOnlyObjectProperty<Counts> countsProperty() {
        return counts.getReadOnlyProperty();
    }
}
