package orchestrator.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import orchestrator.config.Workspace;
import orchestrator.model.Fault;
import orchestrator.monitor.Text;
import orchestrator.monitor.Workspaces;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, as picocli reads their words, explains them and says what is wrong with them. */
final class Commands {
    private static final int LONGEST_MESSAGE = 300;

    private final CommandLine line;
    private final WorkspaceOptions place;

    /** The same as {@link Cli} takes. */
    Commands(
            Workspaces workspaces,
            Function<List<String>, Integer> foreground,
            Cli.Window window,
            Map<String, String> environment,
            String version) {
        Root root = new Root(workspaces, window);
        place = root.place;
        line = new CommandLine(root);
        boolean whole = Screen.isWhole(environment);
        line.addSubcommand(
                new InitCommand(root.place, workspaces, Screen::isTerminal, Screen::answer));
        // A label may look like an option, as may a title and a reason below.
        line.addSubcommand(
                new CommandLine(new ImportCommand(root.place, workspaces, whole))
                        .setAllowOptionsAsOptionParameters(true));
        line.addSubcommand(new LaunchCommand(root.place, workspaces, whole));
        line.addSubcommand(new MonitorCommand(root.place, workspaces));
        line.addSubcommand(new StatusCommand(root.place, workspaces));
        boolean colours = Screen.hasColours(environment);
        line.addSubcommand(new PlanCommand(root.place, workspaces, colours));
        line.addSubcommand(
                new CommandLine(new AddIssueCommand(root.place, workspaces))
                        .setAllowOptionsAsOptionParameters(true));
        line.addSubcommand(new MoveCommand(root.place));
        for (OrderCommand order : OrderCommands.all(root.place, workspaces)) {
            line.addSubcommand(new CommandLine(order).setAllowOptionsAsOptionParameters(true));
        }
        line.addSubcommand(new LogsCommand(root.place, workspaces, colours));
        line.addSubcommand(ReportCommand.line(root.place, workspaces));
        line.addSubcommand(new AttachCommand(root.place, workspaces, foreground));
        line.addSubcommand(new CleanupCommand(root.place, workspaces, whole));
        line.addSubcommand("rescue", RescueCommand.line(root.place, workspaces));
        line.addSubcommand(new DoctorCommand(root.place, workspaces));
        line.addSubcommand(new DashboardCommand(root.place, workspaces, foreground, environment));
        line.addSubcommand(new ExplainCommand());
        line.addSubcommand(new CompletionCommand(root.place, workspaces));
        line.addSubcommand(new ManPageCommand(version));
        line.addSubcommand(HelpPages.ofHelp());
        HelpPages.apply(line);
        setVersion(line, "orchestrator " + version);
        // A value that begins with @ is a value: issues and titles are text of others.
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler(Commands::misused);
        line.setUsageHelpAutoWidth(true);
    }

    /** Which workspace the words choose, once they have been read. */
    WorkspaceOptions place() {
        return place;
    }

    /** Runs the command the words name and returns the exit code. */
    int run(PrintWriter out, PrintWriter err, Failures failures, String... words) {
        line.setOut(out).setErr(err);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failures.tell(failure));
        return line.execute(words);
    }

    /** Reads the words and runs nothing. */
    CommandLine.ParseResult parse(String... words) {
        return line.parseArgs(words);
    }

    private static void setVersion(CommandLine line, String version) {
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(command -> setVersion(command, version));
    }

    private static int misused(ParameterException misuse, String[] arguments) {
        PrintWriter err = misuse.getCommandLine().getErr();
        err.println("orchestrator: " + sentence(misuse));
        err.println("Try: orchestrator " + commandName(misuse) + "--help");
        return Cli.WRONG_USE;
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
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                Cli.DONE + ":done",
                Cli.FAILED_WORK + ":failed work, or an order that was refused",
                Cli.WRONG_USE + ":wrong use or configuration",
                Cli.PREREQUISITE_MISSING + ":a prerequisite is missing",
                Cli.HELD + ":another monitor holds the workspace"
            },
            footer = {
                "",
                "Without a command it opens the window.",
                "ORCHESTRATOR_DEBUG=1 prints the stack trace of a failure.",
                "",
                "Examples:",
                "  orchestrator                            open the window",
                "  orchestrator launch --dry-run           show the whole plan, change nothing",
                "  orchestrator launch --wait              begin, stay until all is done",
                "  orchestrator status --workspace ~/shop  how a run stands"
            })
    static final class Root implements Runnable {
        @Mixin private final WorkspaceOptions place = new WorkspaceOptions();

        private final Workspaces workspaces;
        private final Cli.Window window;

        Root(Workspaces workspaces, Cli.Window window) {
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
