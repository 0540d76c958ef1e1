package orchestrator.ui.logview;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import orchestrator.log.LogFile;
import orchestrator.log.LogKind;
import orchestrator.log.LogLine;
import orchestrator.log.LogQuery;
import orchestrator.log.LogRows;
import orchestrator.log.LogSearch;
import orchestrator.log.LogTimes;
import orchestrator.log.Spread;
import orchestrator.ui.logview.LogDocument.Match;
import orchestrator.ui.logview.LogDocument.Overview;
import orchestrator.ui.logview.LogDocument.Page;
import orchestrator.ui.logview.LogDocument.Row;
import org.jspecify.annotations.Nullable;

/** One step of reading a log. All of it blocks and runs off the FX thread. */
final class LogReading {
    private static final long STEP = 16L << 20;
    private static final long SEARCHED = 4L << 20;
    private static final Duration HIGHLIGHTING = Duration.ofMillis(200);

    private LogReading() {}

    /** What is wanted. {@code end}: the last rows, as many; else those from {@code first} on. */
    record Wish(boolean end, long first, int rows, boolean filter) {}

    record Open(Path path, LogKind kind, LogFile file, LogTimes times) {}

    record Found(LogFile.Look look, @Nullable LogSearch search, Page page, Overview overview) {}

    /** Off the FX thread. */
    static Found read(
            Open now,
            Wish wanted,
            @Nullable LogQuery sought,
            @Nullable LogSearch going,
            LogFile.@Nullable Look before,
            Page had) {
        LogFile.Look look = now.file().look(STEP);
        LogSearch search = going;
        if (sought != null && (search == null || search.generation() != look.generation())) {
            search = now.file().search(sought).orElse(null);
        }
        if (search != null) {
            search.advance(SEARCHED);
        }
        LogRows rows = wanted.filter() && search != null ? search : now.file();
        long count = wanted.filter() && search != null ? rows.count() : look.lines();
        Overview overview =
                wanted.filter()
                        ? Overview
                                .NONE // every row matches, and whether it is an error is not known
                        : new Overview(
                                now.file().marked(),
                                search == null ? Spread.NONE : search.spread());
        boolean standing = before != null && before.generation() == look.generation();
        if (standing && isStill(wanted, look, Objects.requireNonNull(before), count, had)) {
            return new Found(
                    look, search, new Page(count, had.first(), had.rows(), true), overview);
        }
        boolean unnumbered = wanted.end() && !wanted.filter() && !look.complete();
        List<LogLine> lines;
        long first = wanted.end() ? Math.max(0, count - wanted.rows()) : wanted.first();
        if (unnumbered) {
            lines = now.file().tail(Math.max(1, wanted.rows()));
        } else {
            first = Math.max(0, Math.min(first, count - 1));
            lines = rows.read(first, wanted.rows());
        }
        now.times().look();
        return new Found(
                look,
                search,
                new Page(count, first, rows(now, sought, lines), !unnumbered),
                overview);
    }

    /** Whether the rows that are shown are still what is wanted. */
    private static boolean isStill(
            Wish wanted, LogFile.Look look, LogFile.Look before, long count, Page had) {
        if (look.equals(before) && count == had.count()) {
            return had.numbered();
        }
        long last = had.first() + had.rows().size();
        // The last line may have grown.
        return !wanted.end()
                && had.numbered()
                && last == had.first() + wanted.rows()
                && last < had.count();
    }

    private static List<Row> rows(Open now, @Nullable LogQuery sought, List<LogLine> lines) {
        long deadline = System.nanoTime() + HIGHLIGHTING.toNanos();
        List<Row> rows = new ArrayList<>(lines.size());
        boolean late = false;
        for (LogLine line : lines) {
            List<LogQuery.Span> spans = List.of();
            if (sought != null && !late) {
                try {
                    spans = sought.spans(line.text(), () -> System.nanoTime() > deadline);
                } catch (CancellationException tooSlow) {
                    late = true; // the lines are worth more than their colours
                }
            }
            rows.add(
                    new Row(
                            line,
                            now.kind().markOf(line.text()),
                            spans,
                            now.times().at(now.kind(), line.offset())));
        }
        return rows;
    }

    static Optional<Match> nearest(
            LogFile file, LogSearch in, long row, boolean forward, boolean filtered) {
        long number;
        if (filtered) {
            number = forward ? row + 1 : row - 1;
        } else {
            List<LogLine> line = row < 0 ? List.of() : file.read(row, 1);
            long before = line.isEmpty() ? 0 : in.before(line.getFirst().offset());
            boolean itself =
                    !line.isEmpty()
                            && in.read(before, 1).stream().anyMatch(hit -> hit.number() == row);
            number = forward ? before + (itself ? 1 : 0) : before - 1;
        }
        long count = in.count();
        if (count == 0) {
            return Optional.empty();
        }
        long turned = number < 0 ? count - 1 : number >= count ? 0 : number;
        return in.read(turned, 1).stream()
                .findFirst()
                .map(hit -> new Match(filtered ? turned : hit.number(), turned));
    }
}
