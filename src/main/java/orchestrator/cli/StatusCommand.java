package orchestrator.cli;

import java.util.concurrent.Callable;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: how the run stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows how the run stands.",
        footer = {"", "Example:", "  orchestrator status --json | jq .totals"})
final class StatusCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    StatusCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(told(place, workspaces, json));
        return Cli.DONE;
    }

    /**
     * How the run stands, as it is printed.
     *
     * @throws orchestrator.model.Fault when it cannot be told
     */
    static String told(WorkspaceOptions place, Workspaces workspaces, boolean json) {
        WorkspaceOptions.Defined defined = place.read();
        RunContext context = workspaces.look(defined.workspace(), defined.config());
        try (JournalFeed feed = new JournalFeed(context, defined.config())) {
            RunSnapshot snapshot = feed.latest();
            return json ? StatusJson.of(snapshot) : StatusText.of(snapshot);
        }
    }
}
