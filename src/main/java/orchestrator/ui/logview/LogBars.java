package orchestrator.ui.logview;

import javafx.geometry.Orientation;
import javafx.scene.control.ScrollBar;

/**
 * The scroll bars of a log: down by rows, across by pixels. Only what the user does with them is
 * told; the area sets them in its layout.
 */
final class LogBars {
    private final ScrollBar down = new ScrollBar();
    private final ScrollBar across = new ScrollBar();
    private boolean setting;

    LogBars(Runnable movedDown, Runnable movedAcross) {
        down.setOrientation(Orientation.VERTICAL);
        down.setFocusTraversable(false);
        across.setFocusTraversable(false);
        down.valueProperty().subscribe((_, _) -> tell(movedDown));
        across.valueProperty().subscribe((_, _) -> tell(movedAcross));
    }

    private void tell(Runnable moved) {
        if (!setting) {
            moved.run();
        }
    }

    ScrollBar down() {
        return down;
    }

    ScrollBar across() {
        return across;
    }

    /** The row, with the part of it that is above the upper edge. */
    double row() {
        return down.getValue();
    }

    boolean isAtEnd() {
        return down.getValue() >= down.getMax() - 0.5;
    }

    /** How many pixels are to the left of what is seen. */
    double left() {
        return across.getValue();
    }

    void scrollAcross(double pixels) {
        across.setValue(Math.max(0, Math.min(across.getMax(), across.getValue() + pixels)));
    }

    /**
     * Sets the one that goes down.
     *
     * @param seen how many of the rows are seen at once
     * @param at the first row that is seen; {@link Double#MAX_VALUE}: the end is reached
     */
    void down(boolean shown, long rows, long seen, double at) {
        setting = true;
        double max = Math.max(1.0, (double) (rows - seen));
        down.setVisible(shown);
        down.setMax(max);
        down.setVisibleAmount(max * Math.min(1.0, (double) seen / (double) Math.max(1, rows)));
        down.setUnitIncrement(1);
        down.setBlockIncrement((double) Math.max(1, seen - 1));
        down.setValue(Math.min(max, at));
        setting = false;
    }

    /** Sets the one that goes across: content of that width in that much room, in pixels. */
    void across(double width, double room, double unit) {
        setting = true;
        across.setMax(Math.max(0, width - room));
        across.setVisible(width > room);
        across.setVisibleAmount(across.getMax() * Math.min(1, room / Math.max(1, width)));
        across.setUnitIncrement(unit);
        across.setBlockIncrement(room / 2);
        across.setValue(Math.min(across.getValue(), across.getMax()));
        setting = false;
    }
}
