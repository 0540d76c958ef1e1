package orchestrator;

import java.io.PrintWriter;
import java.nio.file.Path;
import orchestrator.wiring.Training;
import orchestrator.wiring.TrainingWorkspace;

/**
 * What the build starts once, so that later starts are quick: see {@link Training}. Its argument is
 * {@code commands} or {@code window}, or {@code status} and a folder, which {@code lay-out} and the
 * same folder have filled before.
 */
public final class TrainingLauncher {
    private TrainingLauncher() {}

    /** Does it; the exit code is 0 when all was done. */
    public static void main(String[] arguments) throws Exception {
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        switch (arguments[0]) {
            case "lay-out" -> TrainingWorkspace.layOut(Path.of(arguments[1]));
            case "status" -> Training.status(Path.of(arguments[1]), err);
            case "window" -> Training.run(true, err);
            default -> Training.run(false, err);
        }
        System.exit(0);
    }
}
