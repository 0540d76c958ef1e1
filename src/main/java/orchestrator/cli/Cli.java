package orchestrator.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import orchestrator.config.Workspace;
import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Text;
import orchestrator.monitor.Workspaces;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's way in. */
public final class Cli {
    public static final int DONE = 0;
    public static final int FAILED_WORK = 1;
    public static final int WRONG_USE = 2;
    public static final int PREREQUISITE_MISSING = 3;
    public static final int HELD = 4;

    private static final int LONGEST_MESSAGE = 300;

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
        // Where no locale is set, as in a container, Java would print ? for what is not ASCII.
        boolean unset = stream.charset().equals(StandardCharsets.US_ASCII);
        return new PrintWriter(stream, true, unset ? StandardCharsets.UTF_8 : stream.charset());
    }

    /** The same, printing elsewhere. */
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        Root root = new Root(workspaces, window);
        CommandLine line = new CommandLine(root);
        line.addSubcommand(
                new InitCommand(root.place, workspaces, Screen::isTerminal, Screen::answer));
        CommandLine imports = new CommandLine(new ImportCommand(root.place, workspaces));
        // So may a label.
        imports.setAllowOptionsAsOptionParameters(true);
        line.addSubcommand(imports);
        line.addSubcommand(new LaunchCommand(root.place, workspaces));
        line.addSubcommand(new MonitorCommand(root.place, workspaces));
        line.addSubcommand(new StatusCommand(root.place, workspaces));
        CommandLine addIssue = new CommandLine(new AddIssueCommand(root.place, workspaces));
        // A title may be any text, also one that looks like an option.
        addIssue.setAllowOptionsAsOptionParameters(true);
        line.addSubcommand(addIssue);
        line.addSubcommand(new MoveCommand(root.place));
        for (OrderCommand order : OrderCommands.all(root.place, workspaces)) {
            // A reason may be any text too.
            line.addSubcommand(new CommandLine(order).setAllowOptionsAsOptionParameters(true));
        }
        line.addSubcommand(new LogsCommand(root.place, workspaces, Screen.hasColours(environment)));
        line.addSubcommand(new AttachCommand(root.place, workspaces, foreground));
        line.addSubcommand(new CleanupCommand(root.place, workspaces));
        line.addSubcommand("rescue", RescueCommand.line(root.place, workspaces));
        line.addSubcommand(new DoctorCommand(root.place, workspaces));
        line.addSubcommand(new DashboardCommand(root.place, workspaces));
        line.addSubcommand(new CommandLine.HelpCommand());
        setVersion(line);
        Failures failures = new Failures(err, root.place, environment, "orchestrator " + version);
        line.setOut(out).setErr(err);
        // A value that begins with @ is a value: issues and titles are text of others.
        line.setExpandAtFiles(false);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failures.tell(failure));
        line.setParameterExceptionHandler(Cli::misused);
        line.setUsageHelpAutoWidth(true);
        try {
            return line.execute(arguments);
        } catch (RuntimeException | Error failure) {
            // What picocli does not hand to the handler: no failure leaves as a bare trace.
            return failures.tell(failure);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private void setVersion(CommandLine line) {
        line.getCommandSpec().version("orchestrator " + version);
        line.getSubcommands().values().forEach(this::setVersion);
    }

    private static int misused(ParameterException misuse, String[] arguments) {
        PrintWriter err = misuse.getCommandLine().getErr();
        err.println("orchestrator: " + sentence(misuse));
        err.println("Try: orchestrator " + commandName(misuse) + "--help");
        return WRONG_USE;
    }

    private static String sentence(ParameterException misuse) {
        if (!(misuse instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Text.oneLine(String.valueOf(misuse.getMessage()), LONGEST_MESSAGE);
        }
        boolean command = misuse.getCommandLine().getCommandSpec().parent() == null;
        String what = unmatched.isUnknownOption() ? "option" : command ? "command" : "argument";
        String word = Text.oneLine(unmatched.getUnmatched().getFirst(), LONGEST_MESSAGE);
        // Of options picocli tells the words with their parameters; the name is what is meant.
        String like =
                unmatched.getSuggestions().stream()
                        .map(suggestion -> suggestion.replaceFirst("[ =].*", ""))
                        .findFirst()
                        .orElse("");
        return "There is no %s '%s' here%s"
                .formatted(what, word, like.isEmpty() ? "." : "; did you mean " + like + "?");
    }

    private static String commandName(ParameterException misuse) {
        CommandSpec spec = misuse.getCommandLine().getCommandSpec();
        return spec.parent() == null ? "" : spec.name() + " ";
    }

    /** The program itself; its commands are added by hand with what they need. */
    @Command(
            name = "orchestrator",
            mixinStandardHelpOptions = true,
            description =
                    "Runs many coding agents at once: tmux windows, git worktrees, a pipeline of stages.",
            footer = {
                "",
                "Without a command it opens the window.",
                "Exit codes: 0 done, 1 failed work, 2 wrong use or configuration,",
                "3 prerequisite missing, 4 another monitor holds the workspace.",
                "ORCHESTRATOR_DEBUG=1 prints the stack trace of a failure."
            })
    static final class Root implements Runnable {
        @Mixin private final WorkspaceOptions place = new WorkspaceOptions();

        private final Workspaces workspaces;
        private final Window window;

        Root(Workspaces workspaces, Window window) {
            this.workspaces = workspaces;
            this.window = window;
        }

        @Override
        public void run() {
            WorkspaceOptions.Defined defined;
            try {
                defined = place.read();
            } catch (Fault fault) {
                if (place.isGiven() || !fault.code().equals(Workspace.NONE_HERE)) {
                    throw fault;
                }
                window.welcome(fault);
                return;
            }
            window.show(workspaces.open(defined.workspace(), defined.config()), defined.config());
        }
    }
}
