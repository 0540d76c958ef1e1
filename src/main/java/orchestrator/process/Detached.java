package orchestrator.process;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import orchestrator.model.Fault;

/** Starts programs of the user's desktop, which outlive us. */
final class Detached {
    /** A program that cannot do its work (no display, no such folder) mostly says so by then. */
    private static final Duration SETTLED = Duration.ofMillis(400);

    private Detached() {}

    /**
     * Starts it. Blocks for a moment to see whether it stays or ends well.
     *
     * @param what begins the sentence of a failure, such as {@code The editor code}
     * @throws Fault {@code not-started}
     */
    static void start(List<String> words, String what) {
        ProcessBuilder builder = new ProcessBuilder(words);
        Launching.inherited(builder).keySet().removeAll(List.of("TMUX", "TMUX_PANE"));
        File none = new File("/dev/null");
        builder.redirectInput(none).redirectOutput(none).redirectError(none);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new Fault(
                    "not-started",
                    "%s could not be started (%s); choose another in the settings."
                            .formatted(what, e.getMessage()),
                    e);
        }
        if (Await.until(SETTLED, () -> !process.isAlive()) && process.exitValue() != 0) {
            throw new Fault(
                    "not-started",
                    "%s ended at once with code %d; try it in a terminal: %s"
                            .formatted(what, process.exitValue(), String.join(" ", words)));
        }
    }
}
