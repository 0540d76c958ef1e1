package orchestrator.ui.workers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import org.jspecify.annotations.Nullable;

/** The rows of the table, in the order of the workers' numbers, and which one is chosen. */
public final class WorkersModel {
    /** What there is to show. */
    public enum Content {
        /** Nothing was seen yet. */
        LOADING,
        /** There are no issues to work on. */
        NO_ISSUES,
        /** Nothing runs, and no worker holds anything. */
        NOT_LAUNCHED,
        /** Nothing runs, and nothing is left to run. */
        OVER,
        /** The table. */
        ROWS
    }

    private final ObservableList<WorkerRow> rows = FXCollections.observableArrayList();
    private final FilteredList<WorkerRow> shown = new FilteredList<>(rows);
    private WorkerFilter filter = WorkerFilter.ALL;
    private Function<WorkerRow, String> stateWord = _ -> "";
    private final ReadOnlyLongWrapper updates = new ReadOnlyLongWrapper(this, "updates");
    private final ObjectProperty<Content> content = new SimpleObjectProperty<>(Content.LOADING);
    private final ObjectProperty<@Nullable WorkerRow> selected = new SimpleObjectProperty<>();

    /** Takes a snapshot: rows of known workers change in place. */
    public void update(RunSnapshot snapshot, Instant now) {
        List<WorkerView> workers = snapshot.workers();
        rows.removeIf(row -> workers.stream().noneMatch(w -> w.worker() == row.number()));
        for (int i = 0; i < workers.size(); i++) {
            place(i, workers.get(i), now);
        }
        content.set(contentOf(snapshot));
        chooseOne();
        settleShown();
        updates.set(updates.get() + 1);
    }

    /**
     * Shows only some.
     *
     * @param word what a row's state is called
     */
    void filter(WorkerFilter next, Function<WorkerRow, String> word) {
        filter = next;
        stateWord = word;
        show();
    }

    private void show() {
        WorkerFilter now = filter;
        shown.setPredicate(row -> now.shows(row.view(), stateWord.apply(row)));
    }

    /** What rows say changes; only when one comes or goes by it are they looked through again. */
    private void settleShown() {
        if (filter.isOn()
                && rows.stream()
                        .anyMatch(row ->
                                filter.shows(row.view(), stateWord.apply(row))
                                        != shown.contains(row))) {
            show();
        }
    }

    /** The rows that are to be shown. */
    ObservableList<WorkerRow> shown() {
        return shown;
    }

    /** Counts the snapshots that were taken. */
    ReadOnlyLongProperty updatesProperty() {
        return updates.getReadOnlyProperty();
    }

    private void place(int index, WorkerView worker, Instant now) {
        if (index < rows.size() && rows.get(index).number() == worker.worker()) {
            rows.get(index).update(worker, now);
            return;
        }
        Optional<WorkerRow> known = row(worker.worker());
        known.ifPresent(rows::remove);
        WorkerRow row = known.orElseGet(() -> new WorkerRow(worker, now));
        row.update(worker, now);
        rows.add(Math.min(index, rows.size()), row);
    }

    /** Sets what changes by time alone. */
    public void tick(Instant now) {
        rows.forEach(row -> row.tick(now));
    }

    private static Content contentOf(RunSnapshot snapshot) {
        if (snapshot.issues().isEmpty() && snapshot.workers().stream().allMatch(w -> free(w))) {
            return Content.NO_ISSUES;
        }
        boolean stopped = snapshot.monitor().state() == MonitorState.STOPPED;
        boolean nothingHeld = snapshot.workers().stream().allMatch(w -> free(w));
        if (!snapshot.workers().isEmpty() && !(stopped && nothingHeld)) {
            return Content.ROWS;
        }
        return snapshot.isOver() ? Content.OVER : Content.NOT_LAUNCHED;
    }

    private static boolean free(WorkerView worker) {
        return worker.status() == WorkerStatus.IDLE && worker.issue().isEmpty();
    }

    private void chooseOne() {
        WorkerRow chosen = selected.get();
        if (chosen != null && !rows.contains(chosen)) {
            selected.set(null);
        }
        if (selected.get() == null) {
            rows.stream().filter(row -> !free(row.view())).findFirst().ifPresent(selected::set);
        }
    }

    /** Chooses a worker, if it is there. */
    public void select(int worker) {
        row(worker).ifPresent(selected::set);
    }

    /** The row of a worker. */
    public Optional<WorkerRow> row(int worker) {
        return rows.stream().filter(row -> row.number() == worker).findFirst();
    }

    /** The rows; their order is not for a view to change. */
    public ObservableList<WorkerRow> rows() {
        return rows;
    }

    /** What there is to show. */
    public ObjectProperty<Content> contentProperty() {
        return content;
    }

    /** The chosen row, or null. */
    public ObjectProperty<@Nullable WorkerRow> selectedProperty() {
        return selected;
    }
}
