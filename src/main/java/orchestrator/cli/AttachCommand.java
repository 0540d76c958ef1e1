package orchestrator.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import orchestrator.cli.shell.Asked;
import orchestrator.monitor.Attach;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code attach [N]}: the session in this terminal. */
@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        description = {
            "Attaches this terminal to the run's tmux session.",
            "At the window of worker N, if one is named. Leave again with Ctrl-b d; the workers go on."
        },
        footer = {"", "Examples:", "  orchestrator attach", "  orchestrator attach 2"})
final class AttachCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;
    private final Function<List<String>, Integer> foreground;

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            completionCandidates = Asked.Workers.class,
            description = "The worker's number.")
    private @Nullable Integer worker;

    AttachCommand(
            WorkspaceOptions place,
            Workspaces workspaces,
            Function<List<String>, Integer> foreground) {
        this.place = place;
        this.workspaces = workspaces;
        this.foreground = foreground;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        RunContext context = workspaces.look(defined.workspace(), defined.config());
        return foreground.apply(
                Attach.here(context, defined.config(), Optional.ofNullable(worker)));
    }
}
