package orchestrator.ui.logview;

import java.util.Optional;
import orchestrator.log.LogRows;
import orchestrator.log.PlainText;
import org.jspecify.annotations.Nullable;

/** What is selected in a log: from where it began to where it is now. FX thread only. */
final class LogSelection {
    /** A column behind all of a row. */
    static final int END = Integer.MAX_VALUE;

    /** What the clipboard is given at most, in characters. */
    static final int MOST = 32 << 20;

    /**
     * A place between two characters.
     *
     * @param column counts UTF-16 units of the shown text
     */
    record Place(long row, int column) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int rows = Long.compare(row, other.row);
            return rows != 0 ? rows : Integer.compare(column, other.column);
        }
    }

    private @Nullable Place anchor;
    private @Nullable Place caret;

    void clear() {
        anchor = null;
        caret = null;
    }

    void begin(Place at) {
        anchor = at;
        caret = at;
    }

    /** Moves its end; begins there when nothing had begun. */
    void extend(Place to) {
        if (anchor == null) {
            anchor = to;
        }
        caret = to;
    }

    void set(Place from, Place to) {
        anchor = from;
        caret = to;
    }

    Optional<Place> caret() {
        return Optional.ofNullable(caret);
    }

    boolean isEmpty() {
        return anchor == null || caret == null || anchor.equals(caret);
    }

    private Place from() {
        Place a = anchor == null ? new Place(0, 0) : anchor;
        Place b = caret == null ? a : caret;
        return a.compareTo(b) <= 0 ? a : b;
    }

    private Place to() {
        Place a = anchor == null ? new Place(0, 0) : anchor;
        Place b = caret == null ? a : caret;
        return a.compareTo(b) <= 0 ? b : a;
    }

    /** The first selected column of a row; below 0: nothing of it is selected. */
    int first(long row) {
        if (isEmpty() || row < from().row() || row > to().row()) {
            return -1;
        }
        return row == from().row() ? from().column() : 0;
    }

    /** The column behind the last that is selected of a row; {@link #END}: its line end too. */
    int last(long row) {
        return row == to().row() ? to().column() : END;
    }

    /**
     * The selected text, whole lines exactly as they are in the file but for escapes and secrets.
     * Blocks; any thread, for it is a copy that is read.
     *
     * @return empty: it is longer than {@link #MOST}
     */
    Optional<String> read(LogRows rows) {
        Place from = from();
        Place to = to();
        return rows.copy(from.row(), to.row(), MOST).map(all -> cut(all, from, to));
    }

    LogSelection copy() {
        LogSelection copy = new LogSelection();
        copy.anchor = anchor;
        copy.caret = caret;
        return copy;
    }

    private static String cut(String all, Place from, Place to) {
        String text = all.endsWith("\n") ? all.substring(0, all.length() - 1) : all;
        int lastBegin = text.lastIndexOf('\n') + 1;
        if (to.column() != END) {
            String last = PlainText.line(text.substring(lastBegin));
            if (to.column() < last.length()) {
                text = text.substring(0, lastBegin) + last.substring(0, to.column());
            }
        }
        if (from.column() > 0) {
            int end = text.indexOf('\n');
            int firstEnd = end < 0 ? text.length() : end;
            String first = PlainText.line(text.substring(0, firstEnd));
            text =
                    first.substring(Math.min(from.column(), first.length()))
                            + text.substring(firstEnd);
        }
        return text;
    }
}
