package orchestrator.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import orchestrator.model.RunSnapshot;
import orchestrator.monitor.JournalFeed;
import orchestrator.monitor.Planning;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import orchestrator.rules.Outlook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plan}: what is to come, in which order, and when all may be done. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the waves, what waits for what, and the expected finish.",
            "The critical path is marked; the finish is an estimate, by the median times of the stages completed so far."
        },
        footer = {
            "",
            "Examples:",
            "  orchestrator plan",
            "  orchestrator plan --json | jq -r .forecast.finish_at",
            "  orchestrator plan --json | jq '.waves[].issues[] | select(.blocked_forever)'"
        })
final class PlanCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;
    private final boolean colours;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    /**
     * The command.
     *
     * @param colours whether what stands out is coloured
     */
    PlanCommand(WorkspaceOptions place, Workspaces workspaces, boolean colours) {
        this.place = place;
        this.workspaces = workspaces;
        this.colours = colours;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        RunContext context = workspaces.look(defined.workspace(), defined.config());
        PrintWriter out = spec.commandLine().getOut();
        try (JournalFeed feed = new JournalFeed(context, defined.config())) {
            RunSnapshot snapshot = feed.latest();
            Outlook outlook = Planning.of(context).outlook();
            out.println(
                    json
                            ? PlanJson.of(snapshot, outlook)
                            : PlanText.of(snapshot, outlook, ZoneId.systemDefault(), colours));
        }
        return Cli.DONE;
    }
}
