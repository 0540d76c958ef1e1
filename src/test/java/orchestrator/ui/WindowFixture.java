package orchestrator.ui;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.ui.settings.UserData;
import orchestrator.ui.shell.WindowSettings;

/** A window over a scripted run at a scripted time. */
final class WindowFixture extends WindowHands {
    final FakeRunControl control;
    final AtomicReference<Instant> now;

    /** What is kept of the user. */
    final UserData user;

    /** What the desktop was told. */
    final List<String> told;

    WindowFixture() throws Exception {
        this(1440, 900);
    }

    WindowFixture(double width, double height) throws Exception {
        this(
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
                user,
                new FakeRunControl(),
                new AtomicReference<>(SampleRun.NOW),
                new CopyOnWriteArrayList<>(),
                1440,
                900);
    }

    private WindowFixture(
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
                        .withDesktop((title, text) -> told.add(title + ": " + text))
                        .withUser(user),
                width,
                height);
        this.control = control;
        this.now = now;
        this.user = user;
        this.told = told;
    }
}
