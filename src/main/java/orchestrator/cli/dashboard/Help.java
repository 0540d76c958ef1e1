package orchestrator.cli.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jline.utils.AttributedString;

/** What the keys do, on the last line and on a page of its own. Pure. */
final class Help {
    private record Entry(String keys, String what, int place) {
        Entry(String keys, String what) {
            this(keys, what, 0);
        }
    }

    /** In their order; the number says how much they are wanted where there is little room. */
    private static final List<Entry> HINTS =
            List.of(
                    new Entry("j/k", "choose", 9),
                    new Entry("Enter", "log", 1),
                    new Entry("a", "attach", 2),
                    new Entry("r", "restart", 5),
                    new Entry("s", "stop", 6),
                    new Entry("p", "pause", 7),
                    new Entry("/", "filter", 8),
                    new Entry("?", "help", 3),
                    new Entry("q", "leave", 4));

    private static final List<Entry> LOG_HINTS =
            List.of(
                    new Entry("j/k", "line", 2),
                    new Entry("Space/b", "page", 3),
                    new Entry("g", "begin", 4),
                    new Entry("G", "end", 5),
                    new Entry("a", "attach", 6),
                    new Entry("r", "restart", 7),
                    new Entry("s", "stop", 8),
                    new Entry("p", "pause", 9),
                    new Entry("Esc", "back", 1));

    /** Short enough for a terminal of 40 columns; what is about logs comes last. */
    private static final List<Entry> ALL =
            List.of(
                    new Entry("j k ↓ ↑", "choose; g first, G last"),
                    new Entry("Enter", "its log, as it grows"),
                    new Entry("a", "attach; Ctrl-b d comes back"),
                    new Entry("r", "restart it (asks first)"),
                    new Entry("s", "stop it (asks first)"),
                    new Entry("p", "pause after stage, or go on"),
                    new Entry("P", "pause all launches, or go on"),
                    new Entry("/", "filter by any of its words"),
                    new Entry("Esc", "show all workers again"),
                    new Entry("Ctrl-L", "draw the screen anew"),
                    new Entry("q", "leave; the run goes on"),
                    new Entry("", ""),
                    new Entry("j k ↓ ↑", "in a log: line down, line up"),
                    new Entry("Space b", "page down, page up"),
                    new Entry("g", "its first line"),
                    new Entry("G f", "its end, and what comes"),
                    new Entry("q Esc", "back"));

    private Help() {}

    /** As many hints as fit on that line. */
    static AttributedString hints(Line line) {
        return hints(line, HINTS);
    }

    /** The same beside a log. */
    static AttributedString logHints(Line line) {
        return hints(line, LOG_HINTS);
    }

    private static AttributedString hints(Line line, List<Entry> all) {
        Set<Entry> fit = new HashSet<>();
        int left = line.left();
        for (Entry hint : all.stream().sorted(Comparator.comparingInt(Entry::place)).toList()) {
            int wide = hint.keys().length() + hint.what().length() + 1 + (fit.isEmpty() ? 0 : 2);
            if (wide > left) {
                break;
            }
            fit.add(hint);
            left -= wide;
        }
        String between = "";
        for (Entry hint : all.stream().filter(fit::contains).toList()) {
            line.add(between, Tone.PLAIN)
                    .add(hint.keys(), Tone.STRONG)
                    .add(" " + hint.what(), Tone.MUTED);
            between = "  ";
        }
        return line.done();
    }

    /** The page, of that many rows. */
    static List<AttributedString> page(Paint paint, int rows, int columns) {
        int cells = Math.max(1, columns - 1);
        int keys = cells < 50 ? 9 : 11;
        List<AttributedString> lines = new ArrayList<>();
        lines.add(
                new Line(paint, cells)
                        .add(" Keys", Tone.STRONG)
                        .addWhole("   any key goes back", Tone.MUTED)
                        .done());
        boolean tight = rows < ALL.size() + 2;
        if (!tight) {
            lines.add(AttributedString.EMPTY);
        }
        for (Entry entry : ALL) {
            if (tight && entry.what().isEmpty()) {
                continue;
            }
            String pressed =
                    paint.signs().equals(Paint.Signs.ASCII)
                            ? entry.keys().replace(" ↓ ↑", "")
                            : entry.keys();
            lines.add(
                    new Line(paint, cells)
                            .add(" ", Tone.PLAIN)
                            .add(Cells.padded(pressed, keys, ""), Tone.STRONG)
                            .add(entry.what(), Tone.PLAIN)
                            .done());
        }
        while (lines.size() < rows) {
            lines.add(AttributedString.EMPTY);
        }
        return lines.subList(0, rows);
    }
}
