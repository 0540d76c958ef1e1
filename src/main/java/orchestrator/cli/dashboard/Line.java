package orchestrator.cli.dashboard;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** A line being written, no wider than it may be. One thread. */
final class Line {
    private final Paint paint;
    private int cells;
    private final AttributedStringBuilder text = new AttributedStringBuilder();
    private int width;

    /** An empty line of at most so many cells. */
    Line(Paint paint, int cells) {
        this.paint = paint;
        this.cells = cells;
    }

    /** Goes on with text that is plain; cut where the line ends. */
    Line add(String plain, Tone tone) {
        String fits = Cells.cut(plain, left(), paint.signs().more());
        text.styled(paint.style(tone), fits);
        width += Cells.width(fits);
        return this;
    }

    /** Goes on with as much as fits, nothing where that is not all of it. */
    Line addWhole(String plain, Tone tone) {
        return Cells.width(plain) <= left() ? add(plain, tone) : this;
    }

    /** Goes on with spaces up to a cell, counted from 0. */
    Line to(int cell) {
        return add(" ".repeat(Math.max(0, Math.min(cell, cells) - width)), Tone.PLAIN);
    }

    /** Goes on with spaces so that text of that width ends where the line does. */
    Line toRight(int textCells) {
        return to(cells - textCells);
    }

    /** Gives it another width, at least that of what is written. */
    Line within(int other) {
        cells = Math.max(width, other);
        return this;
    }

    /** How many cells are left. */
    int left() {
        return cells - width;
    }

    /** What was written. */
    AttributedString done() {
        return text.toAttributedString();
    }
}
