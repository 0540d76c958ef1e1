package orchestrator.ui;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.shell.WindowSettings;
import orchestrator.ui.workers.TerminalOpener;

/** A window over a scripted run at a scripted time. */
final class WindowFixture extends WindowHands {
    final FakeRunControl control;
    final AtomicReference<Instant> now;

    /** What the desktop was told. */
    final List<String> told;

    WindowFixture() throws Exception {
        this(TerminalOpener.NONE);
    }

    WindowFixture(TerminalOpener terminal) throws Exception {
        this(terminal, 1440, 900);
    }

    WindowFixture(TerminalOpener terminal, double width, double height) throws Exception {
        this(
                terminal,
                UserData.ofThisWindow(),
                new FakeRunControl(),
                new AtomicReference<>(SampleRun.NOW),
                new CopyOnWriteArrayList<>(),
                width,
                height);
    }

    /** A window that keeps what it remembers there. */
    static WindowFixture of(UserData user) throws Exception {
        return new WindowFixture(
                TerminalOpener.NONE,
                user,
                new FakeRunControl(),
                new AtomicReference<>(SampleRun.NOW),
                new CopyOnWriteArrayList<>(),
                1440,
                900);
    }

    private WindowFixture(
            TerminalOpener terminal,
            UserData user,
            FakeRunControl control,
            AtomicReference<Instant> now,
            List<String> told,
            double width,
            double height)
            throws Exception {
        super(
                control,
                WindowSettings.defaults()
                        .withClock(now::get, ZoneOffset.UTC)
                        .withTerminal(terminal)
                        .withDesktop((title, text) -> told.add(title + ": " + text))
                        .withUser(user),
                width,
                height);
        this.control = control;
        this.now = now;
        this.told = told;
    }
}
