package orchestrator.ui.shell;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Function;
import orchestrator.ui.logview.LogSource;
import orchestrator.ui.workers.TerminalOpener;

/**
 * What the window gets from outside beside the run.
 *
 * @param terminal opens the user's terminal, for attaching
 * @param logs makes the source of a log from its file; must not block, for it is called on the FX
 *     thread
 * @param clock the time that elapsed and remaining times are counted with
 * @param zone the zone that times of day are shown in
 */
public record WindowSettings(
        TerminalOpener terminal, Function<Path, LogSource> logs, InstantSource clock, ZoneId zone) {
    /** The system's clock and zone, logs read from their files, and no terminal. */
    public static WindowSettings defaults() {
        return new WindowSettings(
                TerminalOpener.NONE, LogSource::of, InstantSource.system(), ZoneId.systemDefault());
    }

    /** The same with a terminal. */
    public WindowSettings withTerminal(TerminalOpener next) {
        return new WindowSettings(next, logs, clock, zone);
    }

    /** The same with another way to read logs. */
    public WindowSettings withLogs(Function<Path, LogSource> next) {
        return new WindowSettings(terminal, next, clock, zone);
    }

    /** The same with another clock and zone. */
    public WindowSettings withClock(InstantSource next, ZoneId nextZone) {
        return new WindowSettings(terminal, logs, next, nextZone);
    }
}
