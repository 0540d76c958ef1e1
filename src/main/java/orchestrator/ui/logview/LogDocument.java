package orchestrator.ui.logview;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import orchestrator.log.LogFile;
import orchestrator.log.LogKind;
import orchestrator.log.LogLine;
import orchestrator.log.LogQuery;
import orchestrator.log.LogRows;
import orchestrator.log.LogSearch;
import orchestrator.log.LogTimes;
import orchestrator.log.Spread;
import orchestrator.model.Fault;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The log that a viewer shows: how many rows there are, those near to what is looked at, and what
 * is searched. One read is under way at a time, at most: it looks what was appended, searches on a
 * little, and brings the rows that are wanted by then. FX thread only.
 */
final class LogDocument {

    /** What there is to show. */
    enum Content {
        /** There is no log. */
        NONE,
        /** It is empty, or not there yet. */
        SILENT,
        /** It could not be read: see {@link #fault}. */
        UNREADABLE,
        LINES
    }

    /**
     * A row: a line of the log, or one that matches.
     *
     * @param spans what of it matches
     * @param at when it came, if that is known
     */
    record Row(LogLine line, LogKind.Mark mark, List<LogQuery.Span> spans, Optional<Instant> at) {}

    /**
     * Rows that follow each other.
     *
     * @param count how many rows there are in all
     * @param first the number of the first of these
     * @param numbered false: these are the last ones, and the lines before are still being counted
     */
    record Page(long count, long first, List<Row> rows, boolean numbered) {
        static final Page EMPTY = new Page(0, 0, List.of(), true);

        /** The row of that number, if it is among these. */
        Optional<Row> row(long number) {
            long at = number - first;
            return at >= 0 && at < rows.size() ? Optional.of(rows.get((int) at)) : Optional.empty();
        }

        boolean holds(long from, long to) {
            return from >= first && Math.min(to, count) <= first + rows.size();
        }
    }

    /**
     * Where in all of the log errors stand and matches of the search; while it is filtered: none.
     */
    record Overview(Spread errors, Spread matches) {
        static final Overview NONE = new Overview(Spread.NONE, Spread.NONE);
    }

    /** A search: what for, how many were found, and how far it is. */
    record Finding(LogQuery query, long hits, double done, boolean complete) {}

    private final Background background;
    private final ReadOnlyObjectWrapper<Content> content =
            new ReadOnlyObjectWrapper<>(Content.NONE);
    private final ReadOnlyObjectWrapper<Optional<Fault>> patternFault =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper();
    private LogReading.@Nullable Open open;
    private @Nullable LogQuery query;
    private @Nullable LogSearch search;
    private LogFile.@Nullable Look look;
    private LogReading.Wish wish = new LogReading.Wish(true, 0, 0, false);
    private LogReading.@Nullable Wish satisfied;
    private Page page = Page.EMPTY;
    private Overview overview = Overview.NONE;
    private @Nullable Fault fault;
    private boolean busy;
    private int session;
    private AtomicBoolean seeking = new AtomicBoolean();

    LogDocument(Texts texts) {
        background = new Background(texts);
    }

    /** Shows another log, or none. The same log goes on as it is. */
    void open(Optional<Path> path, LogKind kind) {
        LogReading.Open now = open;
        if (now != null && path.filter(now.path()::equals).isPresent() && now.kind() == kind) {
            return;
        }
        release();
        path.ifPresent(it ->
                open =
                        new LogReading.Open(
                                it,
                                kind,
                                new LogFile(it, kind.query(LogKind.Mark.ERROR)),
                                new LogTimes(it)));
        content.set(path.isPresent() ? Content.SILENT : Content.NONE);
        changed();
        run();
    }

    /** Lets go of the file. */
    void release() {
        LogReading.Open now = open;
        open = null;
        session++;
        busy = false;
        stopSearch();
        look = null;
        satisfied = null;
        fault = null;
        page = Page.EMPTY;
        overview = Overview.NONE;
        if (now != null) {
            // A read that is under way holds it for as long.
            background.run("log-close", now.file()::close, () -> {}, _ -> {});
        }
    }

    private void stopSearch() {
        seeking.set(true);
        LogSearch now = search;
        if (now != null) {
            now.cancel();
        }
        search = null;
    }

    /** To be called ten times a second: reads what was appended. */
    void tick() {
        run();
    }

    /** Wants these rows. */
    void want(long first, int rows) {
        ask(new LogReading.Wish(false, Math.max(0, first), rows, wish.filter()));
    }

    /** Wants the last rows, and those that come. */
    void wantEnd(int rows) {
        ask(new LogReading.Wish(true, 0, rows, wish.filter()));
    }

    private void ask(LogReading.Wish next) {
        if (!next.equals(wish)) {
            wish = next;
            run();
        }
    }

    /** Looks for something else, or for nothing. */
    void find(Optional<LogQuery> next) {
        patternFault.set(Optional.empty());
        stopSearch();
        query = next.orElse(null);
        if (query == null) {
            wish = new LogReading.Wish(wish.end(), wish.first(), wish.rows(), false);
        }
        satisfied = null;
        changed();
        run();
    }

    /** Shows only what matches, or all. */
    void filter(boolean only) {
        wish = new LogReading.Wish(wish.end(), wish.first(), wish.rows(), only && query != null);
        satisfied = null;
        run();
    }

    boolean isFiltered() {
        return wish.filter();
    }

