package orchestrator.ui.board;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import orchestrator.model.IssueId;
import org.jspecify.annotations.Nullable;

/** The cards that are chosen, and the one that keys are about. */
final class Selection {
    /**
     * What is chosen.
     *
     * @param issues those that orders and moves are about
     * @param cursor the one that the next arrow key starts from; empty: none was ever chosen
     */
    record Chosen(Set<IssueId> issues, Optional<IssueId> cursor) {
        static final Chosen NOTHING = new Chosen(Set.of(), Optional.empty());

        Chosen {
            issues = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(issues));
        }
    }

    private final ReadOnlyObjectWrapper<Chosen> chosen =
            new ReadOnlyObjectWrapper<>(this, "chosen", Chosen.NOTHING);

    /** Where a range begins. */
    private @Nullable IssueId anchor;

    ReadOnlyObjectProperty<Chosen> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    Set<IssueId> issues() {
        return chosen.get().issues();
    }

    Optional<IssueId> cursor() {
        return chosen.get().cursor();
    }

    boolean contains(IssueId id) {
        return issues().contains(id);
    }

    /** Chooses one and no other. */
    void only(IssueId id) {
        anchor = id;
        chosen.set(new Chosen(Set.of(id), Optional.of(id)));
    }

    /** Chooses one more, or one less. */
    void toggle(IssueId id) {
        Set<IssueId> next = new LinkedHashSet<>(issues());
        if (!next.remove(id)) {
            next.add(id);
        }
        anchor = id;
        chosen.set(new Chosen(next, Optional.of(id)));
    }

    /** Chooses all from where the last choice was made up to {@code id}, as they are shown. */
    void extendTo(IssueId id, List<IssueId> shown) {
        int from = anchor == null ? -1 : shown.indexOf(anchor);
        int to = shown.indexOf(id);
        if (from < 0 || to < 0) {
            only(id);
            return;
        }
        List<IssueId> range =
                new ArrayList<>(shown.subList(Math.min(from, to), Math.max(from, to) + 1));
        chosen.set(new Chosen(new LinkedHashSet<>(range), Optional.of(id)));
    }

    /** Chooses all of these. */
    void all(List<IssueId> shown) {
        Optional<IssueId> cursor =
                cursor().filter(shown::contains).or(() -> shown.stream().findFirst());
        chosen.set(new Chosen(new LinkedHashSet<>(shown), cursor));
    }

    /** Chooses nothing; keys go on from where they were. */
    void clear() {
        chosen.set(new Chosen(Set.of(), cursor()));
    }

    /** Lets go of those that are not among these any more. */
    void retain(Collection<IssueId> defined) {
        if (!defined.containsAll(issues())
                || cursor().filter(id -> !defined.contains(id)).isPresent()) {
            Set<IssueId> next = new LinkedHashSet<>(issues());
            next.retainAll(defined);
            chosen.set(new Chosen(next, cursor().filter(defined::contains)));
        }
    }
}
