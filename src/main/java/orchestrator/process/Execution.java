package orchestrator.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * commons-exec's executor with the start replaced by ours. Its own start trims every argument,
 * turns back-slashes of the executable around and leaves standard input an open pipe; its pumps and
 * its watchdog cost three threads a run and end only the child, not what the child started. The
 * process we hand it ({@link Child}) reads and watches while it is waited for.
 */
final class Execution extends DefaultExecutor {
    /** Starts the process that is to be waited for. */
    @FunctionalInterface
    interface Start {
        Process process() throws IOException;
    }

    private final Start start;

    @SuppressWarnings("deprecation") // The builder that replaces it makes no subclass.
    Execution(Start start) {
        this.start = start;
        setStreamHandler(new NoStreams());
    }

    /** Starts it and waits for its end on this thread. */
    int run(String name) throws IOException {
        return execute(new CommandLine(name));
    }

    @Override
    protected Process launch(
            CommandLine command, @Nullable Map<String, String> environment, @Nullable Path folder)
            throws IOException {
        return start.process();
    }

    /** No exit code is a failure here: it is the caller's to judge. */
    @Override
    public boolean isFailure(int code) {
        return false;
    }

    /** The streams are read elsewhere, or are the terminal's. */
    private static final class NoStreams implements ExecuteStreamHandler {
        @Override
        public void setProcessInputStream(OutputStream stream) {}

        @Override
        public void setProcessErrorStream(InputStream stream) {}

        @Override
        public void setProcessOutputStream(InputStream stream) {}

        @Override
        public void start() {}

        @Override
        public void stop() {}
    }
}
