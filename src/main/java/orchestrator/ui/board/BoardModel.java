package orchestrator.ui.board;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;

/** The waves, lowest first, with their cards. */
public final class BoardModel {
    private static final Comparator<IssueView> IN_WAVE =
            Comparator.comparingInt(IssueView::priority).thenComparing(IssueView::id);
    private final Map<IssueId, CardModel> cards = new HashMap<>();
    private final ObservableList<WaveModel> waves = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper(this, "loaded");

    /** Takes a snapshot: cards of known issues change in place. */
    public void update(RunSnapshot snapshot) {
        Map<Integer, List<IssueView>> byWave =
                snapshot.issues().stream()
                        .sorted(IN_WAVE)
                        .collect(
                                Collectors.groupingBy(
                                        IssueView::wave, TreeMap::new, Collectors.toList()));
        cards.keySet()
                .retainAll(
                        snapshot.issues().stream().map(IssueView::id).collect(Collectors.toSet()));
        List<WaveModel> wanted = byWave.keySet().stream().map(this::wave).toList();
        wanted.forEach(wave -> fill(wave, byWave.getOrDefault(wave.number(), List.of())));
        if (!waves.equals(wanted)) {
            waves.setAll(wanted);
        }
        loaded.set(true);
    }

    private void fill(WaveModel wave, List<IssueView> issues) {
        wave.update(issues.stream().map(this::card).toList(), issues);
    }

    private CardModel card(IssueView issue) {
        CardModel card = cards.computeIfAbsent(issue.id(), _ -> new CardModel(issue));
        card.update(issue);
        return card;
    }

    private WaveModel wave(int number) {
        return waves.stream()
                .filter(wave -> wave.number() == number)
                .findFirst()
                .orElseGet(() -> new WaveModel(number));
    }

    ObservableList<WaveModel> waves() {
        return waves;
    }

    /** Whether a snapshot was seen. */
    ReadOnlyBooleanProperty loadedProperty() {
        return loaded.getReadOnlyProperty();
    }
}
