package orchestrator.cli;

import java.util.List;
import java.util.Optional;
import orchestrator.cli.shell.Asked;
import orchestrator.model.Fault;
import orchestrator.model.IssueId;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Order;
import orchestrator.monitor.Orders;
import orchestrator.monitor.Workspaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that step into a run. */
final class OrderCommands {
    private static final String ISSUE = "The issue: project#number, or its number alone.";

    private OrderCommands() {}

    /** All of them. */
    static List<OrderCommand> all(WorkspaceOptions place, Workspaces workspaces) {
        return List.of(
                new Pause(place, workspaces),
                new Resume(place, workspaces),
                new Restart(place, workspaces),
                new Stop(place, workspaces),
                new Continue(place, workspaces),
                new Retry(place, workspaces),
                new Push(place, workspaces),
                new Complete(place, workspaces),
                new Fail(place, workspaces),
                new Park(place, workspaces));
    }

    /** One that is about an issue. */
    private abstract static class OnIssue extends OrderCommand {
        @Parameters(
                paramLabel = "PROJECT#N",
                completionCandidates = Asked.Issues.class,
                description = ISSUE)
        @SuppressWarnings("NullAway.Init") // required
        private String issue;

        OnIssue(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        final IssueId issue(WorkspaceConfig config) {
            return IssueWord.defined(issue, config);
        }
    }

    /** One that is about an issue and says why. */
    private abstract static class OnIssueForReason extends OnIssue {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private @Nullable String reason;

        OnIssueForReason(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        final String reason() {
            return needed(reason);
        }
    }

    /** One that is about an issue, or about all it can be about. */
    private abstract static class OnIssueOrAll extends OrderCommand {
        @Parameters(
                arity = "0..1",
                paramLabel = "PROJECT#N",
                completionCandidates = Asked.Issues.class,
                description = ISSUE)
        private @Nullable String issue;

        OnIssueOrAll(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        final Optional<IssueId> issue(WorkspaceConfig config) {
            return Optional.ofNullable(issue).map(word -> IssueWord.defined(word, config));
        }
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Launches nothing more until `resume`; what runs goes on.",
            footer = {"", "Example:", "  orchestrator pause --reason \"The office moves\""})
    private static final class Pause extends OrderCommand {
        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                description = "Why; the journal and `status` tell it.")
        private @Nullable String reason;

        Pause(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.pause(reason(reason));
        }
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Launches again after `pause`, or before a wait is over.",
            footer = {"", "Example:", "  orchestrator resume"})
    private static final class Resume extends OrderCommand {
        Resume(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.resume();
        }
    }

    @Command(
            name = "restart",
            mixinStandardHelpOptions = true,
            description = {
                "Starts a worker's stage again, with a summary of its progress.",
                "What it runs is ended first. Also after `stop N`."
            },
            footer = {"", "Example:", "  orchestrator restart 2"})
    private static final class Restart extends OrderCommand {
        @Parameters(
                paramLabel = "N",
                completionCandidates = Asked.Workers.class,
                description = "The worker's number.")
        private int worker;

        Restart(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.restart(worker(worker));
        }
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = {
                "Ends what a worker runs, or the whole run; nothing is lost.",
                "A worker keeps its issue and starts nothing until `restart`. Without a number all attempts and the monitor are ended; `launch` goes on."
            },
            footer = {
                "",
                "Examples:",
                "  orchestrator stop 2 --after-stage",
                "  orchestrator stop"
            })
    private static final class Stop extends OrderCommand {
        @Parameters(
                arity = "0..1",
                paramLabel = "N",
                completionCandidates = Asked.Workers.class,
                description = "The worker's number.")
        private @Nullable Integer worker;

        @Option(
                names = "--after-stage",
                description = "Lets worker N finish its stage first; `continue` takes it back.")
        private boolean afterStage;

        Stop(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        public Integer call() {
            if (worker != null) {
                return super.call();
            }
            if (afterStage) {
                throw new Fault(
                        "worker-missing",
                        "--after-stage is about one worker; name its number, such as `stop 2 --after-stage`.");
            }
            WorkspaceOptions.Defined defined = place().read();
            Orders orders = new Orders(workspaces().look(defined.workspace(), defined.config()));
            return told(orders.stopRun(defined.config()));
        }

        @Override
        Order order(WorkspaceConfig config) {
            int number = worker(worker == null ? 0 : worker);
            return afterStage ? Order.pauseWorker(number) : Order.stopWorker(number);
        }
    }

    @Command(
            name = "continue",
            mixinStandardHelpOptions = true,
            description = "Lets a worker that pauses or was stopped go on.",
            footer = {"", "Example:", "  orchestrator continue 2"})
    private static final class Continue extends OrderCommand {
        @Parameters(
                paramLabel = "N",
                completionCandidates = Asked.Workers.class,
                description = "The worker's number.")
        private int worker;

        Continue(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.continueWorker(worker(worker));
        }
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = {
                "Tries a failed or parked issue once more, or all that failed.",
                "Without an issue, every failed one; a parked one must be named."
            },
            footer = {"", "Examples:", "  orchestrator retry shop#52", "  orchestrator retry"})
    private static final class Retry extends OnIssueOrAll {
        Retry(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.retry(issue(config));
        }
    }

    @Command(
            name = "push",
            mixinStandardHelpOptions = true,
            description = {
                "Pushes an issue's branch now, or all that are not pushed.",
                "As a stage ends, its branch is pushed anyway; this is for one that could not be."
            },
            footer = {"", "Examples:", "  orchestrator push shop#52", "  orchestrator push"})
    private static final class Push extends OnIssueOrAll {
        Push(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.push(issue(config));
        }
    }

    @Command(
            name = "complete",
            mixinStandardHelpOptions = true,
            description = "Takes an issue for completed; what waits for it may begin.",
            footer = {"", "Example:", "  orchestrator complete shop#52"})
    private static final class Complete extends OnIssue {
        Complete(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.complete(issue(config));
        }
    }

    @Command(
            name = "fail",
            mixinStandardHelpOptions = true,
            description = "Takes an issue for failed; its worker takes the next one.",
            footer = {
                "",
                "Example:",
                "  orchestrator fail shop#52 --reason \"Not wanted any more\""
            })
    private static final class Fail extends OnIssueForReason {
        Fail(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.fail(issue(config), reason());
        }
    }

    @Command(
            name = "park",
            mixinStandardHelpOptions = true,
            description = "Lays an issue aside for a person; `retry` takes it up again.",
            footer = {"", "Example:", "  orchestrator park shop#52 --reason \"Needs a decision\""})
    private static final class Park extends OnIssueForReason {
        Park(WorkspaceOptions place, Workspaces workspaces) {
            super(place, workspaces);
        }

        @Override
        Order order(WorkspaceConfig config) {
            return Order.park(issue(config), reason());
        }
    }
}
