package orchestrator.ui.news;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import org.jspecify.annotations.Nullable;

/**
 * Finds news between one snapshot and the next. What the first snapshot shows is no news: it was so
 * before the window opened. FX thread only.
 */
final class NewsModel {
    private static final int MOST = 200;
    private static final Map<IssueStatus, News.Kind> ENDS =
            new EnumMap<>(
                    Map.of(
                            IssueStatus.COMPLETED, News.Kind.COMPLETED,
                            IssueStatus.FAILED, News.Kind.FAILED,
                            IssueStatus.PARKED, News.Kind.PARKED));
    private final ObservableList<News> news = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper(this, "unread");
    private final Map<IssueId, IssueStatus> known = new HashMap<>();
    private @Nullable RunSnapshot last;

    /**
     * Takes a snapshot.
     *
     * @return what is new, oldest first
     */
    List<News> update(RunSnapshot next) {
        RunSnapshot before = last;
        last = next;
        List<News> found = new ArrayList<>();
        for (IssueView issue : next.issues()) {
            IssueStatus old = known.put(issue.id(), issue.status());
            if (before != null && old != issue.status()) {
                ended(issue, next.at()).ifPresent(found::add);
            }
        }
        if (before != null) {
            if (isLimit(next.gate()) && !isLimit(before.gate())) {
                found.add(
                        new News(
                                next.at(),
                                News.Kind.LIMIT,
                                Optional.empty(),
                                next.gate().reason()));
            }
            if (next.isOver() && !before.isOver()) {
                found.add(new News(next.at(), News.Kind.RUN_DONE, Optional.empty(), ""));
            }
        }
        add(found);
        return found;
    }

    private static Optional<News> ended(IssueView issue, Instant at) {
        return Optional.ofNullable(ENDS.get(issue.status()))
                .map(kind ->
                        new News(
                                at,
                                kind,
                                Optional.of(issue.id()),
                                issue.reason().isEmpty() ? issue.title() : issue.reason()));
    }

    private static boolean isLimit(GateView gate) {
        return gate.cause().filter(cause -> cause == PauseCause.USAGE_LIMIT).isPresent();
    }

    private void add(List<News> found) {
        if (found.isEmpty()) {
            return;
        }
        found.forEach(item -> news.addFirst(item));
        if (news.size() > MOST) {
            news.remove(MOST, news.size());
        }
        unread.set(Math.min(MOST, unread.get() + found.size()));
    }

    /** All that was found, the newest first, at most {@value #MOST}. */
    ObservableList<News> news() {
        return news;
    }

    /** How many of them nobody has looked at. */
    ReadOnlyIntegerProperty unreadProperty() {
        return unread.getReadOnlyProperty();
    }

    /** They were looked at. */
    void read() {
        unread.set(0);
    }
}
