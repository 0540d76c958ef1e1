package orchestrator.cli.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import orchestrator.cli.dashboard.Overview.Row;
import orchestrator.monitor.Figures;
import org.jline.utils.AttributedString;

/**
 * The workers, a line each. A narrow terminal shows the columns that tell most; what was said last
 * takes what is left. Pure.
 */
final class WorkerTable {
    private static final int NARROW = 60;
    private static final int SMALLEST_SAYING = 14;
    private static final int GOOD_SAYING = 28;
    private static final int POINTER = 2;

    /** The columns, from left to right. */
    private enum Column {
        NUMBER("#", true, 4),
        STATE("State", false, 8),
        ISSUE("Issue", false, 24),
        TITLE("Title", false, 36),
        STAGE("Stage", false, 22),
        ELAPSED("Elapsed", true, 9),
        RETRIES("Retries", true, 7),
        COST("Cost", true, 9),
        SAYING("Last line", false, 1_000);

        /** Those that must fit whole, the most telling first. */
        static final List<Column> FIRST = List.of(NUMBER, STATE, ISSUE, STAGE, ELAPSED);

        /** Those that come in where what is said last keeps enough room. */
        static final List<Column> THEN = List.of(COST, RETRIES, TITLE);

        private final String title;
        private final boolean right;
        private final int widest;

        Column(String title, boolean right, int widest) {
            this.title = title;
            this.right = right;
            this.widest = widest;
        }
    }

    private final Paint paint;
    private final int cells;
    private final Instant now;

    WorkerTable(Paint paint, int cells, Instant now) {
        this.paint = paint;
        this.cells = cells;
        this.now = now;
    }

    /**
     * The lines.
     *
     * @param room how many at most
     * @param roomy with an empty one before them
     */
    List<AttributedString> lines(List<Row> rows, Optional<Row> chosen, int room, boolean roomy) {
        List<AttributedString> lines = new ArrayList<>();
        if (roomy) {
            lines.add(AttributedString.EMPTY);
        }
        int heading = room - lines.size() >= 2 ? 1 : 0;
        int visible = room - lines.size() - heading;
        if (visible <= 0) {
            return lines;
        }
        Map<Column, Integer> widths = widths(rows);
        int at = chosen.map(rows::indexOf).orElse(0);
        int first = Math.clamp(at - visible / 2, 0, Math.max(0, rows.size() - visible));
        int last = Math.min(rows.size(), first + visible);
        if (heading == 1) {
            lines.add(heading(widths, first, rows.size() - last));
        }
        if (rows.isEmpty()) {
            lines.add(line().add("No worker matches.", Tone.MUTED).done());
        }
        for (Row row : rows.subList(first, last)) {
            lines.add(row(row, widths, chosen.filter(row::equals).isPresent()));
        }
        return lines;
    }

    private Line line() {
        return new Line(paint, cells).add(" ", Tone.PLAIN);
    }

    private int gap() {
        return cells < NARROW ? 1 : 2;
    }

    private Map<Column, Integer> widths(List<Row> rows) {
        Map<Column, Integer> widths = new EnumMap<>(Column.class);
        int left = cells - 1 - POINTER + gap();
        for (Column column : Column.FIRST) {
            int width = natural(column, rows) + gap();
            if (left < width) {
                // The stage, or a long name, may be cut; a number may not.
                if (!column.right && left >= 6 + gap()) {
                    widths.put(column, left - gap());
                    left = 0;
                }
                break;
            }
            widths.put(column, width - gap());
            left -= width;
        }
        if (left >= SMALLEST_SAYING + gap()) {
            for (Column column : Column.THEN) {
                int width = natural(column, rows) + gap();
                if (left - width >= GOOD_SAYING + gap()) {
                    widths.put(column, width - gap());
                    left -= width;
                }
            }
            widths.put(Column.SAYING, left - gap());
        }
        return widths;
    }

    private int natural(Column column, List<Row> rows) {
        int widest = column.title.length();
        for (Row row : rows) {
            widest = Math.max(widest, Cells.width(text(column, row)));
        }
        return Math.min(Math.max(widest, column == Column.STATE ? 8 : 0), column.widest);
    }

    private String text(Column column, Row row) {
        return switch (column) {
            case NUMBER -> Integer.toString(row.number());
            case STATE -> row.state();
            case ISSUE -> row.issue();
            case TITLE -> row.title();
            case STAGE -> row.stage();
            case ELAPSED ->
                    row.startedAt()
                            .map(at -> Figures.elapsed(Duration.between(at, now).toSeconds()))
                            .orElse("");
            case RETRIES -> row.retries() == 0 ? "" : Integer.toString(row.retries());
            case COST -> row.issue().isEmpty() ? "" : Layout.cost(row.costUsd());
            case SAYING -> row.saying();
        };
    }

    private AttributedString heading(Map<Column, Integer> widths, int above, int below) {
        String more =
                (above > 0 ? paint.signs().above() + above + " " : "")
                        + (below > 0 ? paint.signs().below() + below + " " : "");
        String text = more.isEmpty() ? "" : more + "more";
        Line line = line().within(cells - Cells.width(text));
        cells(line, widths, column -> column.title, _ -> Tone.MUTED, "  ");
        return line.within(cells).toRight(Cells.width(text)).add(text, Tone.ACCENT).done();
    }

    private AttributedString row(Row row, Map<Column, Integer> widths, boolean chosen) {
        Line line = new Line(paint, cells).add(" ", Tone.PLAIN);
        Function<Column, Tone> tones =
                chosen
                        ? _ -> Tone.CHOSEN
                        : column ->
                                switch (column) {
                                    case STATE -> row.tone();
                                    case SAYING -> row.note() ? Tone.MUTED : Tone.PLAIN;
                                    case RETRIES -> Tone.WARNING;
                                    default -> Tone.PLAIN;
                                };
        cells(
                line,
                widths,
                column -> text(column, row),
                tones,
                chosen ? paint.signs().pointer() + " " : "  ");
        return chosen ? line.add(" ".repeat(line.left()), Tone.CHOSEN).done() : line.done();
    }

    private void cells(
            Line line,
            Map<Column, Integer> widths,
            Function<Column, String> texts,
            Function<Column, Tone> tones,
            String before) {
        line.add(before, tones.apply(Column.NUMBER));
        int left = widths.size();
        for (Map.Entry<Column, Integer> entry : widths.entrySet()) {
            Column column = entry.getKey();
            Tone tone = tones.apply(column);
            boolean first = left == widths.size();
            line.add(first ? "" : " ".repeat(gap()), tone == Tone.CHOSEN ? tone : Tone.PLAIN);
            String text = texts.apply(column);
            String more = paint.signs().more();
            if (column.right) {
                line.add(Cells.toRight(text, entry.getValue(), more), tone);
            } else if (left > 1) {
                line.add(Cells.padded(text, entry.getValue(), more), tone);
            } else {
                line.add(Cells.cut(text, entry.getValue(), more), tone);
            }
            left--;
        }
    }
}
