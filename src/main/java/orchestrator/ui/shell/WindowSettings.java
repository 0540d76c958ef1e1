package orchestrator.ui.shell;

import java.time.InstantSource;
import java.time.ZoneId;
import orchestrator.ui.workers.TerminalOpener;

/**
 * What the window gets from outside beside the run.
 *
 * @param terminal opens the user's terminal, for attaching
 * @param clock the time that elapsed and remaining times are counted with
 * @param zone the zone that times of day are shown in
 */
public record WindowSettings(TerminalOpener terminal, InstantSource clock, ZoneId zone) {
    /** The system's clock and zone, and no terminal. */
    public static WindowSettings defaults() {
        return new WindowSettings(
                TerminalOpener.NONE, InstantSource.system(), ZoneId.systemDefault());
    }

    /** The same with a terminal. */
    public WindowSettings withTerminal(TerminalOpener next) {
        return new WindowSettings(next, clock, zone);
    }

    /** The same with another clock and zone. */
    public WindowSettings withClock(InstantSource next, ZoneId nextZone) {
        return new WindowSettings(terminal, next, nextZone);
    }
}
