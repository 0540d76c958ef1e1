package orchestrator.cli.dashboard;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import orchestrator.cli.dashboard.Keys.Motion;
import orchestrator.cli.dashboard.LogPage.Piece;
import orchestrator.cli.dashboard.LogPage.Spot;
import orchestrator.log.LogFile;
import orchestrator.model.Fault;
import orchestrator.monitor.Archive.AttemptLog;
import orchestrator.monitor.FolderWatch;

/**
 * A log that is read while it grows. It follows the end until one moves away from there, and again
 * once one is back. One thread; the file is looked at on another.
 */
final class LogView implements AutoCloseable {
    private static final long STEP = 16L << 20;

    private AttemptLog log;
    private final LogFile file;
    private final Looking looking;
    private volatile LogFile.Look newest = new LogFile.Look(0, false, 0, 0, 0);
    private volatile String trouble = "";
    private Optional<Spot> held = Optional.empty();
    private long generation;

    /**
     * What is seen of it.
     *
     * @param title whose log it is
     * @param place where in it one is
     * @param nothing what is said while there are no lines
     */
    record Screen(String title, String place, Tone tone, List<Piece> pieces, String nothing) {}

    /**
     * Begins to follow a log.
     *
     * @param moved is called, on another thread, when there is something new
     */
    LogView(AttemptLog log, Optional<FolderWatch> watch, Runnable moved) {
        this.log = log;
        Path path = log.transcript();
        file = new LogFile(path);
        Path name = path.getFileName();
        looking =
                new Looking(
                        "log-watch",
                        watch,
                        eyes -> {
                            Path folder = path.getParent();
                            if (folder != null && name != null) {
                                eyes.at(folder, name.toString()::equals);
                            }
                            return look(moved);
                        });
    }

    private boolean look(Runnable moved) {
        try {
            LogFile.Look now = file.look(STEP);
            boolean another = !now.equals(newest) || !trouble.isEmpty();
            newest = now;
            trouble = "";
            if (another) {
                moved.run();
            }
            return !now.complete();
        } catch (Fault e) {
            if (!e.sentence().equals(trouble)) {
                trouble = e.sentence();
                moved.run();
            }
            return false;
        }
    }

    /** Whose log it is. */
    AttemptLog log() {
        return log;
    }

    /** The same attempt, of which more is known. */
    void tell(AttemptLog more) {
        log = more;
    }

    /** Whether the end is followed. */
    boolean isFollowing() {
        return held.isEmpty();
    }

    /** Moves in it, on a page of that size. */
    void move(Motion motion, int cells, int rows) {
        LogPage page = new LogPage(file, cells, rows);
        Spot end = page.end();
        Spot from = held.orElse(end);
        int much = Math.max(1, rows - 2);
        Spot to =
                switch (motion) {
                    case UP -> page.moved(from, -1);
                    case DOWN -> page.moved(from, 1);
                    case PAGE_UP -> page.moved(from, -much);
                    case PAGE_DOWN -> page.moved(from, much);
                    case BEGIN -> Spot.BEGIN;
                    case END -> end;
                };
        held = to.compareTo(end) < 0 ? Optional.of(to) : Optional.empty();
    }

    /** What is seen of it on a page of that size. */
    Screen screen(String title, int cells, int rows) {
        LogFile.Look look = newest;
        if (look.generation() != generation) {
            generation = look.generation();
            held = Optional.empty();
        }
        LogPage page = new LogPage(file, cells, rows);
        List<Piece> pieces =
                held.map(page::from)
                        .orElseGet(() ->
                                look.complete()
                                        ? page.from(page.end())
                                        : page.last(file.tail(rows)));
        String nothing =
                trouble.isEmpty()
                        ? look.present() ? "Nothing said yet." : "There is no log yet."
                        : trouble;
        return new Screen(title, place(look, pieces), tone(), pieces, nothing);
    }

    private Tone tone() {
        return isFollowing() ? Tone.MUTED : Tone.ACCENT;
    }

    private String place(LogFile.Look look, List<Piece> pieces) {
        if (!look.complete()) {
            return "reading, %d %%".formatted(100 * look.indexed() / Math.max(1, look.size()));
        }
        if (isFollowing() || pieces.isEmpty()) {
            return log.endedAt().isPresent() ? "at the end" : "following";
        }
        return String.format(
                Locale.ROOT, "line %,d of %,d", pieces.getLast().line() + 1, file.count());
    }

    @Override
    public void close() {
        looking.close();
        file.close();
    }
}
