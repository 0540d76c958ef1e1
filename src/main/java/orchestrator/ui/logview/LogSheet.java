package orchestrator.ui.logview;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import orchestrator.log.LogLine;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.logview.LogDocument.Page;
import orchestrator.ui.logview.LogDocument.Row;
import orchestrator.ui.logview.LogSelection.Place;

/**
 * The rows that are seen, drawn: their lines, and before them the gutter with numbers, times and
 * marks. Where they begin is said by the area, in whose layout it all happens.
 */
final class LogSheet {
    private static final double PAD = 8;
    private final Texts texts;
    private final ZoneId zone;
    private final LogSelection selection;
    private final ObservableBooleanValue wrap;
    private final ObservableBooleanValue times;
    private final Pane lines = new Pane();
    private final Pane gutter = new Pane();
    private final Rectangle clip = new Rectangle();
    private final Rectangle gutterClip = new Rectangle();
    private final Text measure = new Text();
    private final List<LogRow> rows = new ArrayList<>();
    private double gutterWidth;
    private double widest;

    LogSheet(
            Texts texts,
            ZoneId zone,
            String id,
            LogSelection selection,
            ObservableBooleanValue wrap,
            ObservableBooleanValue times) {
        this.texts = texts;
        this.zone = zone;
        this.selection = selection;
        this.wrap = wrap;
        this.times = times;
        lines.getStyleClass().add("log-rows");
        lines.setId(id);
        gutter.getStyleClass().add("log-gutter");
        lines.setClip(clip);
        gutter.setClip(gutterClip);
        measure.getStyleClass().add("log-text");
        measure.setTextOrigin(VPos.TOP);
        measure.setVisible(false);
    }

    List<Node> nodes() {
        return List.of(lines, gutter, measure);
    }

    // ── Sizes ───────────────────────────────────────────────────────────────────────────────

    /** Changes when the text becomes larger or smaller. */
    ReadOnlyObjectProperty<Font> font() {
        return measure.fontProperty();
    }

    private double textHeight() {
        measure.setWrappingWidth(0);
        measure.setText("X");
        return Math.ceil(measure.getLayoutBounds().getHeight());
    }

    /** Of a row that is not wrapped. */
    double rowHeight() {
        return textHeight() + 2 * LogRow.ABOVE;
    }

    double charWidth() {
        measure.setWrappingWidth(0);
        measure.setText("0000000000");
        return measure.getLayoutBounds().getWidth() / 10;
    }

    private double heightOf(double text) {
        return (wrap.get() ? Math.max(textHeight(), Math.ceil(text)) : textHeight())
                + 2 * LogRow.ABOVE;
    }

    /** How high a row is or would be. */
    double height(Page page, long at) {
        if (!wrap.get()) {
            return rowHeight();
        }
        return page.row(at)
                .map(row -> {
                    measure.setWrappingWidth(wrapWidth());
                    measure.setText(words(row.line()));
                    return heightOf(measure.getLayoutBounds().getHeight());
                })
                .orElse(rowHeight());
    }

    private double wrapWidth() {
        return wrap.get() ? Math.max(80, room()) : 0;
    }

    /** How much of a line can be seen, in pixels. */
    double room() {
        return lines.getWidth() - 2 * PAD;
    }

    /** The widest line that was drawn since {@link #forget}. */
    double widest() {
        return widest;
    }

    double gutterWidth() {
        return gutterWidth;
    }

    double lineWidth() {
        return lines.getWidth();
    }

    private String words(LogLine line) {
        return line.cut() ? line.text() + texts.get("log.cut", line.bytes()) : line.text();
    }

