package orchestrator.ui.board;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot.IssueView;

/** A card: lives as long as its issue is defined. */
final class CardModel {
    private final ReadOnlyObjectWrapper<IssueView> issue;

    CardModel(IssueView first) {
        issue = new ReadOnlyObjectWrapper<>(first);
    }

    IssueId id() {
        return issue.get().id();
    }

    /** Takes the issue as it is now; tells nobody when it is as before. */
    void update(IssueView next) {
        issue.set(next);
    }

    ReadOnlyObjectProperty<IssueView> issueProperty() {
        return issue.getReadOnlyProperty();
    }
}
