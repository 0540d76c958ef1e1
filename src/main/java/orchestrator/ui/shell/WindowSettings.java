package orchestrator.ui.shell;

import java.time.InstantSource;
import java.time.ZoneId;
import orchestrator.ui.news.NewsBell;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.workers.TerminalOpener;

/**
 * What the window gets from outside beside the run.
 *
 * @param terminal opens the user's terminal, for attaching
 * @param desktop shows notifications outside of the window
 * @param clock the time that elapsed and remaining times are counted with
 * @param zone the zone that times of day are shown in
 * @param user what is kept from one window to the next
 * @param welcome shows other workspaces to open
 * @param tray whether the program may show itself in the system's tray
 */
public record WindowSettings(
        TerminalOpener terminal,
        NewsBell.Desktop desktop,
        InstantSource clock,
        ZoneId zone,
        UserData user,
        Runnable welcome,
        boolean tray) {
    /** The system's clock and zone, no terminal, and nothing that outlasts the window. */
    public static WindowSettings defaults() {
        return new WindowSettings(
                TerminalOpener.NONE,
                NewsBell.Desktop.NONE,
                InstantSource.system(),
                ZoneId.systemDefault(),
                UserData.ofThisWindow(),
                () -> {},
                false);
    }

    /** The same with a terminal. */
    public WindowSettings withTerminal(TerminalOpener next) {
        return new WindowSettings(next, desktop, clock, zone, user, welcome, tray);
    }

    /** The same with another clock and zone. */
    public WindowSettings withClock(InstantSource next, ZoneId nextZone) {
        return new WindowSettings(terminal, desktop, next, nextZone, user, welcome, tray);
    }

    /** The same with what is kept of the user. */
    public WindowSettings withUser(UserData next) {
        return new WindowSettings(terminal, desktop, clock, zone, next, welcome, tray);
    }

    /** The same with a desktop to tell. */
    public WindowSettings withDesktop(NewsBell.Desktop next) {
        return new WindowSettings(terminal, next, clock, zone, user, welcome, tray);
    }

    /** The same with a way to other workspaces. */
    public WindowSettings withWelcome(Runnable next) {
        return new WindowSettings(terminal, desktop, clock, zone, user, next, tray);
    }

    /** The same with an icon in the system's tray, where there is one. */
    public WindowSettings withTray() {
        return new WindowSettings(terminal, desktop, clock, zone, user, welcome, true);
    }
}
