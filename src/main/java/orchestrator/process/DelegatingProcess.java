package orchestrator.process;

import java.io.InputStream;
import java.io.OutputStream;

/** A process as commons-exec sees it: the waiting is the subclass's, the streams are not its. */
abstract class DelegatingProcess extends Process {
    static final int KILLED = 137;

    final Process process;

    DelegatingProcess(Process process) {
        this.process = process;
    }

    /** Waits for the end; never throws for an interruption, but ends the process. */
    @Override
    public abstract int waitFor();

    /** The exit code; that of a killed one when not even KILL has ended it yet. */
    final int code() {
        return process.isAlive() ? KILLED : process.exitValue();
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
