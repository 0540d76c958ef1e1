package orchestrator.ui.board;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.rules.Move;

/**
 * The columns with their cards, grouped and filtered as the user likes. Columns and cards are
 * stable: what has not changed is told to nobody.
 */
final class BoardModel {
    /** The order in which issues are handed out. */
    private static final Comparator<IssueView> ORDER =
            Comparator.comparingInt(IssueView::wave)
                    .thenComparingInt(IssueView::priority)
                    .thenComparing(IssueView::id);

    private final Map<IssueId, CardModel> cards = new HashMap<>();
    private final ObservableList<ColumnModel> columns = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper(this, "loaded");
    private final ObjectProperty<Grouping> grouping =
            new SimpleObjectProperty<>(this, "grouping", Grouping.WAVE);
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final Selection selection = new Selection();
    private final Wishes wishes = new Wishes();
    private List<IssueView> told = List.of();
    private List<IssueView> issues = List.of();

    BoardModel() {
        grouping.subscribe((_, _) -> arrange());
        filter.subscribe((_, _) -> arrange());
    }

    /** Takes a snapshot: cards of known issues change in place. */
    void update(RunSnapshot snapshot) {
        told = snapshot.issues();
        Set<IssueId> defined = told.stream().map(IssueView::id).collect(Collectors.toSet());
        cards.keySet().retainAll(defined);
        selection.retain(defined);
        wishes.seen(told);
        place();
        loaded.set(true);
    }

    /** Shows what was told, with the moves that were made since. */
    private void place() {
        issues = wishes.over(told).stream().sorted(ORDER).toList();
        issues.forEach(issue ->
                cards.computeIfAbsent(issue.id(), _ -> new CardModel(issue)).update(issue));
        arrange();
    }

    /**
     * A move is being made: its cards stand where they are to be from now on, until a snapshot says
     * the same, or the move is {@link #giveUp given up}.
     */
    Wishes.Wish wish(Move move) {
        Wishes.Wish wish = wishes.add(move, issues);
        place();
        return wish;
    }

    /** The move was made: that is to be seen in a snapshot soon. */
    void made(Wishes.Wish wish, Instant now) {
        wishes.made(wish, now);
        wishes.seen(told);
    }

    /** The move was not made, or is taken back: its cards go back to where they are. */
    void giveUp(Wishes.Wish wish) {
        wishes.remove(wish);
        place();
    }

    /** All moves that were made are shown no more before they are told: one is taken back. */
    void forgetMade() {
        if (wishes.forgetMade()) {
            place();
        }
    }

    /** What should have been told by now is not going to be: the board says what is told. */
    void tick(Instant now) {
        if (wishes.forgetOld(now)) {
            place();
        }
    }

    private void arrange() {
        Map<Grouping.Key, List<IssueView>> groups =
                issues.stream()
                        .collect(
                                Collectors.groupingBy(
                                        grouping.get()::keyOf, TreeMap::new, Collectors.toList()));
        String[] words = filter.get().strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        List<ColumnModel> wanted = groups.keySet().stream().map(this::column).toList();
        for (ColumnModel column : wanted) {
            List<IssueView> group = groups.getOrDefault(column.key(), List.of());
            column.update(
                    group.stream()
                            .filter(issue -> matches(issue, words))
                            .flatMap(issue -> Optional.ofNullable(cards.get(issue.id())).stream())
                            .toList(),
                    group);
        }
        if (!columns.equals(wanted)) {
            columns.setAll(wanted);
        }
    }

    /** Every word stands in its name, title, stage or branch, in any case. */
    private static boolean matches(IssueView issue, String[] words) {
        String text =
                String.join(
                                "\n",
                                issue.id().toString(),
                                issue.title(),
                                issue.stage(),
                                issue.branch(),
                                issue.status().word())
                        .toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private ColumnModel column(Grouping.Key key) {
        return columns.stream()
                .filter(column -> column.grouping() == grouping.get() && column.key().equals(key))
                .findFirst()
                .orElseGet(() -> new ColumnModel(grouping.get(), key));
    }

    ObservableList<ColumnModel> columns() {
        return columns;
    }

    /** All cards that are shown, column by column. */
    List<IssueId> shown() {
        List<IssueId> shown = new ArrayList<>();
        columns.forEach(column -> column.cards().forEach(card -> shown.add(card.id())));
        return shown;
    }

    Optional<CardModel> card(IssueId id) {
        return Optional.ofNullable(cards.get(id));
    }

    /** The column that shows the card, unless the filter hides it. */
    Optional<ColumnModel> columnOf(IssueId id) {
        return card(id).flatMap(card ->
                columns.stream().filter(column -> column.cards().contains(card)).findFirst());
    }

    /** The highest number of a wave; 0 without issues. */
    int lastWave() {
        return issues.stream().mapToInt(IssueView::wave).max().orElse(0);
    }

    Selection selection() {
        return selection;
    }

    ObjectProperty<Grouping> groupingProperty() {
        return grouping;
    }

    /** Words that must all stand in what is shown; empty: all is shown. */
    StringProperty filterProperty() {
        return filter;
    }

    /** Whether a snapshot was seen. */
    ReadOnlyBooleanProperty loadedProperty() {
        return loaded.getReadOnlyProperty();
    }
}
