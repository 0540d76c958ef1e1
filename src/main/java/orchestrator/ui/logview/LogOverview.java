package orchestrator.ui.logview;

import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.HLineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.VLineTo;
import orchestrator.log.Spread;
import orchestrator.ui.fx.Texts;
import orchestrator.ui.logview.LogDocument.Overview;

/**
 * A strip beside the scroll bar: where in all of the log errors stand, on its right, and matches of
 * the search, on its left. A press on a mark leads there, elsewhere to that part of the log. What
 * it shows is known from indexing and searching; it reads nothing.
 */
final class LogOverview extends Region {
    static final double WIDTH = 11;
    private static final double LANE = 4;
    private static final double LEAST_HEIGHT = 3;
    private static final double NEAR = 4;

    /** What was pressed on. */
    enum Sort {
        ERROR,
        MATCH,
        /** No mark. */
        ROW
    }

    /** Is told where to go. */
    @FunctionalInterface
    interface Way {
        /**
         * Goes there.
         *
         * @param row the one wanted or, for a mark, the first from which on it is the next
         */
        void to(Sort sort, long row);
    }

    private final Texts texts;
    private final Way way;
    private final Path errors = lane("log-overview-error");
    private final Path matches = lane("log-overview-match");
    private final Tooltip hint = new Tooltip();
    private Overview shown = Overview.NONE;
    private long rows;
    private double drawn;

    LogOverview(Texts texts, String id, Way way) {
        this.texts = texts;
        this.way = way;
        setId(id);
        getStyleClass().add("log-overview");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().addAll(errors, matches);
        Tooltip.install(this, hint);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        name();
    }

    private static Path lane(String style) {
        Path lane = new Path();
        lane.getStyleClass().add(style);
        lane.setManaged(false);
        lane.setMouseTransparent(true);
        return lane;
    }

    /** Shows marks over so many rows, and over its height. */
    void show(Overview overview, long count) {
        if (overview.equals(shown) && count == rows && drawn == getHeight()) {
            return;
        }
        boolean other = !overview.equals(shown);
        shown = overview;
        rows = count;
        drawn = getHeight();
        draw(matches, overview.matches(), 1);
        draw(errors, overview.errors(), 2 + LANE);
        if (other) {
            name();
        }
    }

    private void name() {
        String words = texts.get("log.overview", shown.errors().found(), shown.matches().found());
        setAccessibleText(words);
        hint.setText(words);
    }

    /** Marks that would touch are one, so there are never more than fit. */
    private void draw(Path lane, Spread spread, double left) {
        lane.getElements().clear();
        double from = -1;
        double to = -1;
        PrimitiveIterator.OfLong parts = spread.parts().iterator();
        while (parts.hasNext()) {
            double y = top(parts.nextLong());
            if (y > to) {
                mark(lane, left, from, to);
                from = y;
            }
            to = y + LEAST_HEIGHT;
        }
        mark(lane, left, from, to);
    }

    private static void mark(Path lane, double left, double from, double to) {
        if (from >= 0) {
            lane.getElements()
                    .addAll(
                            new MoveTo(left, from),
                            new HLineTo(left + LANE),
                            new VLineTo(to),
                            new HLineTo(left),
                            new ClosePath());
        }
    }

    private double top(long row) {
        return Math.clamp(Math.rint(drawn * row / rows), 0, drawn - LEAST_HEIGHT);
    }

    private void pressed(MouseEvent event) {
        event.consume();
        if (event.getButton() != MouseButton.PRIMARY || rows == 0) {
            return;
        }
        double y = event.getY();
        OptionalLong error = near(shown.errors(), y);
        OptionalLong match = near(shown.matches(), y);
        boolean onErrors = event.getX() > 1 + LANE;
        if (error.isPresent() && (onErrors || match.isEmpty())) {
            way.to(Sort.ERROR, error.getAsLong());
        } else if (match.isPresent()) {
            way.to(Sort.MATCH, match.getAsLong());
        } else {
            way.to(Sort.ROW, Math.clamp((long) (rows * y / drawn), 0, rows - 1));
        }
    }

    /** The nearest mark that the pointer is on, or as good as on. */
    private OptionalLong near(Spread spread, double y) {
        OptionalLong best = OptionalLong.empty();
        double least = NEAR;
        PrimitiveIterator.OfLong parts = spread.parts().iterator();
        while (parts.hasNext()) {
            long row = parts.nextLong();
            double away = Math.abs(y - (top(row) + LEAST_HEIGHT / 2));
            if (away <= least) {
                least = away;
                best = OptionalLong.of(row);
            }
        }
        return best;
    }
}
