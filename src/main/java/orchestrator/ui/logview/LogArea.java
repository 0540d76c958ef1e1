package orchestrator.ui.logview;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import orchestrator.log.LogKind;
import orchestrator.log.LogLine;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.logview.LogDocument.Page;
import orchestrator.ui.logview.LogDocument.Row;
import orchestrator.ui.logview.LogSelection.Place;

/**
 * Shows the rows of a log, of whatever length: nodes for as many as fit, and a scroll bar that
 * counts rows. Everything that changes ends in one layout, so it is drawn at most once a frame.
 * JavaFX's own virtual lists need longer the more rows there are.
 */
final class LogArea extends Region {
    private static final double BAR = 12;
    private static final double PAD = 8;

    /** How large the text is beside the window's, when it is as large as usual. */
    private static final double USUAL = 12.0 / Preferences.USUAL;

    private static final double LEAST_ZOOM = 0.6;
    private static final double MOST_ZOOM = 3;
    private static final int MARGIN = 60;
    private static final int NEAR = 20;
    private final LogDocument document;
    private final Texts texts;
    private final ZoneId zone;
    private final LogSelection selection = new LogSelection();
    private final Pane lines = new Pane();
    private final Pane gutter = new Pane();
    private final Rectangle clip = new Rectangle();
    private final Rectangle gutterClip = new Rectangle();
    private final LogOverview overview;
    private final LogBars bars = new LogBars(this::barMoved, this::requestLayout);
    private final Text measure = new Text();
    private final List<LogRow> rows = new ArrayList<>();
    private final BooleanProperty follow = new SimpleBooleanProperty(this, "follow", true);
    private final BooleanProperty wrap = new SimpleBooleanProperty(this, "wrap", true);
    private final BooleanProperty times = new SimpleBooleanProperty(this, "times", false);
    private final DoubleProperty zoom = new SimpleDoubleProperty(this, "zoom", 1);
    private final ReadOnlyLongWrapper unseen = new ReadOnlyLongWrapper();
    private long generation;
    private long top;
    private double shift;
    private double widest;
    private long current = -1;
    private boolean arriving;
    private long seen;
    private double gutterWidth;

    LogArea(LogDocument document, Texts texts, ZoneId zone, String id, LogOverview.Way way) {
        this.document = document;
        this.texts = texts;
        this.zone = zone;
        getStyleClass().addAll("log-area", "code");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleText(texts.get("log.title"));
        lines.getStyleClass().add("log-rows");
        lines.setId(id);
        bars.across().setId(id + "-across");
        gutter.getStyleClass().add("log-gutter");
        lines.setClip(clip);
        gutter.setClip(gutterClip);
        measure.getStyleClass().add("log-text");
        measure.setTextOrigin(VPos.TOP);
        measure.setVisible(false);
        overview = new LogOverview(texts, id + "-overview", way);
        getChildren().addAll(lines, gutter, overview, bars.down(), bars.across(), measure);
        for (Node child : getChildren()) {
            child.setManaged(false);
        }
        document.changesProperty().subscribe(() -> requestLayout());
        follow.subscribe(() -> requestLayout());
        wrap.subscribe(this::wrapped);
        times.subscribe(() -> requestLayout());
        zoom.subscribe(size ->
                setStyle(
                        String.format(
                                Locale.ROOT, "-fx-font-size: %.4fem", USUAL * size.doubleValue())));
        measure.fontProperty().subscribe((_, _) -> resized());
        new LogHands(this);
    }

    private void resized() {
        rows.forEach(LogRow::forget);
        widest = 0;
        requestLayout();
    }

    private void wrapped(boolean on) {
        widest = 0;
        bars.scrollAcross(-Double.MAX_VALUE);
        shift = 0;
        requestLayout();
    }

    // ── What is seen ────────────────────────────────────────────────────────────────────────

    @Override
    protected void layoutChildren() {
        if (getHeight() <= 0 || getWidth() <= 0) {
            return;
        }
        frame();
        startOver();
        Page page = document.page();
        ask(page);
        place(page);
        bars(page);
    }

    private void startOver() {
        if (generation != document.generation()) {
            generation = document.generation();
            selection.clear();
            current = -1;
            scrolledTo(0, 0);
            widest = 0;
            seen = 0;
        }
    }

    private double textHeight() {
        measure.setWrappingWidth(0);
        measure.setText("X");
        return Math.ceil(measure.getLayoutBounds().getHeight());
    }

    double rowHeight() {
        return textHeight() + 2 * LogRow.ABOVE;
    }

    private double charWidth() {
        measure.setWrappingWidth(0);
        measure.setText("0000000000");
        return measure.getLayoutBounds().getWidth() / 10;
    }

    private double viewHeight() {
        return Math.max(0, getHeight() - (wrap.get() ? 0 : BAR));
    }

