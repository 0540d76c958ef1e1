package orchestrator.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import orchestrator.model.Fault;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Order;
import orchestrator.monitor.Orders;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that is an order to the monitor, whichever process it is in; prints its answer. */
abstract class OrderCommand implements Callable<Integer> {
    private final WorkspaceOptions place;
    private final Workspaces workspaces;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    OrderCommand(WorkspaceOptions place, Workspaces workspaces) {
        this.place = place;
        this.workspaces = workspaces;
    }

    /**
     * What is ordered.
     *
     * @throws Fault {@code wrong-use}, {@code issue-unknown}
     */
    abstract Order order(WorkspaceConfig config);

    @Override
    public Integer call() {
        WorkspaceOptions.Defined defined = place.read();
        Order order = order(defined.config());
        // What only a running monitor can do needs no state folder where there is none.
        Orders orders =
                new Orders(
                        order.needsMonitor()
                                ? workspaces.look(defined.workspace(), defined.config())
                                : workspaces.open(defined.workspace(), defined.config()));
        return told(orders.send(order));
    }

    /** Prints what became of it and returns the exit code. */
    final int told(Orders.Reply reply) {
        spec.commandLine().getOut().println(reply.text());
        return switch (reply.outcome()) {
            case ACCEPTED, KEPT -> Cli.DONE;
            case REFUSED, UNANSWERED -> Cli.FAILED_WORK;
        };
    }

    final WorkspaceOptions place() {
        return place;
    }

    final Workspaces workspaces() {
        return workspaces;
    }

    static int worker(int number) {
        if (number < 1) {
            throw new Fault("wrong-use", "Workers are numbered from 1; see `status`.");
        }
        return number;
    }

    static Optional<String> reason(@Nullable String given) {
        return Optional.ofNullable(given).map(String::strip).filter(text -> !text.isEmpty());
    }

    static String needed(@Nullable String given) {
        return reason(given)
                .orElseThrow(() ->
                        new Fault("wrong-use", "Say why with --reason; the journal keeps it."));
    }
}
