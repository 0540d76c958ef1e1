package orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import orchestrator.log.LogFile;
import orchestrator.log.LogKind;
import orchestrator.log.LogLine;
import orchestrator.log.LogQuery;
import orchestrator.log.LogRows;
import orchestrator.log.LogSearch;
import org.jspecify.annotations.Nullable;

/**
 * Prints a log as it grows, all of it or the lines that match; each line once, masked and free of
 * control characters. On a terminal it colours what stands out and cuts what is very long;
 * elsewhere lines are whole. One thread.
 */
final class LogPrinter implements AutoCloseable {
    private static final long STEP = 64L << 20;
    private static final int PAGE = 256;
    private static final int PAGE_CHARS = 8 << 20;
    private static final int LONGEST = 256 << 20;
    private static final long COLOURING_MS = 200;
    private static final String ERROR = "\033[31m";
    private static final String TOOL = "\033[36m";
    private static final String OURS = "\033[2m";
    private static final String PLAIN = "\033[0m";
    private static final String FOUND = "\033[7m";
    private static final String NOT_FOUND = "\033[27m";

    private final LogFile file;
    private final LogKind kind;
    private final Optional<LogQuery> grep;
    private final boolean colours;
    private final PrintWriter out;
    private @Nullable LogSearch search;
    private long generation;
    private long next;

    /**
     * A printer of one file, which need not exist.
     *
     * @param grep prints only what matches
     * @param colours for a terminal
     */
    LogPrinter(Path path, LogKind kind, Optional<LogQuery> grep, boolean colours, PrintWriter out) {
        file = new LogFile(path);
        this.kind = kind;
        this.grep = grep;
        this.colours = colours;
        this.out = out;
    }

    /**
     * Prints what there is beyond what was printed; a file that was made anew from its begin.
     *
     * @param last whether nothing more will come, so that a line without its end is one too
     * @return whether somebody still reads it
     * @throws orchestrator.model.Fault {@code log-unreadable}, {@code pattern-too-deep}
     */
    boolean print(boolean last) {
        LogFile.Look look = look();
        while (!look.complete()) {
            if (!rows(look, false)) {
                return false;
            }
            look = look();
        }
        boolean read = rows(look, last);
        out.flush();
        return read && !out.checkError();
    }

    private LogFile.Look look() {
        LogFile.Look look = file.look(STEP);
        if (look.generation() != generation) {
            generation = look.generation();
            next = 0;
            search = null;
        }
        return look;
    }

    private boolean rows(LogFile.Look look, boolean last) {
        LogQuery wanted = grep.orElse(null);
        if (wanted == null) {
            return rows((LogRows) file, last);
        }
        LogSearch going = search == null ? file.search(wanted).orElse(null) : search;
        search = going;
        if (going == null || going.generation() != look.generation()) {
            return true;
        }
        do {
            going.advance(STEP);
            if (!rows(going, last)) {
                return false;
            }
        } while (!going.progress().complete());
        return true;
    }

    private boolean rows(LogRows rows, boolean last) {
        long end = last ? rows.count() : rows.ended();
        while (next < end) {
            int most = (int) Math.min(PAGE, end - next);
            int printed = colours ? shown(rows, most) : whole(rows, most);
            if (printed == 0) {
                return true; // it was replaced; the next look begins anew
            }
            next += printed;
            if (out.checkError()) {
                return false;
            }
        }
        return true;
    }

    /** Lines as they are, as many as fit into memory. */
    private int whole(LogRows rows, int most) {
        int count = most;
        Optional<String> text = rows.copy(next, next + count - 1, PAGE_CHARS);
        while (text.isEmpty() && count > 1) {
            count = count / 2;
            text = rows.copy(next, next + count - 1, PAGE_CHARS);
        }
        if (text.isEmpty()) {
            text = rows.copy(next, next, LONGEST);
        }
        if (text.isEmpty()) {
            return shown(rows, 1);
        }
        out.print(text.get());
        return text.get().isEmpty() ? 0 : count;
    }

    private int shown(LogRows rows, int most) {
        List<LogLine> lines = rows.read(next, most);
        long deadline = System.nanoTime() + COLOURING_MS * 1_000_000;
        StringBuilder text = new StringBuilder();
        for (LogLine line : lines) {
            String cut =
                    line.cut()
                            ? String.format(Locale.ROOT, " … (cut, %,d bytes in all)", line.bytes())
                            : "";
            text.append(
                            colours
                                    ? coloured(line.text(), () -> System.nanoTime() > deadline)
                                    : line.text())
                    .append(cut)
                    .append('\n');
        }
        out.print(text);
        return lines.size();
    }

    private String coloured(String text, BooleanSupplier late) {
        String marked = text;
        try {
            List<LogQuery.Span> spans = grep.map(it -> it.spans(text, late)).orElse(List.of());
            StringBuilder parts = new StringBuilder();
            int from = 0;
            for (LogQuery.Span span : spans) {
                parts.append(text, from, span.from())
                        .append(FOUND)
                        .append(text, span.from(), span.to())
                        .append(NOT_FOUND);
                from = span.to();
            }
            marked = parts.append(text, from, text.length()).toString();
        } catch (CancellationException tooSlow) {
            // The lines are worth more than what is marked in them.
            marked = text;
        }
        String colour =
                switch (kind.markOf(text)) {
                    case ERROR -> ERROR;
                    case TOOL -> TOOL;
                    case NONE -> LogKind.isOurs(text) ? OURS : "";
                };
        return colour.isEmpty() ? marked : colour + marked + PLAIN;
    }

    @Override
    public void close() {
        file.close();
    }
}
