package orchestrator.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import orchestrator.cli.dashboard.Dashboard;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.Order;
import orchestrator.monitor.Orders;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dashboard}: the run, live on all of the terminal; the last tmux window runs this. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the run live on all of this terminal.",
            "? tells its keys, q leaves it. Where there is no terminal, or only a dumb one, prints the status once."
        },
        footer = {"", "Example:", "  orchestrator dashboard --workspace ~/shop"})
final class DashboardCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;
    private final Function<List<String>, Integer> foreground;
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    /**
     * The command.
     *
     * @param foreground runs words with the terminal inherited and returns their exit code
     */
    DashboardCommand(
            WorkspaceOptions place,
            Workspaces workspaces,
            Function<List<String>, Integer> foreground,
            Map<String, String> environment) {
        this.place = place;
        this.workspaces = workspaces;
        this.foreground = foreground;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        RunContext context = workspaces.look(defined.workspace(), defined.config());
        PrintWriter out = spec.commandLine().getOut();
        if (!Screen.isWhole(environment)) {
            try (JournalFeed feed = new JournalFeed(context, defined.config())) {
                out.println(StatusText.of(feed.latest()));
            }
            return Cli.DONE;
        }
        Dashboard.run(
                context,
                defined.config(),
                order -> orders(order, context, defined),
                foreground,
                Screen.charset(System.out));
        if (isOnlyProcessOfItsPane()) {
            out.println("The dashboard was left; in tmux, Ctrl-b : respawn-pane opens it again.");
        }
        return Cli.DONE;
    }

    /** What only a running monitor can do needs no state folder where there is none. */
    private Orders orders(Order order, RunContext context, WorkspaceOptions.Defined defined) {
        return new Orders(
                order.needsMonitor()
                        ? context
                        : workspaces.open(defined.workspace(), defined.config()));
    }

    /** Whether tmux itself began it, so that no shell is there to go back to. */
    private boolean isOnlyProcessOfItsPane() {
        String[] tmux = environment.getOrDefault("TMUX", "").split(",", -1);
        return tmux.length > 1
                && ProcessHandle.current()
                        .parent()
                        .filter(parent -> tmux[tmux.length - 2].equals(Long.toString(parent.pid())))
                        .isPresent();
    }
}
