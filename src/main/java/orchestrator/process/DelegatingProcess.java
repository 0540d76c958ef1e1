package orchestrator.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A process as commons-exec sees it: the waiting is the subclass's, the streams are not its. */
abstract class DelegatingProcess extends Process {
    static final int KILLED = 137;
    private static final Duration COLLECTED = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(1);

    final Process process;

    DelegatingProcess(Process process) {
        this.process = process;
    }

    /** Waits for the end; never throws for an interruption, but ends the process. */
    @Override
    public abstract int waitFor();

    /**
     * The exit code of one that was ended; that of a killed one when not even KILL has ended it
     * yet. The Java machine learns of an end a moment after the system shows it.
     */
    final int code() {
        return Await.until(COLLECTED, LOOK, () -> !process.isAlive())
                ? process.exitValue()
                : KILLED;
    }

    @Override
    public final InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public final InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public final OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public final int exitValue() {
        return process.exitValue();
    }

    @Override
    public final void destroy() {
        process.toHandle().destroy();
    }

    @Override
    public final long pid() {
        return process.pid();
    }

    @Override
    public final ProcessHandle toHandle() {
        return process.toHandle();
    }
}
