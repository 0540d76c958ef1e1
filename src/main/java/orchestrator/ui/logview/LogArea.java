package orchestrator.ui.logview;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import orchestrator.ui.fx.Preferences;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.logview.LogDocument.Page;
import orchestrator.ui.logview.LogSelection.Place;

/**
 * Shows the rows of a log, of whatever length: nodes for as many as fit, and a scroll bar that
 * counts rows. Everything that changes ends in one layout, so it is drawn at most once a frame.
 * JavaFX's own virtual lists need longer the more rows there are.
 */
final class LogArea extends Region {
    private static final double BAR = 12;

    /** How large the text is beside the window's, when it is as large as usual. */
    private static final double USUAL = 12.0 / Preferences.USUAL;

    private static final double LEAST_ZOOM = 0.6;
    private static final double MOST_ZOOM = 3;
    private static final int MARGIN = 60;
    private static final int NEAR = 20;
    private final LogDocument document;
    private final LogSelection selection = new LogSelection();
    private final LogSheet sheet;
    private final LogOverview overview;
    private final LogBars bars = new LogBars(this::barMoved, this::requestLayout);
    private final BooleanProperty follow = new SimpleBooleanProperty(this, "follow", true);
    private final BooleanProperty wrap = new SimpleBooleanProperty(this, "wrap", true);
    private final BooleanProperty times = new SimpleBooleanProperty(this, "times", false);
    private final DoubleProperty zoom = new SimpleDoubleProperty(this, "zoom", 1);
    private final ReadOnlyLongWrapper unseen = new ReadOnlyLongWrapper();
    private long generation;
    private long top;
    private double shift;
    private long current = -1;
    private boolean arriving;
    private long seen;

    LogArea(LogDocument document, Texts texts, ZoneId zone, String id, LogOverview.Way way) {
        this.document = document;
        sheet = new LogSheet(texts, zone, id, selection, wrap, times);
        getStyleClass().addAll("log-area", "code");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleText(texts.get("log.title"));
        bars.across().setId(id + "-across");
        overview = new LogOverview(texts, id + "-overview", way);
        getChildren().addAll(sheet.nodes());
        getChildren().addAll(overview, bars.down(), bars.across());
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
        sheet.font().subscribe((_, _) -> resized());
        new LogHands(this);
    }

    private void resized() {
        sheet.forget();
        requestLayout();
    }

    private void wrapped(boolean on) {
        sheet.forget();
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
            sheet.forget();
            seen = 0;
        }
    }

    double rowHeight() {
        return sheet.rowHeight();
    }

    private double viewHeight() {
        return Math.max(0, getHeight() - (wrap.get() ? 0 : BAR));
    }

    int fitting() {
        return Math.max(1, (int) (viewHeight() / rowHeight()));
    }

    /** Where everything stands but the rows. */
    private void frame() {
        double height = viewHeight();
        sheet.frame(getWidth() - LogOverview.WIDTH - BAR, height, count());
        overview.resizeRelocate(
                getWidth() - BAR - LogOverview.WIDTH, 0, LogOverview.WIDTH, getHeight());
        bars.down().resizeRelocate(getWidth() - BAR, 0, BAR, getHeight());
        bars.across().setVisible(!wrap.get());
        bars.across().resizeRelocate(sheet.gutterWidth(), height, sheet.lineWidth(), BAR);
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
        sheet.hideBehind(used);
        if (follow.get()) {
            seen = count();
        }
        unseen.set(Math.max(0, count() - seen));
    }

    /** Whether the last row has left room below it while there are rows above. */
    private boolean isShort(Page page, int used) {
        LogRow last = sheet.drawn(used - 1);
        return last.ordinal == page.first() + page.rows().size() - 1
                && last.ordinal == page.count() - 1
                && last.y + last.height < viewHeight()
                && (top > page.first() || shift > 0);
    }

    private int fill(Page page) {
        return sheet.fill(page, top, shift, wrap.get() ? 0 : bars.left(), current);
    }

    /** Sets the top so that the last row ends at the lower edge. */
    private void toEnd(Page page) {
        long last = page.first() + page.rows().size() - 1;
        double left = viewHeight();
        long at = last + 1;
        while (at > page.first() && left > 0) {
            at--;
            left -= sheet.height(page, at);
        }
        top = Math.max(0, at);
        shift = Math.max(0, -left);
    }

    private void bars(Page page) {
        long shown = sheet.count();
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
            bars.across(sheet.widest(), sheet.room(), sheet.charWidth());
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
            shift += sheet.height(page, top);
        }
        shift = shift < 0 ? 0 : shift;
        while (shift >= sheet.height(page, top) && top < count() - 1) {
            shift -= sheet.height(page, top);
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
        return sheet.shows(count() - 1, row -> row.y + row.height <= viewHeight() + 1);
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
        boolean isSeen = sheet.shows(row, it -> it.y >= 0 && it.y + it.height <= viewHeight());
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
        if (current >= 0 && (arriving || sheet.shows(current, _ -> true))) {
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
        return sheet.placeAt(x, y);
    }

    /** The shown text of a row, if it is near. */
    Optional<String> textOf(long row) {
        return document.page().row(row).map(it -> it.line().text());
    }

    OptionalLong firstSeen() {
        return sheet.first();
    }

    long count() {
        return document.page().count();
    }

    double viewBottom() {
        return viewHeight();
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
