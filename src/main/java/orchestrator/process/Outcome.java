package orchestrator.process;

import java.time.Duration;

/** How a {@link Command} ended. */
public sealed interface Outcome {
    /**
     * It exited, or was ended by a signal (then {@code code} is 128 + the signal's number).
     *
     * @param stdout decoded as UTF-8, malformed bytes replaced; cut at the runner's limit
     * @param stderr likewise
     */
    record Exited(int code, String stdout, String stderr) implements Outcome {
        public boolean ok() {
            return code == 0;
        }
    }

    /** It was killed after its timeout. */
    record TimedOut(Duration after, String stdout, String stderr) implements Outcome {}

    /** There was never a process. */
    record CouldNotStart(String reason) implements Outcome {}
}