    /** Takes its place, with a gutter wide enough for the number of the last row. */
    void frame(double width, double height, long count) {
        double digits = Long.toString(Math.max(99, count)).length() * charWidth();
        double clock = times.get() ? 8 * charWidth() + PAD : 0;
        gutterWidth = Math.ceil(PAD + digits + PAD + clock + 16 + PAD);
        gutter.resizeRelocate(0, 0, gutterWidth, height);
        gutterClip.setWidth(gutterWidth);
        gutterClip.setHeight(height);
        double left = Math.max(1, width - gutterWidth);
        lines.resizeRelocate(gutterWidth, 0, left, height);
        clip.setWidth(left);
        clip.setHeight(height);
    }

    // ── Rows ────────────────────────────────────────────────────────────────────────────────

    /** What is drawn from now on is other text, or the same of another size. */
    void forget() {
        rows.forEach(LogRow::forget);
        widest = 0;
    }

    /**
     * Draws the rows from one on, as many as fit.
     *
     * @param shift how many pixels of the first are above the upper edge
     * @param left how many pixels of the lines are to the left of what is seen
     * @param current the row that was gone to
     * @return how many were drawn
     */
    int fill(Page page, long top, double shift, double left, long current) {
        double y = -shift;
        int used = 0;
        for (long at = top; y < lines.getHeight(); at++) {
            Optional<Row> row = page.row(at);
            if (row.isEmpty()) {
                break;
            }
            LogRow node = node(used);
            draw(node, at, row.get(), y, page.numbered());
            node.current(at == current);
            node.line.setLayoutX(PAD - left);
            y += node.height;
            used++;
        }
        return used;
    }

    private LogRow node(int index) {
        if (index == rows.size()) {
            LogRow made = new LogRow();
            rows.add(made);
            lines.getChildren().addAll(made.back, made.line);
            gutter.getChildren().addAll(made.number, made.time, made.mark);
            made.line.applyCss();
            made.number.applyCss();
            made.time.applyCss();
        }
        return rows.get(index);
    }

    private void draw(LogRow node, long at, Row row, double y, boolean numbered) {
        node.visible(true);
        node.show(row, words(row.line()), wrapWidth());
        node.ordinal = at;
        node.y = y;
        node.height = heightOf(node.text.getLayoutBounds().getHeight());
        node.select(selection.first(at), selection.last(at), charWidth());
        node.back.resizeRelocate(0, y, lines.getWidth(), node.height);
        widest = Math.max(widest, node.text.getLayoutBounds().getWidth());
        node.line.relocate(0, 0);
        node.line.setLayoutY(y + LogRow.ABOVE);
        Optional<String> clock =
                times.get()
                        ? Optional.of(row.at().map(it -> Format.clockSeconds(it, zone)).orElse(""))
                        : Optional.empty();
        node.gutter(gutterWidth, charWidth(), rowHeight(), numbered, clock);
    }

    /** Hides what was drawn behind the first {@code used}. */
    void hideBehind(int used) {
        rows.subList(used, rows.size()).forEach(row -> row.visible(false));
    }

    /** The row drawn as the {@code index}-th. */
    LogRow drawn(int index) {
        return rows.get(index);
    }

    long count() {
        return rows.stream().filter(row -> row.ordinal >= 0).count();
    }

    OptionalLong first() {
        return rows.stream().mapToLong(row -> row.ordinal).filter(it -> it >= 0).findFirst();
    }

    /** Whether that row is seen, and is so. */
    boolean shows(long ordinal, Predicate<LogRow> how) {
        return ordinal >= 0 && rows.stream().filter(row -> row.ordinal == ordinal).anyMatch(how);
    }

    /** The place under the mouse; outside: the nearest. */
    Optional<Place> placeAt(double x, double y) {
        LogRow nearest = null;
        for (LogRow row : rows) {
            if (row.ordinal >= 0 && (nearest == null || row.y <= y)) {
                nearest = row;
            }
        }
        if (nearest == null) {
            return Optional.empty();
        }
        double within = Math.max(0, Math.min(nearest.height - 1, y - nearest.y));
        int column = nearest.columnAt(x - gutterWidth - nearest.line.getLayoutX(), within);
        return Optional.of(new Place(nearest.ordinal, column));
    }
}
