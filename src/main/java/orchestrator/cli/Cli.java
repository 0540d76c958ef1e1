package orchestrator.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;

/** The command line's way in. Names nothing of picocli, so that {@code status} need not load it. */
public final class Cli {
    public static final int DONE = 0;
    public static final int FAILED_WORK = 1;
    public static final int WRONG_USE = 2;
    public static final int PREREQUISITE_MISSING = 3;
    public static final int HELD = 4;

    private final Workspaces workspaces;
    private final Function<List<String>, Integer> foreground;
    private final String version;
    private final Window window;
    private final Map<String, String> environment;

    /** What opens the window when no command is given. */
    @FunctionalInterface
    public interface Window {
        /** Shows it until it is closed. */
        void show(RunContext context, WorkspaceConfig config);

        /**
         * Shows where to begin, when there is no workspace here and none was named.
         *
         * @param none says so
         */
        default void welcome(Fault none) {
            throw none;
        }
    }

    /**
     * A command line.
     *
     * @param foreground runs words with the terminal inherited and returns their exit code
     * @param environment our own; {@code ORCHESTRATOR_DEBUG=1} prints the stack traces of failures
     */
    public Cli(
            Workspaces workspaces,
            Function<List<String>, Integer> foreground,
            Window window,
            Map<String, String> environment,
            String version) {
        this.environment = Map.copyOf(environment);
        this.workspaces = workspaces;
        this.foreground = foreground;
        this.version = version;
        this.window = window;
    }

    /** Runs the command the arguments name and returns the exit code. */
    public int run(String... arguments) {
        return run(printer(System.out), printer(System.err), arguments);
    }

    private static PrintWriter printer(PrintStream stream) {
        return new PrintWriter(stream, true, Screen.charset(stream));
    }

    /** The same, printing elsewhere. */
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        return StatusWords.of(arguments)
                .map(words -> status(words, out, err))
                .orElseGet(() -> command(out, err, arguments));
    }

    /**
     * Without picocli: to load it and to describe all commands to it takes longer than the rest.
     */
    private int status(StatusWords words, PrintWriter out, PrintWriter err) {
        WorkspaceOptions place = words.place();
        Failures failures = failures(err, place);
        try {
            out.println(StatusCommand.told(place, workspaces, words.json()));
            return DONE;
        } catch (RuntimeException | Error failure) {
            return failures.tell(failure);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int command(PrintWriter out, PrintWriter err, String... arguments) {
        Commands commands = new Commands(workspaces, foreground, window, environment, version);
        Failures failures = failures(err, commands.place());
        try {
            return commands.run(out, err, failures, arguments);
        } catch (RuntimeException | Error failure) {
            // What picocli does not hand to the handler: no failure leaves as a bare trace.
            return failures.tell(failure);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private Failures failures(PrintWriter err, WorkspaceOptions place) {
        return new Failures(err, place, environment, "orchestrator " + version);
    }
}
