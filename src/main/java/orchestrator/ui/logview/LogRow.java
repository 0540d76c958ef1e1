package orchestrator.ui.logview;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.text.HitInfo;
import javafx.scene.text.Text;
import orchestrator.log.LogKind;
import orchestrator.log.LogQuery;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.logview.LogDocument.Row;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The nodes of one row on the screen, used again for whatever row comes to stand there. The area
 * places them; nothing here asks for a layout.
 */
final class LogRow {
    static final double ABOVE = 2;
    private static final double MARK = 16;
    private static final double GAP = 8;
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final PseudoClass TOOL = PseudoClass.getPseudoClass("tool");
    private static final PseudoClass OURS = PseudoClass.getPseudoClass("ours");
    final Region back = new Region();
    final Path hits = new Path();
    final Path selected = new Path();
    final Text text = text("log-text");
    final Text number = text("log-number");
    final Text time = text("log-time");
    final FontIcon mark = Nodes.icon(Feather.CIRCLE, "log-mark");
    final Group line = new Group(hits, selected, text);
    private @Nullable Row shown;
    private double wrapped = -1;
    long ordinal = -1;
    double y;
    double height;

    LogRow() {
        back.getStyleClass().add("log-row");
        hits.getStyleClass().add("log-hit");
        selected.getStyleClass().add("log-selected");
        for (Node node : List.of(back, line, number, time, mark)) {
            node.setManaged(false);
        }
        line.setAutoSizeChildren(false);
        text.setManaged(false);
        hits.setManaged(false);
        selected.setManaged(false);
    }

    private static Text text(String style) {
        Text text = new Text();
        text.getStyleClass().add(style);
        text.setTextOrigin(VPos.TOP);
        text.setManaged(false);
        return text;
    }

    /** Shows a row; {@code width} 0: its line is not wrapped. */
    void show(Row row, String words, double width) {
        boolean rewrap = wrapped != width;
        if (row.equals(shown) && !rewrap && words.equals(text.getText())) {
            return;
        }
        shown = row;
        wrapped = width;
        text.setWrappingWidth(width);
        text.setText(words);
        number.setText(
                row.line().number() < 0
                        ? ""
                        : String.format(Locale.ROOT, "%d", row.line().number() + 1));
        hits.getElements().clear();
        for (LogQuery.Span span : row.spans()) {
            hits.getElements().addAll(text.rangeShape(span.from(), span.to()));
        }
        boolean error = row.mark() == LogKind.Mark.ERROR;
        boolean tool = row.mark() == LogKind.Mark.TOOL;
        mark.setVisible(error || tool);
        mark.setIconCode(error ? Feather.X_CIRCLE : Feather.TOOL);
        mark.pseudoClassStateChanged(ERROR, error);
        text.pseudoClassStateChanged(ERROR, error);
        text.pseudoClassStateChanged(TOOL, tool);
        text.pseudoClassStateChanged(OURS, LogKind.isOurs(words));
    }

    /**
     * Places what stands before the line: time, number and mark, from right to left.
     *
     * @param clock when it came; empty: times are not shown
     */
    void gutter(
            double width,
            double charWidth,
            double rowHeight,
            boolean numbered,
            Optional<String> clock) {
        double right = width - MARK - 2 * GAP;
        time.setVisible(clock.isPresent());
        if (clock.isPresent()) {
            time.setText(clock.get());
            time.relocate(right - 8 * charWidth, y + ABOVE);
            right -= 8 * charWidth + GAP;
        }
        number.setVisible(numbered);
        number.relocate(Math.rint(right - number.getLayoutBounds().getWidth()), y + ABOVE);
        double size = mark.getLayoutBounds().getHeight();
        mark.setTextOrigin(VPos.TOP);
        mark.relocate(width - GAP - MARK + 2, Math.rint(y + (rowHeight - size) / 2));
    }

    /** Whether it is the row that was gone to. */
    void current(boolean current) {
        back.pseudoClassStateChanged(CURRENT, current);
    }

    /** Shows what is selected of it; {@code from} below 0: nothing. */
    void select(int from, int to, double endWidth) {
        if (from < 0) {
            if (!selected.getElements().isEmpty()) {
                selected.getElements().clear();
            }
            return;
        }
        int length = text.getText().length();
        selected.getElements()
                .setAll(text.rangeShape(Math.min(from, length), Math.min(to, length)));
        if (to == LogSelection.END) {
            // The selected line end, so that an empty line is seen to be selected too.
            double x = length == 0 ? 0 : text.getLayoutBounds().getMaxX();
            double bottom = text.getLayoutBounds().getMaxY();
            double top = bottom - height + 2 * ABOVE;
            selected.getElements()
                    .addAll(
                            new MoveTo(x, wrapped > 0 && length > 0 ? bottom : top),
                            new LineTo(x + endWidth, wrapped > 0 && length > 0 ? bottom : top),
                            new LineTo(x + endWidth, bottom),
                            new LineTo(x, bottom),
                            new ClosePath());
        }
    }

    /** The column at a place of the row. */
    int columnAt(double x, double y) {
        HitInfo hit = text.hitTest(new Point2D(x, y - ABOVE));
        return Math.max(0, Math.min(text.getText().length(), hit.getInsertionIndex()));
    }

    /** What is shown is drawn anew, even where it is the same. */
    void forget() {
        shown = null;
    }

    void visible(boolean visible) {
        back.setVisible(visible);
        line.setVisible(visible);
        number.setVisible(visible);
        time.setVisible(visible);
        if (!visible) {
            ordinal = -1;
            mark.setVisible(false);
            shown = null;
        }
    }
}
