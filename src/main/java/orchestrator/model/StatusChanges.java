package orchestrator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which issues' statuses have changed, so that whoever keeps something by status need not look at
 * all issues again. Immutable.
 *
 * @param count how many changes there were since the beginning of the journal
 * @param newest the last of them, at most {@value #KEPT}, oldest first
 */
public record StatusChanges(int count, List<Change> newest) {
    /** More than one round of decisions makes, but at the start of a large run. */
    static final int KEPT = 64;

    /** Nothing has happened. */
    public static final StatusChanges NONE = new StatusChanges(0, List.of());

    /** One change: what the issue's status became. */
    public record Change(IssueId issue, IssueStatus status) {}

    public StatusChanges {
        newest = List.copyOf(newest);
    }

    StatusChanges and(IssueId issue, IssueStatus status) {
        List<Change> next = new ArrayList<>(KEPT);
        next.addAll(newest.subList(Math.max(0, newest.size() - KEPT + 1), newest.size()));
        next.add(new Change(issue, status));
        return new StatusChanges(count + 1, next);
    }

    /**
     * The changes that came after these; empty when it cannot be told: they are not among the past
     * of these (what was foreseen did not come about), or too long ago.
     */
    @SuppressWarnings("ReferenceEquality") // The same change, not one that looks like it.
    public Optional<List<Change>> since(StatusChanges before) {
        int more = count - before.count;
        if (before.count == 0) {
            return more == newest.size() ? Optional.of(newest) : Optional.empty();
        }
        int last = newest.size() - 1 - more;
        return more >= 0 && last >= 0 && newest.get(last) == before.newest.getLast()
                ? Optional.of(newest.subList(last + 1, newest.size()))
                : Optional.empty();
    }
}
