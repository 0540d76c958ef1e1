package orchestrator;

import orchestrator.wiring.Program;

/**
 * The way in. Not a JavaFX application itself: a main class that is one does not start from the
 * class path.
 */
public final class Launcher {
    private Launcher() {}

    /** Runs the command the arguments name, or opens the window without one. */
    public static void main(String[] arguments) {
        int code = Program.run(arguments);
        System.exit(code);
    }
}
