package orchestrator.ui.shell;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.model.Fault;
import orchestrator.ui.news.NewsBell;
import orchestrator.ui.settings.UserData;

/**
 * What the window gets from outside beside the run.
 *
 * @param desktop shows notifications outside of the window
 * @param clock the time that elapsed and remaining times are counted with
 * @param zone the zone that times of day are shown in
 * @param user what is kept from one window to the next
 * @param welcome shows other workspaces to open
 * @param rehearsal shows the rehearsal of the window's workspace; empty: it has none
 * @param tray whether the program may show itself in the system's tray
 */
public record WindowSettings(
        NewsBell.Desktop desktop,
        InstantSource clock,
        ZoneId zone,
        UserData user,
        Runnable welcome,
        Optional<Rehearsing> rehearsal,
        boolean tray) {
    /** A way to a workspace's rehearsal. */
    @FunctionalInterface
    public interface Rehearsing {
        /**
         * Shows it in a window of its own, once it is laid out, then calls one of both. FX thread
         * only; returns at once.
         */
        void show(Runnable shown, Consumer<Fault> failed);
    }

    /** The system's clock and zone, and nothing that outlasts the window. */
    public static WindowSettings defaults() {
        return new WindowSettings(
                NewsBell.Desktop.NONE,
                InstantSource.system(),
                ZoneId.systemDefault(),
                UserData.ofThisWindow(),
                () -> {},
                Optional.empty(),
                false);
    }

    /** The same with another clock and zone. */
    public WindowSettings withClock(InstantSource next, ZoneId nextZone) {
        return new WindowSettings(desktop, next, nextZone, user, welcome, rehearsal, tray);
    }

    /** The same with what is kept of the user. */
    public WindowSettings withUser(UserData next) {
        return new WindowSettings(desktop, clock, zone, next, welcome, rehearsal, tray);
    }

    /** The same with a desktop to tell. */
    public WindowSettings withDesktop(NewsBell.Desktop next) {
        return new WindowSettings(next, clock, zone, user, welcome, rehearsal, tray);
    }

    /** The same with a way to other workspaces. */
    public WindowSettings withWelcome(Runnable next) {
        return new WindowSettings(desktop, clock, zone, user, next, rehearsal, tray);
    }

    /** The same with a way to the rehearsal of the workspace. */
    public WindowSettings withRehearsal(Rehearsing next) {
        return new WindowSettings(desktop, clock, zone, user, welcome, Optional.of(next), tray);
    }

    /** The same with an icon in the system's tray, where there is one. */
    public WindowSettings withTray() {
        return new WindowSettings(desktop, clock, zone, user, welcome, rehearsal, true);
    }
}
