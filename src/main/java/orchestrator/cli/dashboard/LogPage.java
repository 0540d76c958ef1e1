package orchestrator.cli.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import orchestrator.log.LogKind;
import orchestrator.log.LogLine;
import orchestrator.log.LogRows;

/** Where one is in a log whose lines are broken into rows, and what is seen from there. */
final class LogPage {
    private final LogRows log;
    private final int cells;
    private final int height;

    /**
     * The first row that is seen.
     *
     * @param line counts from 0
     * @param row of that line, from 0
     */
    record Spot(long line, int row) implements Comparable<Spot> {
        static final Spot BEGIN = new Spot(0, 0);

        @Override
        public int compareTo(Spot other) {
            return line != other.line
                    ? Long.compare(line, other.line)
                    : Integer.compare(row, other.row);
        }
    }

    /** A row. */
    record Piece(long line, String text, Tone tone) {}

    /** A page of so many cells and rows. */
    LogPage(LogRows log, int cells, int height) {
        this.log = log;
        this.cells = cells;
        this.height = height;
    }

    /** From where the last row is the last one that is seen. */
    Spot end() {
        long count = log.count();
        long first = Math.max(0, count - height);
        List<LogLine> lines = log.read(first, height);
        int left = height;
        for (int i = lines.size() - 1; i >= 0; i--) {
            int rows = rows(lines.get(i)).size();
            if (rows >= left) {
                return new Spot(first + i, rows - left);
            }
            left -= rows;
        }
        return new Spot(first, 0);
    }

    /**
     * So many rows further down, up where it is less than 0; no further than there is something.
     */
    Spot moved(Spot from, int by) {
        if (by < 0) {
            return up(from, -by);
        }
        Spot end = end();
        List<LogLine> lines = log.read(from.line(), by + 1);
        int row = from.row() + by;
        long line = from.line();
        for (LogLine read : lines) {
            int rows = rows(read).size();
            if (row < rows) {
                break;
            }
            row -= rows;
            line++;
        }
        Spot to = new Spot(line, row);
        return to.compareTo(end) < 0 ? to : end;
    }

    private Spot up(Spot from, int by) {
        long first = Math.max(0, from.line() - by);
        List<LogLine> lines = log.read(first, (int) (from.line() - first));
        int row = from.row() - by;
        long line = from.line();
        for (int i = lines.size() - 1; i >= 0 && row < 0; i--) {
            row += rows(lines.get(i)).size();
            line--;
        }
        return row < 0 ? Spot.BEGIN : new Spot(line, row);
    }

    /** What is seen from there. */
    List<Piece> from(Spot spot) {
        return pieces(log.read(spot.line(), height), spot.row());
    }

    /** The last rows of these lines. */
    List<Piece> last(List<LogLine> lines) {
        List<Piece> all = pieces(lines, 0, Integer.MAX_VALUE);
        return all.subList(Math.max(0, all.size() - height), all.size());
    }

    private List<Piece> pieces(List<LogLine> lines, int skipped) {
        return pieces(lines, skipped, height);
    }

    private List<Piece> pieces(List<LogLine> lines, int skipped, int most) {
        List<Piece> pieces = new ArrayList<>();
        int skip = skipped;
        for (LogLine line : lines) {
            Tone tone = tone(line.text());
            for (String row : rows(line)) {
                if (skip-- <= 0 && pieces.size() < most) {
                    pieces.add(new Piece(line.number(), row, tone));
                }
            }
        }
        return pieces;
    }

    private List<String> rows(LogLine line) {
        String cut =
                line.cut()
                        ? String.format(Locale.ROOT, " … (cut, %,d bytes in all)", line.bytes())
                        : "";
        return Cells.rows(Cells.plainLine(line.text()) + cut, cells);
    }

    private static Tone tone(String text) {
        return switch (LogKind.TRANSCRIPT.markOf(text)) {
            case ERROR -> Tone.DANGER;
            case TOOL -> Tone.ACCENT;
            case NONE -> LogKind.isOurs(text) ? Tone.MUTED : Tone.PLAIN;
        };
    }
}
