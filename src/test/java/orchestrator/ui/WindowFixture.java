package orchestrator.ui;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.ui.shell.WindowSettings;
import orchestrator.ui.workers.TerminalOpener;

/** A window over a scripted run at a scripted time. */
final class WindowFixture extends WindowHands {
    final FakeRunControl control;
    final AtomicReference<Instant> now;

    WindowFixture() throws Exception {
        this(TerminalOpener.NONE);
    }

    WindowFixture(TerminalOpener terminal) throws Exception {
        this(terminal, 1440, 900);
    }

    WindowFixture(TerminalOpener terminal, double width, double height) throws Exception {
        this(terminal, new FakeRunControl(), new AtomicReference<>(SampleRun.NOW), width, height);
    }

    private WindowFixture(
            TerminalOpener terminal,
            FakeRunControl control,
            AtomicReference<Instant> now,
            double width,
            double height)
            throws Exception {
        super(
                control,
                WindowSettings.defaults()
                        .withClock(now::get, ZoneOffset.UTC)
                        .withTerminal(terminal),
                width,
                height);
        this.control = control;
        this.now = now;
    }
}
