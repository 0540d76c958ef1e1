package orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import orchestrator.monitor.Cleanup;
import orchestrator.monitor.LogRetention;
import orchestrator.monitor.Rehearsals;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Text;
import orchestrator.monitor.Workspaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code cleanup}: ends the session, removes the worktrees, keeps the branches; or compresses logs.
 */
@Command(
        name = "cleanup",
        mixinStandardHelpOptions = true,
        description = {
            "Ends all work and removes the worktrees; branches are kept.",
            "The tmux session ends too. What only a worktree holds (uncommitted, untracked or ignored files) is put into a rescue ref first, and its name is printed. With --logs it compresses the logs of completed issues instead, and leaves all else alone. With --rehearsal it ends the rehearsal and removes all of it, unless somebody has worked in it."
        },
        footer = {
            "",
            "Examples:",
            "  orchestrator cleanup",
            "  orchestrator cleanup --keep-worktrees     end the session only",
            "  orchestrator cleanup --logs --dry-run     show what compressing would free",
            "  orchestrator cleanup --rehearsal          remove the rehearsal, whole"
        })
final class CleanupCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;
    private final boolean terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--keep-worktrees", description = "End the session only.")
    private boolean keepWorktrees;

    @Option(
            names = "--logs",
            description =
                    "Compress the logs of completed issues, however young, and archives of the journal that speak of no others; they are read as before, also while a run goes on.")
    private boolean logs;

    @Option(
            names = "--dry-run",
            description = "With --logs: say what would be free, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--force",
            description = "With --rehearsal: remove also what somebody has put into it.")
    private boolean force;

    /**
     * The command.
     *
     * @param terminal whether long work shows a bar
     */
    CleanupCommand(WorkspaceOptions place, Workspaces workspaces, boolean terminal) {
        this.place = place;
        this.workspaces = workspaces;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (logs && keepWorktrees) {
            throw new ParameterException(
                    spec.commandLine(), "--logs touches no worktree; leave --keep-worktrees out.");
        }
        if (dryRun && !logs) {
            throw new ParameterException(spec.commandLine(), "--dry-run belongs to --logs.");
        }
        if (force && (!place.isRehearsal() || logs || keepWorktrees)) {
            throw new ParameterException(
                    spec.commandLine(), "--force belongs to --rehearsal alone.");
        }
        if (place.isRehearsal() && !logs && !keepWorktrees) {
            WorkspaceOptions.Defined rehearsed = place.readRehearsed();
            new Rehearsals(workspaces, rehearsed.workspace(), rehearsed.config())
                    .remove(force, spec.commandLine().getOut()::println);
            return Cli.DONE;
        }
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
        if (logs) {
            return compress(new LogRetention(looked));
        }
        RunContext context = workspaces.open(defined.workspace(), defined.config());
        boolean complete =
                new Cleanup(context, defined.config(), spec.commandLine().getOut()::println)
                        .run(keepWorktrees);
        return complete ? Cli.DONE : Cli.FAILED_WORK;
    }

    private int compress(LogRetention retention) {
        PrintWriter out = spec.commandLine().getOut();
        LogRetention.Plan plan = retention.all();
        if (plan.files().isEmpty()) {
            out.println(
                    "There is nothing to compress: no completed issue has logs of 16 KB or more that are not compressed.");
            return Cli.DONE;
        }
        out.println(
                "Logs of completed issues take %s that can be compressed (issues: %d, attempts: %d, logs: %d, archives of the journal: %d); about %s of it would be free."
                        .formatted(
                                Text.bytes(plan.bytes()),
                                plan.issues(),
                                plan.attempts(),
                                plan.files().size() - plan.archives(),
                                plan.archives(),
                                Text.bytes(plan.wouldFree())));
        out.flush();
        if (dryRun) {
            return Cli.DONE;
        }
        LogRetention.Done done;
        try (ProgressBar bar = new ProgressBar(out, terminal)) {
            done =
                    retention.compress(
                            plan,
                            (bytes, all) ->
                                    bar.at(
                                            bytes,
                                            all,
                                            Text.bytes(bytes) + " of " + Text.bytes(all)));
        }
        out.println(
                "Compressed %s; %s of it are free now. `logs`, the window and zless read them as before."
                        .formatted(Text.bytes(done.bytes()), Text.bytes(done.freed())));
        PrintWriter err = spec.commandLine().getErr();
        done.faults().forEach(fault -> err.println("orchestrator: " + fault.line()));
        return done.faults().isEmpty() ? Cli.DONE : Cli.FAILED_WORK;
    }
}
