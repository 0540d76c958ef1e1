package orchestrator.process;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import orchestrator.model.Fault;

/**
 * A child process on a terminal of ours: what it writes is read from {@link #output}, what is typed
 * is given to {@link #write}. The command's input and timeout are not used. Any thread; one reads.
 */
public final class PseudoTerminal implements AutoCloseable {
    private static final Duration HANG_UP = Duration.ofSeconds(2);
    private final PtyProcess process;

    private PseudoTerminal(PtyProcess process) {
        this.process = process;
    }

    /**
     * Starts a command on a terminal of that size, with {@code TERM} set to what a window's
     * terminal understands. Blocks for the start.
     *
     * @param columns 1 or more
     * @param rows 1 or more
     * @throws Fault {@code cannot-start} when there is no process
     */
    public static PseudoTerminal start(Command command, int columns, int rows) {
        Optional<String> refusal = Launching.refusal(command);
        if (refusal.isPresent()) {
            throw new Fault("cannot-start", sentence(refusal.get()));
        }
        Map<String, String> environment = new HashMap<>(Launching.builder(command).environment());
        environment.put("TERM", "xterm-256color");
        environment.put("COLORTERM", "truecolor");
        PtyProcessBuilder builder =
                new PtyProcessBuilder(command.argv().toArray(String[]::new))
                        .setEnvironment(environment)
                        .setInitialColumns(columns)
                        .setInitialRows(rows);
        command.directory().ifPresent(folder -> builder.setDirectory(folder.toString()));
        try {
            return new PseudoTerminal(NativeFolder.with(builder::start));
        } catch (IOException e) {
            throw refused(Launching.reason(command, e), e);
        } catch (LinkageError | IllegalStateException e) {
            throw refused(
                    "this machine's part of the terminal could not be loaded from %s (%s); name a folder that programs may be loaded from with -Djava.io.tmpdir, or choose another terminal in the settings"
                            .formatted(NativeFolder.place(), e.getMessage()),
                    e);
        }
    }

    private static Fault refused(String reason, Throwable failure) {
        return new Fault("cannot-start", sentence(reason), failure);
    }

    private static String sentence(String reason) {
        return "The terminal was not opened: " + reason + ".";
    }

    /** What the process writes, as it comes; ends when the process does. */
    public InputStream output() {
        return process.getInputStream();
    }

    /**
     * Types.
     *
     * @throws IOException when the process has ended
     */
    public void write(byte[] typed) throws IOException {
        process.getOutputStream().write(typed);
        process.getOutputStream().flush();
    }

    /** Tells the process another size; nothing happens when it has ended. */
    public void resize(int columns, int rows) {
        if (process.isAlive()) {
            process.setWinSize(new WinSize(columns, rows));
        }
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process. */
    public long pid() {
        return process.pid();
    }

    /** Waits for the end of the process; its exit code. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /**
     * Hangs up, as when a terminal's window is closed; a process that stays nevertheless is ended
     * with all it started. Blocks for a few seconds at most.
     */
    @Override
    public void close() {
        if (process.isAlive() && process instanceof UnixPtyProcess unix) {
            unix.hangup();
        }
        if (!Await.until(HANG_UP, () -> !process.isAlive())) {
            ProcessHandle.of(process.pid())
                    .ifPresent(handle -> KillTree.end(handle, Child.GRACE, () -> {}));
        }
        try {
            process.getOutputStream().close();
            process.getInputStream().close();
        } catch (IOException e) {
            // The other end has gone first: there is nothing left to close.
        }
    }
}