    int fitting() {
        return Math.max(1, (int) (viewHeight() / rowHeight()));
    }

    /** Where everything stands but the rows. */
    private void frame() {
        long last = Math.max(99, count());
        double digits = Long.toString(last).length() * charWidth();
        double clock = times.get() ? 8 * charWidth() + PAD : 0;
        gutterWidth = Math.ceil(PAD + digits + PAD + clock + 16 + PAD);
        double height = viewHeight();
        gutter.resizeRelocate(0, 0, gutterWidth, height);
        gutterClip.setWidth(gutterWidth);
        gutterClip.setHeight(height);
        double width = Math.max(1, getWidth() - gutterWidth - LogOverview.WIDTH - BAR);
        lines.resizeRelocate(gutterWidth, 0, width, height);
        clip.setWidth(width);
        clip.setHeight(height);
        overview.resizeRelocate(
                getWidth() - BAR - LogOverview.WIDTH, 0, LogOverview.WIDTH, getHeight());
        bars.down().resizeRelocate(getWidth() - BAR, 0, BAR, getHeight());
        bars.across().setVisible(!wrap.get());
        bars.across().resizeRelocate(gutterWidth, height, width, BAR);
    }

    private double wrapWidth() {
        return wrap.get() ? Math.max(80, lines.getWidth() - 2 * PAD) : 0;
    }

    private void ask(Page page) {
        int fit = fitting() + 1;
        if (follow.get()) {
            document.wantEnd(fit + MARGIN);
            return;
        }
        top = Math.max(0, Math.min(top, page.count() - 1));
        if (!page.numbered() || !page.holds(Math.max(0, top - NEAR), top + fit + NEAR)) {
            document.want(Math.max(0, top - MARGIN), fit + 2 * MARGIN);
        }
    }

    private void place(Page page) {
        boolean there = page.row(top).isPresent() || page.count() == 0;
        if (!follow.get() && !there) {
            return; // what was shown stays for the moment until the rows are read
        }
        if (follow.get()) {
            toEnd(page);
        }
        int used = fill(page);
        arriving = false;
        if (!follow.get() && used > 0 && isShort(page, used)) {
            toEnd(page);
            used = fill(page);
        }
        for (int i = used; i < rows.size(); i++) {
            rows.get(i).visible(false);
        }
        if (follow.get()) {
            seen = count();
        }
        unseen.set(Math.max(0, count() - seen));
    }

    /** Whether the last row has left room below it while there are rows above. */
    private boolean isShort(Page page, int used) {
        LogRow last = rows.get(used - 1);
        return last.ordinal == page.first() + page.rows().size() - 1
                && last.ordinal == page.count() - 1
                && last.y + last.height < viewHeight()
                && (top > page.first() || shift > 0);
    }

