package orchestrator.cli;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import orchestrator.monitor.Cleanup;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleanup}: ends the session, removes the worktrees, keeps the branches. */
@Command(
        name = "cleanup",
        mixinStandardHelpOptions = true,
        description = {
            "Ends all work and the tmux session, and removes the worktrees. Branches are always kept.",
            "What only a worktree holds (uncommitted, untracked or ignored files) is put into a rescue ref first,",
            "and its name is printed."
        },
        footer = {
            "",
            "Examples:",
            "  orchestrator cleanup",
            "  orchestrator cleanup --keep-worktrees     end the session only"
        })
final class CleanupCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--keep-worktrees", description = "End the session only.")
    private boolean keepWorktrees;

    CleanupCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        RunContext looked = workspaces.look(defined.workspace(), defined.config());
        if (!Files.exists(looked.state().root())) {
            // Without a state folder nothing can be ours, and none is made to say so.
            spec.commandLine()
                    .getOut()
                    .println(
                            "There is nothing to clean up: nothing was ever launched in %s."
                                    .formatted(defined.workspace().root()));
            return Cli.DONE;
        }
        RunContext context = workspaces.open(defined.workspace(), defined.config());
        boolean complete =
                new Cleanup(context, defined.config(), spec.commandLine().getOut()::println)
                        .run(keepWorktrees);
        return complete ? Cli.DONE : Cli.FAILED_WORK;
    }
}
