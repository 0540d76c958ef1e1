package orchestrator.cli.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.cli.dashboard.Overview.Next;
import orchestrator.cli.dashboard.Overview.Row;
import orchestrator.cli.dashboard.Overview.Share;
import orchestrator.cli.dashboard.View.Mode;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.monitor.Figures;
import orchestrator.monitor.RunWords;
import orchestrator.monitor.Times;
import org.jline.utils.AttributedString;

/**
 * The overview as lines. What there is room for is shown, the most telling first: how the run
 * stands, the workers, what was asked or said, the events, what is next, the waves. Pure.
 */
final class Layout {
    /** Headings stand before what they are about in a column of this width. */
    private static final int GUTTER = 11;

    private static final int MOST_PROJECT_LINES = 3;
    private static final int MOST_NEXT = 4;
    private static final int FEWEST_WORKERS = 3;
    private static final int ROOMY_ROWS = 16;
    private static final int ROOMY_CELLS = 60;

    private final Paint paint;
    private final int rows;
    private final int cells;
    private final Instant now;
    private final ZoneId zone;

    /**
     * A layout.
     *
     * @param columns of the terminal; the last one stays empty, so that no terminal breaks a line
     */
    Layout(Paint paint, int rows, int columns, Instant now, ZoneId zone) {
        this.paint = paint;
        this.rows = rows;
        cells = Math.max(1, columns - 1);
        this.now = now;
        this.zone = zone;
    }

    /** The lines, as many as the terminal has rows. */
    List<AttributedString> overview(Overview seen, View view) {
        List<AttributedString> top = top(seen);
        List<AttributedString> bottom = bottom(seen, view);
        int free = Math.max(0, rows - top.size() - bottom.size());
        List<Row> shown = seen.shown(view.filter());
        boolean roomy = free >= ROOMY_ROWS;
        int reserve = roomy ? 8 : free >= 9 ? free / 3 : 0;
        int wanted = (roomy ? 2 : 1) + Math.max(1, shown.size());
        int fewest = Math.min(wanted, FEWEST_WORKERS + 1);
        int workers = Math.clamp(free - reserve, Math.min(fewest, free), Math.max(fewest, wanted));
        List<AttributedString> lines = new ArrayList<>(top);
        List<AttributedString> middle =
                new WorkerTable(paint, cells, now)
                        .lines(shown, Keys.chosen(view, seen), Math.min(workers, free), roomy);
        lines.addAll(middle);
        free -= middle.size();
        List<AttributedString> next = next(seen, Math.min(MOST_NEXT, free / 3), roomy);
        List<AttributedString> events = events(seen, free - next.size(), roomy);
        lines.addAll(next);
        lines.addAll(events);
        while (lines.size() < rows - bottom.size()) {
            lines.add(AttributedString.EMPTY);
        }
        List<AttributedString> all =
                new ArrayList<>(lines.subList(0, Math.max(0, rows - bottom.size())));
        all.addAll(bottom);
        return all.subList(0, Math.min(all.size(), rows));
    }

    private Line line() {
        return new Line(paint, cells).add(" ", Tone.PLAIN);
    }

    private boolean isRoomy() {
        return cells >= ROOMY_CELLS;
    }

    /** A worker's log in place of the overview. */
    List<AttributedString> log(LogView.Screen log, Overview seen, View view) {
        List<AttributedString> bottom = bottom(seen, view);
        List<AttributedString> lines = new ArrayList<>();
        Line head = line();
        int right = Cells.width(log.place());
        head.add(
                Cells.cut(log.title(), Math.max(8, cells - right - 3), paint.signs().more()),
                Tone.STRONG);
        if (head.left() > right + 1) {
            head.toRight(right).add(log.place(), log.tone());
        }
        lines.add(head.done());
        for (LogPage.Piece piece : log.pieces()) {
            lines.add(line().add(piece.text(), piece.tone()).done());
        }
        if (log.pieces().isEmpty()) {
            lines.add(line().add(log.nothing(), Tone.MUTED).done());
        }
        while (lines.size() < rows - bottom.size()) {
            lines.add(AttributedString.EMPTY);
        }
        List<AttributedString> all =
                new ArrayList<>(lines.subList(0, Math.max(0, rows - bottom.size())));
        all.addAll(bottom);
        return all.subList(0, Math.min(all.size(), rows));
    }

    /** How many cells a log's line has here. */
    int logCells() {
        return Math.max(1, cells - 1);
    }

    /** How many rows of a log are seen here. */
    int logRows() {
        return Math.max(1, rows - 2);
    }

    // ------------------------------------------------------------------- how the run stands

