package orchestrator.ui.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.rules.Outlook;
import orchestrator.ui.fx.Background;
import org.jspecify.annotations.Nullable;

/** The graph, its layout, the critical path, and the issue that keys are at. FX thread only. */
final class PlanModel {
    private final Background background;
    private final Map<IssueId, ObjectProperty<IssueView>> issues = new LinkedHashMap<>();
    private final ReadOnlyObjectWrapper<Optional<GraphLayout>> layout =
            new ReadOnlyObjectWrapper<>(this, "layout", Optional.empty());
    private final ReadOnlyObjectWrapper<List<IssueId>> critical =
            new ReadOnlyObjectWrapper<>(this, "critical", List.of());
    private final ObjectProperty<Optional<IssueId>> cursor =
            new SimpleObjectProperty<>(this, "cursor", Optional.empty());
    private @Nullable Graph laidOut;
    private Graph newest = new Graph(List.of());
    private boolean asking;

    PlanModel(Background background) {
        this.background = background;
    }

    /** Takes a snapshot; the layout follows when the graph itself has changed. */
    void update(RunSnapshot snapshot) {
        Set<IssueId> defined = new HashSet<>();
        for (IssueView issue : snapshot.issues()) {
            defined.add(issue.id());
            issues.computeIfAbsent(issue.id(), _ -> new SimpleObjectProperty<>(issue)).set(issue);
        }
        issues.keySet().retainAll(defined);
        if (cursor.get().filter(id -> !defined.contains(id)).isPresent()) {
            cursor.set(Optional.empty());
        }
        newest = Graph.of(snapshot.issues());
        layOut();
    }

    /** One at a time; what came meanwhile is laid out next. */
    private void layOut() {
        Graph graph = newest;
        if (asking || graph.equals(laidOut)) {
            return;
        }
        asking = true;
        background.run(
                "layout of the plan",
                () -> GraphLayout.of(graph),
                made -> {
                    asking = false;
                    laidOut = graph;
                    layout.set(Optional.of(made));
                    layOut();
                },
                _ -> asking = false);
    }

    /** The critical path is what the outlook says. */
    void show(Optional<Outlook> outlook) {
        critical.set(outlook.map(Outlook::criticalPath).orElse(List.of()));
    }

    /** An issue that the layout has a place for, if it is still defined. */
    Optional<ReadOnlyObjectProperty<IssueView>> issue(IssueId id) {
        return Optional.ofNullable(issues.get(id));
    }

    /** Empty until the first graph was laid out. */
    ReadOnlyObjectProperty<Optional<GraphLayout>> layoutProperty() {
        return layout.getReadOnlyProperty();
    }

    /** First to last. */
    ReadOnlyObjectProperty<List<IssueId>> criticalProperty() {
        return critical.getReadOnlyProperty();
    }

    /** The issue that keys are at. */
    ObjectProperty<Optional<IssueId>> cursorProperty() {
        return cursor;
    }

    /** Which way an arrow key goes. */
    enum Step {
        LEFT,
        RIGHT,
        UP,
        DOWN
    }

    /**
     * Goes to a neighbour: up and down within the column, left and right to the nearest of the next
     * columns, along a line where there is one.
     */
    void go(Step step) {
        Optional<GraphLayout> known = layout.get();
        if (known.isEmpty() || known.get().places().isEmpty()) {
            return;
        }
        GraphLayout now = known.get();
        Optional<GraphLayout.Place> at = cursor.get().flatMap(now::place);
        if (at.isEmpty()) {
            cursor.set(nearest(now, 0, 0));
            return;
        }
        GraphLayout.Place from = at.get();
        Optional<IssueId> to =
                switch (step) {
                    case UP -> at(now, from.column(), from.row() - 1);
                    case DOWN -> at(now, from.column(), from.row() + 1);
                    case LEFT ->
                            along(now, cursor.get(), false)
                                    .or(() -> nearest(now, from.column() - 1, from.y()));
                    case RIGHT ->
                            along(now, cursor.get(), true)
                                    .or(() -> nearest(now, from.column() + 1, from.y()));
                };
        to.ifPresent(id -> cursor.set(Optional.of(id)));
    }

    private static Optional<IssueId> at(GraphLayout layout, int column, int row) {
        return layout.places().entrySet().stream()
                .filter(it -> it.getValue().column() == column && it.getValue().row() == row)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Optional<IssueId> along(
            GraphLayout layout, Optional<IssueId> from, boolean onwards) {
        Map<IssueId, Double> heights = new HashMap<>();
        for (GraphLayout.Edge edge : layout.edges()) {
            Optional<IssueId> start = Optional.of(onwards ? edge.from() : edge.to());
            if (start.equals(from)) {
                IssueId end = onwards ? edge.to() : edge.from();
                layout.place(end).ifPresent(place -> heights.put(end, place.y()));
            }
        }
        return heights.entrySet().stream()
                .min(
                        Map.Entry.<IssueId, Double>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    private static Optional<IssueId> nearest(GraphLayout layout, int column, double y) {
        return layout.places().entrySet().stream()
                .filter(it -> it.getValue().column() == column)
                .min(java.util.Comparator.comparingDouble(it -> Math.abs(it.getValue().y() - y)))
                .map(Map.Entry::getKey);
    }
}
