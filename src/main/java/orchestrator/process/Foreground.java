package orchestrator.process;

import java.io.IOException;
import java.util.Optional;
import orchestrator.model.Fault;

/**
 * Runs a command in the terminal of this process, such as one that attaches to a session: it gets
 * our standard input, output and error as they are. Blocks until it ends; the command's input and
 * timeout are not used.
 */
public final class Foreground {
    /**
     * Runs it. An interruption ends it and what it started; the flag is then set again.
     *
     * @return its exit code, 128 + the signal's number if a signal ended it
     * @throws Fault {@code cannot-start} when there was never a process
     */
    public int run(Command command) {
        Optional<String> refusal = Launching.refusal(command);
        if (refusal.isPresent()) {
            throw new Fault("cannot-start", sentence(refusal.get()));
        }
        try {
            Attended[] child = new Attended[1];
            int code =
                    new Execution(
                                    () -> {
                                        child[0] =
                                                new Attended(
                                                        Launching.builder(command)
                                                                .inheritIO()
                                                                .start());
                                        return child[0];
                                    })
                            .run(command.argv().getFirst());
            if (child[0].interrupted) {
                Thread.currentThread().interrupt();
            }
            return code;
        } catch (IOException e) {
            throw new Fault("cannot-start", sentence(Launching.reason(command, e)), e);
        }
    }

    private static String sentence(String reason) {
        return "The command was not run: " + reason + ".";
    }

    /** Waits without reading; an interruption ends the process with all it started. */
    private static final class Attended extends DelegatingProcess {
        private boolean interrupted;

        Attended(Process process) {
            super(process);
        }

        @Override
        public int waitFor() {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
                KillTree.end(process, Child.GRACE, () -> {});
                return code();
            }
        }
    }
}
