package orchestrator.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import orchestrator.model.Fault;
import orchestrator.monitor.MonitorHost;
import orchestrator.monitor.RunContext;
import orchestrator.monitor.Workspaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code monitor}: what window 0 runs. */
@Command(
        name = "monitor",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the monitor in this terminal, as tmux window 0 does.",
            "Ctrl-C ends it and leaves the workers at work; `launch` goes on from there."
        },
        footer = {"", "Example:", "  orchestrator monitor --workspace ~/shop"})
final class MonitorCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    MonitorCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        PrintWriter out = spec.commandLine().getOut();
        RunContext context = workspaces.openInWindow(defined.workspace(), defined.config());
        MonitorHost host = MonitorHost.start(context, defined.config(), "terminal", out::println);
        // Ctrl-C, a closed window, a shutdown: the monitor notes its end and lets the workspace go.
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("release")
                                .unstarted(() -> host.release("its terminal asked it to end")));
        host.join();
        Optional<Throwable> failure = host.failure();
        if (failure.isPresent() && failure.get() instanceof Fault fault) {
            throw fault;
        }
        if (failure.isPresent()) {
            throw new IllegalStateException("the monitor failed: " + failure.get(), failure.get());
        }
        return Cli.DONE;
    }
}