    /** The rows from {@link #top} on, as many as fit; how many nodes that took. */
    private int fill(Page page) {
        double y = -shift;
        int used = 0;
        for (long at = top; y < viewHeight(); at++) {
            Optional<Row> row = page.row(at);
            if (row.isEmpty()) {
                break;
            }
            LogRow node = node(used);
            draw(node, at, row.get(), y, page.numbered());
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
        node.current(at == current);
        node.select(selection.first(at), selection.last(at), charWidth());
        node.back.resizeRelocate(0, y, lines.getWidth(), node.height);
        widest = Math.max(widest, node.text.getLayoutBounds().getWidth());
        node.line.relocate(0, 0);
        node.line.setLayoutX(PAD - (wrap.get() ? 0 : bars.left()));
        node.line.setLayoutY(y + LogRow.ABOVE);
        Optional<String> clock =
                times.get()
                        ? Optional.of(row.at().map(it -> Format.clockSeconds(it, zone)).orElse(""))
                        : Optional.empty();
        node.gutter(gutterWidth, charWidth(), rowHeight(), numbered, clock);
    }

    private double heightOf(double text) {
        return (wrap.get() ? Math.max(textHeight(), Math.ceil(text)) : textHeight())
                + 2 * LogRow.ABOVE;
    }

    private String words(LogLine line) {
        return line.cut() ? line.text() + texts.get("log.cut", line.bytes()) : line.text();
    }

    /** Sets the top so that the last row ends at the lower edge. */
    private void toEnd(Page page) {
        long last = page.first() + page.rows().size() - 1;
        double left = viewHeight();
        long at = last + 1;
        while (at > page.first() && left > 0) {
            at--;
            left -= measured(page, at);
        }
        top = Math.max(0, at);
        shift = Math.max(0, -left);
    }

    private double measured(Page page, long at) {
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

    private void bars(Page page) {
        long shown = rows.stream().filter(row -> row.ordinal >= 0).count();
        boolean all = page.count() <= shown && shift == 0 && top == 0;
        boolean longer = !all && page.numbered();
        overview.setVisible(longer);
        if (longer) {
            overview.show(document.overview(), page.count());
        }
        bars.down(
                longer,
                page.count(),
                Math.max(1, Math.min(fitting(), shown)),
                isAtEnd() ? Double.MAX_VALUE : top + shift / rowHeight());
        if (!wrap.get()) {
            bars.across(widest, lines.getWidth() - 2 * PAD, charWidth());
        }
    }

    // ── What is done with it ────────────────────────────────────────────────────────────────

    /** The user has moved the bar. */
    private void barMoved() {
        if (bars.isAtEnd()) {
            follow.set(true);
        } else {
            follow.set(false);
            long row = (long) bars.row();
            scrolledTo(row, (bars.row() - row) * rowHeight());
        }
        requestLayout();
    }

    private void scrolledTo(long row, double pixels) {
        top = row;
        shift = pixels;
        arriving = false;
    }

    /** Scrolls by pixels, down if positive; up ends following, and reaching the end begins it. */
    void scrollBy(double pixels) {
        if (pixels == 0 || (pixels > 0 && follow.get())) {
            return;
        }
        if (pixels > 0 && isAtEnd()) {
            follow.set(true);
            return;
        }
        follow.set(false);
        arriving = false;
        Page page = document.page();
        shift += pixels;
        while (shift < 0 && top > 0) {
            top--;
            shift += measured(page, top);
        }
        shift = shift < 0 ? 0 : shift;
        while (shift >= measured(page, top) && top < count() - 1) {
            shift -= measured(page, top);
            top++;
        }
        requestLayout();
    }

    /** Scrolls across by pixels. */
    void scrollAcross(double pixels) {
        bars.scrollAcross(pixels);
    }

    /** Whether the end of the last row is seen. */
    boolean isAtEnd() {
        return rows.stream()
                .filter(row -> row.ordinal == count() - 1 && row.ordinal >= 0)
                .anyMatch(row -> row.y + row.height <= viewHeight() + 1);
    }

    void toBegin() {
        follow.set(false);
        scrolledTo(0, 0);
        requestLayout();
    }

    /** Goes to the last row and follows. */
    void toEnd() {
        follow.set(true);
        arriving = false;
        requestLayout();
    }

    /** Goes to a row and marks it; it then stands in the upper third. */
    void goTo(long row) {
        current = row;
        reveal(row);
        arriving = true; // it is seen after the next layout, and the next key may come before
    }

    /** Shows a row in the upper third, unless it is seen already. */
    void reveal(long row) {
        boolean isSeen =
                rows.stream()
                        .anyMatch(it ->
                                it.ordinal == row && it.y >= 0 && it.y + it.height <= viewHeight());
        if (!isSeen) {
            follow.set(false);
            scrolledTo(Math.max(0, row - fitting() / 3), 0);
        } else if (!isAtEnd()) {
            follow.set(false);
        }
        requestLayout();
    }

    /**
     * The row that next and previous begin from: the one gone to, unless it was scrolled away
     * since, or the first.
     */
    long from() {
        if (current >= 0 && (arriving || rows.stream().anyMatch(row -> row.ordinal == current))) {
            return current;
        }
        return follow.get() ? count() : top - 1;
    }

    void current(long row) {
        current = row;
        requestLayout();
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

    /** The shown text of a row, if it is near. */
    Optional<String> textOf(long row) {
        return document.page().row(row).map(it -> it.line().text());
    }

    OptionalLong firstSeen() {
        return rows.stream().mapToLong(row -> row.ordinal).filter(it -> it >= 0).findFirst();
    }

    long count() {
        return document.page().count();
    }

    double viewBottom() {
        return viewHeight();
    }

    boolean isWrapped() {
        return wrap.get();
    }

    /** Whether a mark stands at that place of the gutter. */
    LogKind.Mark markAt(double x, double y) {
        return x > gutterWidth
                ? LogKind.Mark.NONE
                : placeAt(x, y)
                        .flatMap(place -> document.page().row(place.row()))
                        .map(Row::mark)
                        .orElse(LogKind.Mark.NONE);
    }

    LogSelection selection() {
        return selection;
    }

    /** Makes the text so many times as large, within reason. */
    void zoomBy(double factor) {
        double next = Math.clamp(zoom.get() * factor, LEAST_ZOOM, MOST_ZOOM);
        zoom.set(Math.rint(100 * next) / 100);
    }

    /** How much larger than usual the text is. */
    DoubleProperty zoomProperty() {
        return zoom;
    }

    BooleanProperty followProperty() {
        return follow;
    }

    BooleanProperty wrapProperty() {
        return wrap;
    }

    BooleanProperty timesProperty() {
        return times;
    }

    /** How many rows have come since it ceased to follow. */
    ReadOnlyLongProperty unseenProperty() {
        return unseen.getReadOnlyProperty();
    }
}
