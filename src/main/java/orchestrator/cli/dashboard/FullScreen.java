package orchestrator.cli.dashboard;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import orchestrator.model.Fault;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Signals;

/**
 * The terminal of this process, all of it: another screen than the shell's, no cursor, keys as they
 * are pressed. The shell's own is there again after {@link #close}, and however the process ends
 * that can still do something about it: by an exception, TERM, HUP, Ctrl-C.
 *
 * <p>Lines are drawn where they differ from those that are there, in one synchronized update. One
 * thread draws; closing may be done by any.
 */
final class FullScreen implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int USUAL_ROWS = 24;
    private static final int USUAL_COLUMNS = 80;

    /** Pasted text comes as such, and is not taken for keys. */
    private static final String PASTES = "\033[?2004h";

    private static final String NO_PASTES = "\033[?2004l";

    private final Terminal terminal;
    private final Attributes shells;
    private final Attributes ours;
    private final Display display;
    private final Paint paint;
    private final KeyReader keys = new KeyReader(new FileInputStream(FileDescriptor.in));
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread hook;
    private boolean shown;
    private boolean closed;

    private FullScreen(Terminal terminal, Paint paint) {
        this.terminal = terminal;
        this.paint = paint;
        shells = terminal.getAttributes();
        ours = raw(shells);
        display = new Display(terminal, true);
        // Lines that are moved flicker where updates are not synchronized.
        display.setScrollOptimization(false);
        hook = Thread.ofPlatform().name("restore-terminal").unstarted(this::restore);
    }

    /**
     * Gets hold of the terminal; nothing is seen of that yet. Blocks for {@code stty}.
     *
     * @param environment {@code NO_COLOR} wants no colours
     * @param charset in which text is written
     * @throws Fault {@code terminal-unusable}
     */
    static FullScreen open(Map<String, String> environment, Charset charset) {
        try {
            Terminal terminal =
                    TerminalBuilder.builder()
                            .system(true)
                            .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                            .dumb(false)
                            .nativeSignals(false)
                            .graphemeCluster(false)
                            .encoding(charset)
                            .stdoutEncoding(charset)
                            .build();
            if (terminal.getStringCapability(Capability.cursor_address) == null) {
                terminal.close();
                throw unusable("a terminal of type %s has no cursor".formatted(terminal.getType()));
            }
            Integer has = terminal.getNumericCapability(Capability.max_colors);
            boolean none = !environment.getOrDefault("NO_COLOR", "").isEmpty();
            int colours = none || has == null ? 0 : has;
            return new FullScreen(terminal, new Paint(colours, Paint.Signs.of(charset)));
        } catch (IOException | IllegalStateException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    /** Draws lines where nobody sees them, and looks for a terminal where there may be none. */
    static void train(List<AttributedString> lines, Map<String, String> environment) {
        try (Terminal nowhere =
                TerminalBuilder.builder()
                        .type("xterm-256color")
                        .streams(InputStream.nullInputStream(), OutputStream.nullOutputStream())
                        .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                        .paused(true)
                        .build()) {
            Display display = new Display(nowhere, true);
            display.resize(Size.of(200, 50));
            display.update(lines, -1);
        } catch (IOException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
        try {
            open(environment, StandardCharsets.UTF_8).close();
        } catch (Fault none) {
            // What a start would load has been loaded by then.
            return;
        }
    }

    private static Fault unusable(String why) {
        return new Fault(
                "terminal-unusable",
                "This terminal cannot show the dashboard: %s; see TERM and stty, or use `status`."
                        .formatted(why));
    }

    /** Keys at once, each as it is, and one byte at a time. */
    private static Attributes raw(Attributes shells) {
        Attributes raw = new Attributes(shells);
        for (LocalFlag flag :
                List.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN, LocalFlag.ISIG)) {
            raw.setLocalFlag(flag, false);
        }
        for (InputFlag flag : List.of(InputFlag.IXON, InputFlag.ICRNL, InputFlag.INLCR)) {
            raw.setInputFlag(flag, false);
        }
        raw.setControlChar(ControlChar.VMIN, 1);
        raw.setControlChar(ControlChar.VTIME, 0);
        return raw;
    }

    /**
     * Takes all of the screen.
     *
     * @param changed is called, on another thread, when its size may have changed or another
     *     program may have drawn on it
     */
    void enter(Runnable changed) {
        Runtime.getRuntime().addShutdownHook(hook);
        var _ = Signals.register("WINCH", changed);
        var _ = Signals.register("CONT", () -> goOn(changed));
        show();
    }

    /** After a stop: the shell has had the terminal meanwhile. */
    private void goOn(Runnable changed) {
        lock.lock();
        try {
            if (shown) {
                show();
                changed.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private void show() {
        lock.lock();
        try {
            if (!closed) {
                terminal.setAttributes(ours);
                shown = true;
                write(
                        capability(Capability.enter_ca_mode)
                                + capability(Capability.cursor_invisible)
                                + capability(Capability.exit_am_mode)
                                + PASTES);
                measure();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the size anew; all is drawn anew. */
    Size measure() {
        lock.lock();
        try {
            Size size = terminal.getSize();
            boolean known = size.getColumns() > 0 && size.getRows() > 0;
            Size used = known ? size : Size.of(USUAL_COLUMNS, USUAL_ROWS);
            display.resize(used);
            display.clear();
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** How it looks here. */
    Paint paint() {
        return paint;
    }

    /** What is pressed. */
    KeyReader keys() {
        return keys;
    }

    /** Has these lines be what is seen; as many as there are rows. */
    void draw(List<AttributedString> lines) {
        lock.lock();
        try {
            if (shown) {
                display.update(lines, -1);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the terminal to other work as the shell had it, and takes it again. */
    <T> T lend(Supplier<T> work) {
        hide();
        try {
            return work.get();
        } finally {
            show();
        }
    }

    private void hide() {
        lock.lock();
        try {
            if (shown) {
                shown = false;
                write(
                        NO_PASTES
                                + capability(Capability.exit_attribute_mode)
                                + capability(Capability.enter_am_mode)
                                + capability(Capability.cursor_normal)
                                + capability(Capability.exit_ca_mode));
                terminal.setAttributes(shells);
            }
        } finally {
            lock.unlock();
        }
    }

    private String capability(Capability capability) {
        String sequence = terminal.getStringCapability(capability);
        return sequence == null ? "" : Curses.tputs(sequence);
    }

    /** Not through the terminal's own writer, which may have been closed by its own hook. */
    private void write(String sequences) {
        byte[] bytes = sequences.getBytes(StandardCharsets.ISO_8859_1);
        System.out.write(bytes, 0, bytes.length);
        // Where it fails the terminal is gone, and with it what was to be restored.
        closed |= System.out.checkError();
    }

    private void restore() {
        try {
            // A terminal that takes nothing any more must not hold up the end of the process.
            if (lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    hide();
                } catch (IllegalStateException | IOError e) {
                    // Closed by its own hook meanwhile, which restores the same.
                    closed = true;
                } finally {
                    closed = true;
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        restore();
        try {
            terminal.close();
        } catch (IOException e) {
            throw unusable("it could not be restored, `reset` does that (%s)".formatted(e));
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process ends already, and the hook does it.
            return;
        }
    }
}