    private void run() {
        LogReading.Open now = open;
        if (now == null || busy || fault != null) {
            return;
        }
        busy = true;
        int of = session;
        LogReading.Wish wanted = wish;
        LogQuery sought = query;
        LogSearch going = search;
        boolean known = wanted.equals(satisfied);
        LogFile.Look before = look;
        Page had = page;
        background.run(
                "log-read",
                () -> LogReading.read(now, wanted, sought, going, known ? before : null, had),
                found -> take(of, wanted, sought, found),
                failure -> failed(of, failure));
    }

    private void take(
            int of, LogReading.Wish wanted, @Nullable LogQuery sought, LogReading.Found found) {
        if (of != session) {
            return;
        }
        busy = false;
        LogFile.Look before = look;
        boolean same =
                before != null
                        && before.equals(found.look())
                        && page.equals(found.page())
                        && overview.equals(found.overview())
                        && wanted.equals(satisfied);
        look = found.look();
        boolean current = Objects.equals(sought, query);
        boolean searching = false;
        if (current) {
            LogSearch next = found.search();
            searching = next != null && !next.progress().complete();
            same &= search == next && !searching;
            search = next;
            satisfied = wanted;
            page = found.page();
            overview = found.overview();
        }
        content.set(
                found.look().lines() > 0 || found.look().size() > 0
                        ? Content.LINES
                        : Content.SILENT);
        if (!same) {
            changed();
        }
        if (!current || searching || !found.look().complete() || !wish.equals(wanted)) {
            run();
        }
    }

    /**
     * What cannot be read is not tried again until another is shown: it would fail all the time.
     */
    private void failed(int of, Fault failure) {
        if (of == session) {
            busy = false;
            if (failure.code().startsWith("pattern-")) {
                find(Optional.empty());
                patternFault.set(Optional.of(failure));
                return;
            }
            fault = failure;
            content.set(Content.UNREADABLE);
            changed();
        }
    }

    private void changed() {
        changes.set(changes.get() + 1);
    }

    /** Counts what changed of all below. */
    ReadOnlyLongProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /** Why it cannot be read. */
    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** Why what was looked for cannot be. */
    ReadOnlyObjectProperty<Optional<Fault>> patternFaultProperty() {
        return patternFault.getReadOnlyProperty();
    }

    Page page() {
        return page;
    }

    Overview overview() {
        return overview;
    }

    /** Another number: another file stands there, and all rows are other ones. */
    long generation() {
        LogFile.Look now = look;
        return now == null ? 0 : now.generation();
    }

    /** How much of the file is counted, 0 to 1. */
    double indexed() {
        LogFile.Look now = look;
        return now == null || now.size() == 0 ? 1 : (double) now.indexed() / now.size();
    }

    /** The search; empty: nothing is looked for. */
    Optional<Finding> finding() {
        LogQuery sought = query;
        LogSearch now = search;
        if (sought == null) {
            return Optional.empty();
        }
        if (now == null) {
            return Optional.of(new Finding(sought, 0, 0, false));
        }
        LogSearch.Progress progress = now.progress();
        double done = progress.of() == 0 ? 1 : (double) progress.scanned() / progress.of();
        return Optional.of(new Finding(sought, progress.hits(), done, progress.complete()));
    }

    /** The row in which the line of that offset stands, or the next one, told to {@code to}. */
    void rowOf(long offset, LongConsumer to) {
        rows().ifPresent(rows -> seek(() -> rows.before(offset), to::accept));
    }

    /**
     * The nearest match after or before a row: its row and how many match before it.
     *
     * @param row −1: from the begin
     */
    void match(long row, boolean forward, Consumer<Optional<Match>> to) {
        LogSearch in = search;
        LogReading.Open now = open;
        if (in == null || now == null) {
            to.accept(Optional.empty());
            return;
        }
        boolean filtered = wish.filter();
        LogFile file = now.file();
        seek(() -> LogReading.nearest(file, in, row, forward, filtered), to);
    }

    /**
     * A match.
     *
     * @param row where it stands
     * @param number counts from 0
     */
    record Match(long row, long number) {}

    /** The nearest line with a mark, told to {@code to}; only while all lines are shown. */
    void mark(LogKind.Mark mark, long row, boolean forward, Consumer<OptionalLong> to) {
        LogReading.Open now = open;
        Optional<LogQuery> sought = now == null ? Optional.empty() : now.kind().query(mark);
        if (now == null || sought.isEmpty()) {
            to.accept(OptionalLong.empty());
            return;
        }
        AtomicBoolean stopped = new AtomicBoolean();
        seek(stopped, () -> now.file().seek(sought.get(), row, forward, stopped::get), to);
    }

    private <T> void seek(Supplier<T> work, Consumer<T> to) {
        seek(new AtomicBoolean(), work, to);
    }

    /** Only the last one asked for is answered. */
    private <T> void seek(AtomicBoolean stopped, Supplier<T> work, Consumer<T> to) {
        seeking.set(true);
        seeking = stopped;
        background.run(
                "log-seek",
                () -> {
                    try {
                        return Optional.of(work.get());
                    } catch (CancellationException another) {
                        return Optional.<T>empty();
                    }
                },
                found -> {
                    if (!stopped.get()) {
                        found.ifPresent(to);
                    }
                },
                failure -> failed(session, failure));
    }

    /** Off the FX thread: what the rows are read from now. */
    Optional<LogRows> rows() {
        LogSearch in = search;
        return wish.filter() && in != null
                ? Optional.of(in)
                : Optional.ofNullable(open).map(LogReading.Open::file);
    }
}
