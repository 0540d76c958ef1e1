package orchestrator.ui.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.Observable;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;
import orchestrator.ui.fx.Memory;

/**
 * Remembers which columns a table shows, in which order, how wide, and by what it is sorted. What
 * it cannot read it leaves as it was: the columns may be those of another version.
 */
final class ColumnMemory<R> {
    private static final String COLUMNS = "workers.table.columns";
    private static final String SORTING = "workers.table.sort";
    private final Memory memory;
    private final TableView<R> table;
    private final TableColumn<R, ?> filling;
    private final List<TableColumn<R, ?>> original;
    private final List<Double> widths;
    private boolean restoring;

    /**
     * Restores what is known, then remembers each change.
     *
     * @param filling the column whose width is not the user's
     */
    ColumnMemory(Memory memory, TableView<R> table, TableColumn<R, ?> filling) {
        this.memory = memory;
        this.table = table;
        this.filling = filling;
        original = List.copyOf(table.getColumns());
        widths = original.stream().map(TableColumn::getPrefWidth).toList();
        restoring = true;
        restore();
        restoring = false;
        table.getColumns().addListener((Observable _) -> save());
        table.getSortOrder().addListener((Observable _) -> save());
        for (TableColumn<R, ?> column : original) {
            column.widthProperty().subscribe((_, _) -> save());
            column.visibleProperty().subscribe((_, _) -> save());
            column.sortTypeProperty().subscribe((_, _) -> save());
        }
    }

    /** The columns as the program has them. */
    void reset() {
        restoring = true;
        table.getSortOrder().clear();
        table.getColumns().setAll(original);
        for (int i = 0; i < original.size(); i++) {
            original.get(i).setVisible(true);
            original.get(i).setPrefWidth(widths.get(i));
        }
        restoring = false;
        memory.put(COLUMNS, "");
        memory.put(SORTING, "");
    }

    private void save() {
        if (restoring) {
            return;
        }
        memory.put(
                COLUMNS,
                table.getColumns().stream()
                        .map(column ->
                                "%s:%d:%s"
                                        .formatted(
                                                column.getId(),
                                                Math.round(column.getWidth()),
                                                column.isVisible() ? "shown" : "hidden"))
                        .collect(Collectors.joining(",")));
        memory.put(
                SORTING,
                table.getSortOrder().stream()
                        .map(column -> column.getId() + ":" + column.getSortType())
                        .collect(Collectors.joining(",")));
    }

    private void restore() {
        List<TableColumn<R, ?>> order = new ArrayList<>();
        for (String known : memory.get(COLUMNS).orElse("").split(",", -1)) {
            String[] parts = known.split(":", -1);
            find(parts[0])
                    .filter(column -> parts.length == 3 && !order.contains(column))
                    .ifPresent(column -> {
                        order.add(column);
                        column.setVisible(!parts[2].equals("hidden"));
                        if (!column.equals(filling) && parts[1].matches("\\d{2,4}")) {
                            column.setPrefWidth(Integer.parseInt(parts[1]));
                        }
                    });
        }
        if (!order.isEmpty()) {
            original.stream().filter(column -> !order.contains(column)).forEach(order::add);
            table.getColumns().setAll(order);
        }
        List<TableColumn<R, ?>> sorting = new ArrayList<>();
        for (String known : memory.get(SORTING).orElse("").split(",", -1)) {
            String[] parts = known.split(":", -1);
            find(parts[0])
                    .filter(_ -> parts.length == 2)
                    .ifPresent(column -> {
                        boolean down =
                                parts[1].toUpperCase(Locale.ROOT)
                                        .equals(SortType.DESCENDING.name());
                        column.setSortType(down ? SortType.DESCENDING : SortType.ASCENDING);
                        sorting.add(column);
                    });
        }
        table.getSortOrder().setAll(sorting);
    }

    private Optional<TableColumn<R, ?>> find(String id) {
        return original.stream().filter(column -> id.equals(column.getId())).findFirst();
    }
}