    private List<AttributedString> top(Overview seen) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(head(seen));
        lines.add(progress(seen));
        boolean several = seen.projects().size() > 1;
        if (rows >= ROOMY_ROWS) {
            if (several || !seen.waves().isEmpty()) {
                lines.add(AttributedString.EMPTY);
            }
            if (several) {
                lines.addAll(shares("Projects", seen.projects(), MOST_PROJECT_LINES));
            }
            if (!seen.waves().isEmpty()) {
                lines.addAll(shares("Waves", seen.waves(), 1));
            }
        }
        if (!seen.gate().open()) {
            lines.add(line().add(paused(seen), Tone.WARNING).done());
        }
        if (!seen.standing().detail().isEmpty()) {
            lines.add(line().add(seen.standing().detail(), seen.standing().tone()).done());
        }
        return lines;
    }

    private AttributedString head(Overview seen) {
        String standing = seen.standing().words();
        String monitor =
                seen.monitor().isEmpty() ? "" : paint.signs().separator() + " " + seen.monitor();
        Line line = line();
        int right = Cells.width(standing);
        line.add(
                Cells.cut(seen.place(), Math.max(4, cells - right - 3), paint.signs().more()),
                Tone.STRONG);
        boolean tells = !monitor.isEmpty() && line.left() > right + Cells.width(monitor) + 4;
        if (line.left() > right + Cells.width(seen.session()) + Cells.width(monitor) + 6) {
            line.add("  " + seen.session(), Tone.MUTED);
        }
        line.toRight(right + (tells ? Cells.width(monitor) + 1 : 0));
        line.add(standing, seen.standing().tone());
        return tells ? line.add(" " + monitor, Tone.MUTED).done() : line.done();
    }

    private String paused(Overview seen) {
        String left =
                seen.gate()
                        .until()
                        .map(until -> Figures.elapsed(Duration.between(now, until).toSeconds()))
                        .orElse("");
        return RunWords.paused(seen.gate(), left);
    }

    private AttributedString progress(Overview seen) {
        Share all = seen.all();
        Line line = line();
        bar(line, all, isRoomy() ? Math.clamp(cells / 5, 12, 32) : Math.clamp(cells / 4, 6, 12));
        line.add("  ", Tone.PLAIN);
        String cost = cost(seen.costUsd());
        String whole = "%d of %d completed".formatted(all.completed(), all.of());
        String done = "%d/%d".formatted(all.completed(), all.of());
        List<Count> counts =
                List.of(
                        new Count(all.inProgress(), "in progress", Tone.PLAIN),
                        new Count(all.pending(), "pending", Tone.MUTED),
                        new Count(all.failed(), "failed", Tone.DANGER),
                        new Count(all.parked(), "parked", Tone.WARNING));
        List<Count> bad = counts.subList(2, 4);
        int room = line.left() - cost.length() - 2;
        if (width(whole, counts) <= room) {
            told(line, whole, counts);
        } else if (width(done, counts) <= room) {
            told(line, done, counts);
        } else {
            told(line, done, width(done, bad) <= room ? bad : List.of());
        }
        if (line.left() > cost.length()) {
            line.toRight(cost.length()).add(cost, Tone.PLAIN);
        }
        return line.done();
    }

    /** How many there are of something; told where there are any. */
    private record Count(int number, String word, Tone tone) {
        String text() {
            return number + " " + word;
        }
    }

    private static int width(String first, List<Count> counts) {
        return first.length()
                + counts.stream()
                        .filter(count -> count.number() > 0)
                        .mapToInt(count -> count.text().length() + 2)
                        .sum();
    }

    private static void told(Line line, String first, List<Count> counts) {
        line.add(first, Tone.STRONG);
        for (Count count : counts) {
            if (count.number() > 0) {
                line.add(", ", Tone.PLAIN).add(count.text(), count.tone());
            }
        }
    }

    static String cost(double dollars) {
        return String.format(Locale.ROOT, "$%,.2f", dollars);
    }

    /** As wide as said; whatever there is one of has a cell at least, as long as there are any. */
    private void bar(Line line, Share share, int width) {
        int[] counts = {share.completed(), share.inProgress(), share.bad()};
        String[] signs = {paint.signs().done(), paint.signs().going(), paint.signs().bad()};
        Tone[] tones = {Tone.SUCCESS, Tone.ACCENT, bad(share)};
        int drawn = 0;
        int sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            int end = share.of() == 0 ? 0 : (int) Math.round((double) width * sum / share.of());
            int part = Math.max(counts[i] > 0 ? 1 : 0, end - drawn);
            part = Math.min(part, width - drawn);
            line.add(signs[i].repeat(part), tones[i]);
            drawn += part;
        }
        line.add(paint.signs().rest().repeat(width - drawn), Tone.MUTED);
    }

    private static Tone bad(Share share) {
        return share.failed() > 0 ? Tone.DANGER : Tone.WARNING;
    }

    private List<AttributedString> shares(String heading, List<Share> shares, int most) {
        List<AttributedString> lines = new ArrayList<>();
        int bar = Math.clamp(cells / 12, 4, 10);
        Line line = line().add(heading, Tone.MUTED).to(GUTTER);
        boolean begun = false;
        int shown = 0;
        for (Share share : shares) {
            String numbers = " %d/%d".formatted(share.completed(), share.of());
            String bad =
                    Stream.of(
                                    new Count(share.failed(), "failed", Tone.DANGER),
                                    new Count(share.parked(), "parked", Tone.WARNING))
                            .filter(count -> count.number() > 0)
                            .map(count -> ", " + count.text())
                            .collect(Collectors.joining());
            int wide = Cells.width(share.name()) + 1 + bar + numbers.length() + bad.length();
            if (begun && line.left() < wide + 3) {
                if (lines.size() + 1 == most) {
                    line.addWhole("  +" + (shares.size() - shown), Tone.MUTED);
                    break;
                }
                lines.add(line.done());
                line = line().to(GUTTER);
                begun = false;
            }
            line.add(begun ? "   " : "", Tone.PLAIN).add(share.name() + " ", Tone.PLAIN);
            bar(line, share, bar);
            line.add(numbers, Tone.PLAIN).add(bad, bad(share));
            begun = true;
            shown++;
        }
        lines.add(line.done());
        return lines;
    }

    // ------------------------------------------------------------------- what is to come, and was

    private List<AttributedString> next(Overview seen, int most, boolean roomy) {
        List<AttributedString> lines = new ArrayList<>();
        int count = Math.min(most - (roomy ? 1 : 0), seen.next().size());
        if (count <= 0) {
            return lines;
        }
        if (roomy) {
            lines.add(AttributedString.EMPTY);
        }
        int name =
                seen.next().stream()
                        .limit(count)
                        .mapToInt(it -> Cells.width(it.issue()))
                        .max()
                        .orElse(0);
        for (int i = 0; i < count; i++) {
            Next next = seen.next().get(i);
            String waits = next.waitsFor().isEmpty() ? "" : "waits for " + next.waitsFor();
            Line line = line().add(i == 0 ? "Next up" : "", Tone.MUTED).to(GUTTER);
            line.add(
                    Cells.padded(next.issue(), Math.min(name, 24), paint.signs().more()),
                    Tone.PLAIN);
            int title = line.left() - 2 - (waits.isEmpty() ? 0 : Cells.width(waits) + 2);
            if (title >= 8) {
                line.add("  " + Cells.cut(next.title(), title, paint.signs().more()), Tone.PLAIN);
            }
            lines.add(line.add(waits.isEmpty() ? "" : "  " + waits, Tone.MUTED).done());
        }
        return lines;
    }

    private List<AttributedString> events(Overview seen, int room, boolean roomy) {
        List<AttributedString> lines = new ArrayList<>();
        int count = Math.min(room - (roomy ? 1 : 0), seen.events().size());
        if (count <= 0) {
            return lines;
        }
        if (roomy) {
            lines.add(AttributedString.EMPTY);
        }
        List<EventView> newest =
                seen.events().subList(seen.events().size() - count, seen.events().size());
        for (EventView event : newest) {
            String time = isToday(event.at()) ? Times.clock(event.at(), zone) : day(event.at());
            lines.add(
                    line().add((isRoomy() ? time : time.substring(0, 5)) + " ", Tone.MUTED)
                            .add(event.warning() ? "! " : "  ", Tone.WARNING)
                            .add(event.sentence(), event.warning() ? Tone.WARNING : Tone.PLAIN)
                            .done());
        }
        return lines;
    }

    private boolean isToday(Instant at) {
        return at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    }

    /** Month and day, as wide as a time of day. */
    private String day(Instant at) {
        return Times.local(at, zone).substring(5, 10) + "   ";
    }

    // ------------------------------------------------------------------- what is asked and said

    private List<AttributedString> bottom(Overview seen, View view) {
        if (view.question().isPresent()) {
            return said(view.question().get().text() + " y/n", Tone.WARNING);
        }
        if (view.mode() == Mode.FILTERING) {
            return List.of(filter(seen, view));
        }
        Optional<View.Notice> notice = view.notice();
        if (notice.isPresent()) {
            return said(notice.get().text(), notice.get().tone());
        }
        if (view.mode() == Mode.LOG) {
            return List.of(Help.logHints(line()));
        }
        return List.of(view.filter().isBlank() ? Help.hints(line()) : filter(seen, view));
    }

    /** A sentence or two, on as many lines as that takes. */
    List<AttributedString> said(String text, Tone tone) {
        return Cells.rows(Cells.plain(text), Math.max(1, cells - 1)).stream()
                .limit(4)
                .map(row -> line().add(row, tone).done())
                .toList();
    }

    private AttributedString filter(Overview seen, View view) {
        int shown = seen.shown(view.filter()).size();
        String count =
                shown == seen.workers().size()
                        ? ""
                        : "%d of %d shown".formatted(shown, seen.workers().size());
        String what = view.mode() == Mode.FILTERING ? "Enter keeps" : "Esc shows all";
        Line line = line().add("/", Tone.ACCENT);
        String words = view.filter();
        int room = Math.max(1, line.left() - count.length() - what.length() - 8);
        // What is typed stands at the end.
        while (Cells.width(words) > room) {
            words = words.substring(words.offsetByCodePoints(0, 1));
        }
        line.add(words, Tone.STRONG);
        if (view.mode() == Mode.FILTERING) {
            line.add(" ", Tone.CHOSEN);
        }
        return line.addWhole("   " + count, shown == 0 ? Tone.WARNING : Tone.MUTED)
                .addWhole("   " + what, Tone.MUTED)
                .done();
    }
}
