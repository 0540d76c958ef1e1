package orchestrator.ui.changes;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Orientation;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import orchestrator.ui.changes.Diff.Line;
import orchestrator.ui.changes.Diff.Row;
import orchestrator.ui.fx.Clipboards;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;

/**
 * A difference, unified or side by side. Only the rows in sight have nodes; all of them move
 * sideways together by one scroll bar.
 */
final class DiffView extends VBox {
    static final double ROW = 20;
    private static final KeyCombination COPY = KeyCombination.keyCombination("Shortcut+C");
    private static final double STEP = 40;
    private static final int MEASURED = 100;
    private final ListView<Row> list = new ListView<>();
    private final ScrollBar bar = new ScrollBar();
    private final Text measure = new Text("0".repeat(MEASURED));
    private final BooleanProperty sideBySide = new SimpleBooleanProperty(this, "sideBySide");
    private Diff diff = Diff.EMPTY;
    private int longest;

    DiffView(Texts texts) {
        getStyleClass().add("diff");
        list.setId("diff-lines");
        list.getStyleClass().addAll("diff-lines", "code");
        list.setFixedCellSize(ROW);
        list.setAccessibleText(texts.get("changes.difference"));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setCellFactory(_ -> new DiffCell(this, texts));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.addEventFilter(ScrollEvent.SCROLL, this::wheel);
        bar.setOrientation(Orientation.HORIZONTAL);
        bar.setId("diff-sideways");
        bar.setFocusTraversable(false);
        measure.getStyleClass().add("diff-measure");
        measure.setManaged(false);
        measure.setOpacity(0);
        measure.setMouseTransparent(true);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(list, bar, measure);
        sideBySide.subscribe((_, _) -> fill());
        bar.visibleProperty().bind(bar.managedProperty());
        bar.setManaged(false);
    }

    /** What gets the focus. */
    ListView<Row> list() {
        return list;
    }

    BooleanProperty sideBySideProperty() {
        return sideBySide;
    }

    /** How far the lines are moved to the left, in pixels. */
    ScrollBar sideways() {
        return bar;
    }

    Diff diff() {
        return diff;
    }

    /** Shows a difference from its beginning. */
    void show(Diff next) {
        boolean another = !next.equals(diff);
        diff = next;
        longest =
                next.lines().stream()
                        .mapToInt(line -> Math.min(line.text().length(), Shown.LONGEST))
                        .max()
                        .orElse(0);
        if (another || list.getItems().isEmpty()) {
            fill();
        }
    }

    private void fill() {
        List<Row> rows = sideBySide.get() ? diff.sideBySide() : diff.unified();
        ObservableList<Row> items = FXCollections.observableArrayList(rows);
        list.setItems(items);
        list.scrollTo(0);
        bar.setValue(0);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double halves = sideBySide.get() ? 2 : 1;
        double room = getWidth() / halves - DiffCell.gutter(sideBySide.get());
        double wanted = longest * measure.getLayoutBounds().getWidth() / MEASURED + 2 * ROW;
        double over = Math.max(0, wanted - room);
        bar.setManaged(over > 0);
        bar.setMax(over);
        bar.setVisibleAmount(wanted > 0 ? over * Math.min(1, room / wanted) : 0);
        bar.setUnitIncrement(STEP);
        bar.setBlockIncrement(Math.max(STEP, room / 2));
        if (bar.getValue() > over) {
            bar.setValue(over);
        }
        super.layoutChildren();
    }

    private void key(KeyEvent event) {
        if (COPY.match(event)) {
            copy();
        } else if (event.isShortcutDown() || event.isAltDown()) {
            return;
        } else if (event.getCode() == KeyCode.F7) {
            jump(event.isShiftDown() ? -1 : 1);
        } else if (event.getCode() == KeyCode.N) {
            jump(1);
        } else if (event.getCode() == KeyCode.P) {
            jump(-1);
        } else if (event.getCode() == KeyCode.RIGHT) {
            move(STEP);
        } else if (event.getCode() == KeyCode.LEFT) {
            move(-STEP);
        } else {
            return;
        }
        event.consume();
    }

    private void wheel(ScrollEvent event) {
        double by =
                event.isShiftDown() && event.getDeltaX() == 0
                        ? event.getDeltaY()
                        : event.getDeltaX();
        if (by != 0 && bar.isManaged()) {
            move(-by);
            event.consume();
        }
    }

    private void move(double by) {
        bar.setValue(Math.clamp(bar.getValue() + by, 0, bar.getMax()));
    }

    /** Goes to the next (1) or the previous (-1) place where something changed. */
    void jump(int direction) {
        List<Row> rows = list.getItems();
        int at = list.getSelectionModel().getSelectedIndex();
        for (int i = at + direction; i >= 0 && i < rows.size(); i += direction) {
            boolean begins =
                    diff.isChange(rows.get(i)) && (i == 0 || !diff.isChange(rows.get(i - 1)));
            if (begins) {
                go(i);
                return;
            }
        }
    }

    /**
     * Goes to the next row that holds the text, from the top again after the last.
     *
     * @return whether there is one
     */
    boolean find(String text, int direction) {
        List<Row> rows = list.getItems();
        int size = rows.size();
        int at = list.getSelectionModel().getSelectedIndex();
        int from = at < 0 && direction < 0 ? size : at;
        for (int k = 1; k <= size && !text.isEmpty(); k++) {
            int i = Math.floorMod(from + k * direction, size);
            if (holds(rows.get(i), text)) {
                go(i);
                return true;
            }
        }
        return false;
    }

    private boolean holds(Row row, String text) {
        return holds(row.left(), text) || holds(row.right(), text);
    }

    private boolean holds(int index, String text) {
        if (index < 0) {
            return false;
        }
        String line = diff.lines().get(index).text();
        return line.regionMatches(true, 0, text, 0, text.length())
                || containsIgnoringCase(line, text);
    }

    private static boolean containsIgnoringCase(String line, String text) {
        for (int i = 1; i <= line.length() - text.length(); i++) {
            if (line.regionMatches(true, i, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }

    private void go(int index) {
        list.getSelectionModel().clearAndSelect(index);
        list.getFocusModel().focus(index);
        int inSight = (int) (list.getHeight() / ROW);
        list.scrollTo(Math.max(0, index - inSight / 3));
    }

    /** Copies the chosen rows, or all of them when none is chosen, as a patch has them. */
    void copy() {
        List<Row> chosen = List.copyOf(list.getSelectionModel().getSelectedItems());
        StringBuilder text = new StringBuilder();
        for (Row row : chosen.isEmpty() ? diff.unified() : chosen) {
            append(text, row.left());
            if (row.right() != row.left()) {
                append(text, row.right());
            }
        }
        Clipboards.copy(text.toString());
    }

    private void append(StringBuilder text, int index) {
        if (index >= 0) {
            Line line = diff.lines().get(index);
            text.append(DiffCell.plainSign(line.kind())).append(line.text()).append('\n');
        }
    }

    /** The line of that index, or null for none. */
    @Nullable Line line(int index) {
        return index < 0 ? null : diff.lines().get(index);
    }

    /** The line that stands in its place on the other side, or null. */
    @Nullable Line mateOf(int index) {
        return index < 0 ? null : line(diff.mates().get(index));
    }
}
