package orchestrator.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import orchestrator.process.Await;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dashboard}: the status, live; the last tmux window runs this. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description =
                "Shows the status live in this terminal; Ctrl-C leaves it. Without a terminal it prints it once.",
        footer = {"", "Example:", "  orchestrator dashboard --workspace ~/shop"})
final class DashboardCommand implements Callable<Integer> {
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final WorkspaceOptions place;
    private final Workspaces workspaces;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    DashboardCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        RunContext context = workspaces.look(defined.workspace(), defined.config());
        PrintWriter out = spec.commandLine().getOut();
        try (JournalFeed feed = new JournalFeed(context, defined.config())) {
            if (!Screen.isTerminal()) {
                out.println(StatusText.of(feed.latest()));
                return Cli.DONE;
            }
            String[] shown = {""};
            Await.until(
                    FOREVER,
                    REFRESH,
                    () -> {
                        shown[0] = redraw(out, shown[0], StatusText.of(feed.latest()));
                        // Its terminal is gone: nobody looks any more.
                        return out.checkError();
                    });
        }
        return Cli.DONE;
    }

    /** Overwrites in place and clears only what is left over, so that nothing flickers. */
    private static String redraw(PrintWriter out, String shown, String text) {
        if (!text.equals(shown)) {
            String start = shown.isEmpty() ? "\033[2J\033[H" : "\033[H";
            out.print(
                    start
                            + text.lines().collect(Collectors.joining("\033[K\r\n"))
                            + "\033[K\033[J");
            out.flush();
        }
        return text;
    }
}
