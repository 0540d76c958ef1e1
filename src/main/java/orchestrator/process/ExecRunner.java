package orchestrator.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands through commons-exec. The executable is looked for on our own PATH, not on the one
 * the command sets. Text for standard input goes by way of a private file, so that neither side
 * waits for the other. A thread interrupted while it waits gets its flag back, after the child was
 * ended. The child's descendants are ended with it on a timeout or an interruption; those that
 * outlive a child that ended by itself are left alone.
 */
public final class ExecRunner implements CommandRunner {
    /** How many bytes of each stream are kept. */
    public static final int OUTPUT_LIMIT = 8 << 20;

    private static final File NULL_DEVICE = new File("/dev/null");

    private final int limit;

    /** A runner that keeps {@link #OUTPUT_LIMIT} bytes of each stream. */
    public ExecRunner() {
        this(OUTPUT_LIMIT);
    }

    /** A runner that keeps {@code limit} bytes of each stream. */
    ExecRunner(int limit) {
        this.limit = limit;
    }

    @Override
    public Outcome run(Command command) {
        Optional<String> refusal = Launching.refusal(command);
        if (refusal.isPresent()) {
            return new Outcome.CouldNotStart(refusal.get());
        }
        Started started = new Started(command, limit);
        try {
            int code = new Execution(started::start).run(command.argv().getFirst());
            return started.outcome(code);
        } catch (IOException e) {
            return new Outcome.CouldNotStart(Launching.reason(command, e));
        }
    }

    /** One run. */
    private static final class Started {
        private final Command command;
        private final int limit;
        private @Nullable Child child;

        Started(Command command, int limit) {
            this.command = command;
            this.limit = limit;
        }

        Process start() throws IOException {
            Path input = null;
            try {
                ProcessBuilder builder = Launching.builder(command).redirectInput(NULL_DEVICE);
                if (command.input().isPresent()) {
                    input = Files.createTempFile("orchestrator-input-", "");
                    Files.writeString(input, command.input().get());
                    builder.redirectInput(input.toFile());
                }
                Child made = new Child(builder.start(), command.timeout(), limit);
                child = made;
                return made;
            } finally {
                if (input != null) {
                    Files.delete(input);
                }
            }
        }

        Outcome outcome(int code) throws IOException {
            Child ended = child;
            if (ended == null) {
                throw new IOException("no process was made");
            }
            if (ended.interrupted()) {
                Thread.currentThread().interrupt();
            }
            return ended.timedOut()
                    ? new Outcome.TimedOut(command.timeout(), ended.stdout(), ended.stderr())
                    : new Outcome.Exited(code, ended.stdout(), ended.stderr());
        }
    }
}
