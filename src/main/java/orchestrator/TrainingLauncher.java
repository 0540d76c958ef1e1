package orchestrator;

import java.io.PrintWriter;
import java.util.List;
import orchestrator.wiring.Training;

/**
 * What the build starts once, so that later starts are quick: see {@link Training}. Its argument is
 * {@code commands} or {@code window}.
 */
public final class TrainingLauncher {
    private TrainingLauncher() {}

    /** Does it; the exit code is 0 when all was done. */
    public static void main(String[] arguments) throws Exception {
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        Training.run(List.of(arguments).equals(List.of("window")), err);
        System.exit(0);
    }
}
