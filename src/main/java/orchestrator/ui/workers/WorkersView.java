package orchestrator.ui.workers;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.collections.transformation.SortedList;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import orchestrator.ui.fx.Actions;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.EmptyState;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Parts;
import orchestrator.ui.fx.Span;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.workers.WorkersModel.Content;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The table of workers, or what to do while there are none. */
public final class WorkersView extends StackPane {
    private static final double ROW = 46;
    private static final double WORK = 300;
    private static final double WIDEST_WORK = 560;
    private static final double USUAL_WIDTH = 1440;
    private static final double SMALLEST_SAYING = 200;
    private static final String NONE = "–";
    private final WorkersModel model;
    private final Parts parts;
    private final Texts texts;
    private final Actions actions;
    private final WorkersBar bar;
    private final VBox rows = new VBox();
    private final TableView<WorkerRow> table = new TableView<>();
    private final SortedList<WorkerRow> sorted;
    private final TableColumn<WorkerRow, WorkerRow.Work> work;
    private final TableColumn<WorkerRow, WorkerRow.Saying> saying;
    private boolean choosing;
    private double workWidth = WORK;

    /** A table over the model's rows. */
    public WorkersView(WorkersModel model, Parts parts) {
        this.model = model;
        this.parts = parts;
        texts = parts.texts();
        actions = parts.actions();
        bar = new WorkersBar(texts);
        sorted = new SortedList<>(model.shown());
        getStyleClass().add("workers");
        work = column("work", "column.issue", WORK, row -> row.work, Cells::work);
        saying =
                column(
                        "saying",
                        "column.saying",
                        SMALLEST_SAYING,
                        row -> row.saying,
                        Cells::saying);
        buildTable();
        addColumns();
        ColumnMemory<WorkerRow> columns = new ColumnMemory<>(parts.memory(), table, saying);
        bar.offer(table.getColumns(), columns::reset);
        bar.filterProperty().subscribe(filter -> model.filter(filter, this::stateWord));
        bar.showCount(model.shown(), model.rows());
        bindSelection();
        VBox.setVgrow(table, Priority.ALWAYS);
        rows.getChildren().addAll(bar, table);
        getChildren().addAll(rows, loading(), noIssues(), notLaunched(), over());
        model.contentProperty().subscribe(this::showContent);
    }

    private void buildTable() {
        table.setId("workers-table");
        table.setAccessibleText(texts.get("view.workers"));
        table.setFixedCellSize(ROW);
        table.setRowFactory(_ -> row());
        table.setPlaceholder(noneMatches());
        table.setSortPolicy(_ -> {
            sorted.setComparator(table.getComparator());
            return true;
        });
        model.updatesProperty().subscribe((_, _) -> keepSorted());
        table.setItems(sorted);
        table.setContextMenu(
                new ContextMenu(
                        actions.menuItem("attach"),
                        actions.menuItem("log"),
                        actions.menuItem("changes"),
                        new SeparatorMenuItem(),
                        actions.menuItem("open-files"),
                        actions.menuItem("open-terminal"),
                        actions.menuItem("open-editor"),
                        new SeparatorMenuItem(),
                        actions.menuItem("pause-worker"),
                        actions.menuItem("continue-worker"),
                        actions.menuItem("restart"),
                        actions.menuItem("stop-worker"),
                        actions.menuItem("push"),
                        new SeparatorMenuItem(),
                        actions.menuItem("copy-branch"),
                        actions.menuItem("copy-worktree")));
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::enterAttaches);
    }

    /** A sorted list does not see values change in its rows. */
    private void keepSorted() {
        Comparator<WorkerRow> order = table.getComparator();
        if (order == null) {
            return;
        }
        for (int i = 1; i < sorted.size(); i++) {
            if (order.compare(sorted.get(i - 1), sorted.get(i)) > 0) {
                sorted.setComparator((one, other) -> order.compare(one, other));
                chosenInModel(model.selectedProperty().get());
                return;
            }
        }
    }

    private String stateWord(WorkerRow row) {
        return texts.get(WorkerLook.of(row.status.get()).word());
    }

    private Node noneMatches() {
        return new EmptyState(
                Feather.SEARCH,
                texts.get("filter.none"),
                texts.get("filter.none-do"),
                Dialog.button("workers-filter-clear", texts.get("filter.clear"), bar::clear));
    }

    private void addColumns() {
        table.getColumns().add(number());
        table.getColumns()
                .add(
                        column(
                                "state",
                                "column.state",
                                112,
                                row -> row.status,
                                () -> Cells.status(texts)));
        table.getColumns().add(work);
        table.getColumns()
                .add(
                        column(
                                "stage",
                                "column.stage",
                                180,
                                row -> row.stages,
                                () -> Cells.stages(texts)));
        table.getColumns()
                .add(figure("elapsed", "column.elapsed", 84, r -> r.elapsed, this::elapsed));
        table.getColumns()
                .add(
                        column(
                                "activity",
                                "column.activity",
                                148,
                                row -> row.pulse,
                                () -> Cells.activity(texts, parts.zone())));
        table.getColumns().add(figure("retries", "column.retries", 76, r -> r.retries, this::some));
        table.getColumns().add(figure("commits", "column.commits", 88, r -> r.commits, this::some));
        table.getColumns()
                .add(
                        figure(
                                "tokens",
                                "column.tokens",
                                80,
                                r -> r.tokens,
                                n -> n == 0 ? NONE : Format.count(n)));
        table.getColumns()
                .add(
                        figure(
                                "cost",
                                "column.cost",
                                76,
                                r -> r.cost,
                                n -> n == 0 ? NONE : Format.cost(n)));
        table.getColumns().add(saying);
        table.widthProperty().subscribe((_, _) -> widthChanged());
        table.getColumns()
                .forEach(column -> {
                    column.widthProperty().subscribe((_, _) -> fillWidth());
                    column.visibleProperty().subscribe((_, _) -> fillWidth());
                });
    }

    private TableColumn<WorkerRow, Integer> number() {
        TableColumn<WorkerRow, Integer> column = new TableColumn<>(texts.get("column.number"));
        column.setId("column-number");
        column.setPrefWidth(48);
        column.getStyleClass().add("figure");
        column.setCellValueFactory(
                features -> features.getValue().viewProperty().map(view -> view.worker()));
        column.setCellFactory(_ -> new Cells.OfText<>(String::valueOf, "figure"));
        return column;
    }

    private <T> TableColumn<WorkerRow, T> figure(
            String id,
            String title,
            double width,
            Function<WorkerRow, ObservableValue<T>> value,
            Function<T, String> format) {
        TableColumn<WorkerRow, T> column =
                column(id, title, width, value, () -> new Cells.OfText<>(format, "figure"));
        column.getStyleClass().add("figure");
        return column;
    }

    private <T> TableColumn<WorkerRow, T> column(
            String id,
            String title,
            double width,
            Function<WorkerRow, ObservableValue<T>> value,
            Supplier<TableCell<WorkerRow, T>> cell) {
        TableColumn<WorkerRow, T> column = new TableColumn<>(texts.get(title));
        column.setId("column-" + id);
        column.setMinWidth(48);
        column.setPrefWidth(width);
        column.setReorderable(true);
        column.setCellValueFactory(features -> value.apply(features.getValue()));
        column.setCellFactory(_ -> cell.get());
        return column;
    }

    /** A wide table gives titles more room, unless the user has set that column's width. */
    private void widthChanged() {
        if (Math.abs(work.getWidth() - workWidth) < 1) {
            double extra = Math.max(0, table.getWidth() - USUAL_WIDTH) * 0.25;
            workWidth = Math.min(WIDEST_WORK, WORK + extra);
            work.setPrefWidth(workWidth);
        }
        fillWidth();
    }

    /** What was said last takes the room that the other columns leave. */
    private void fillWidth() {
        double others =
                table.getColumns().stream()
                        .filter(column -> column.isVisible() && !column.equals(saying))
                        .mapToDouble(TableColumn::getWidth)
                        .sum();
        saying.setPrefWidth(Math.max(SMALLEST_SAYING, table.getWidth() - others - 14));
    }

    private TableRow<WorkerRow> row() {
        TableRow<WorkerRow> row = new TableRow<>();
        row.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY
                    && event.getClickCount() % 2 == 0
                    && !row.isEmpty()) {
                actions.get("attach").run();
            }
        });
        return row;
    }

    private void enterAttaches(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            actions.get("attach").run();
            event.consume();
        }
    }

    private void bindSelection() {
        var selection = table.getSelectionModel();
        selection.selectedItemProperty().subscribe(this::chosenInTable);
        model.selectedProperty().subscribe(this::chosenInModel);
    }

    private void chosenInTable(@Nullable WorkerRow row) {
        if (!choosing && row != null) {
            model.selectedProperty().set(row);
        }
    }

    private void chosenInModel(@Nullable WorkerRow row) {
        choosing = true;
        if (row == null) {
            table.getSelectionModel().clearSelection();
        } else if (table.getSelectionModel().getSelectedItem() != row) {
            table.getSelectionModel().select(row);
        }
        choosing = false;
    }

    private String elapsed(Span span) {
        return span.isPresent() ? Format.elapsed(span.seconds()) : NONE;
    }

    private String some(int number) {
        return number == 0 ? NONE : Integer.toString(number);
    }

    private Node loading() {
        return empty(
                Content.LOADING,
                new EmptyState(
                        Feather.LOADER, texts.get("empty.loading"), texts.get("empty.loading-do")));
    }

    private Node noIssues() {
        return empty(
                Content.NO_ISSUES,
                new EmptyState(
                        Feather.INBOX, texts.get("empty.issues"), texts.get("empty.issues-do")));
    }

    private Node notLaunched() {
        var launch = actions.button("launch");
        launch.setId("empty-launch");
        launch.getStyleClass().add("accent");
        return empty(
                Content.NOT_LAUNCHED,
                new EmptyState(
                        Feather.PLAY_CIRCLE,
                        texts.get("empty.workers"),
                        texts.get("empty.workers-do"),
                        launch));
    }

    private Node over() {
        return empty(
                Content.OVER,
                new EmptyState(
                        Feather.CHECK_CIRCLE, texts.get("empty.over"), texts.get("empty.over-do")));
    }

    private static Node empty(Content content, Node node) {
        node.setUserData(content);
        return node;
    }

    private void showContent(Content content) {
        for (Node child : getChildren()) {
            Nodes.shown(
                    child,
                    child.equals(rows) ? content == Content.ROWS : child.getUserData() == content);
        }
    }

    /** Gives the table the focus. */
    public void focus() {
        table.requestFocus();
    }
}
