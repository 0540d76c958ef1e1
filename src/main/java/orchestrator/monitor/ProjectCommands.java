package orchestrator.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.log.LogTail;
import orchestrator.log.Secrets;
import orchestrator.model.Attempt;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Gate;
import orchestrator.model.IssueId;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.WorktreeSetup;
import orchestrator.process.Command;
import orchestrator.process.Outcome;
import orchestrator.store.AttemptFolder;

/**
 * Runs the commands that a project's configuration names: the setup of a new worktree and the gates
 * of stages. They carry a mark in their environment, so that what is left of one is found and ended
 * before another begins. Blocks; safe on any thread.
 */
final class ProjectCommands {
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** What of a gate's output is kept in the journal and shown to the agent, in characters. */
    private static final int TAIL = 8_000;

    private static final int TAIL_LINES = 200;

    /** Everything a command prints goes to a file: it may be much, and it is evidence. */
    private static final String LOGGED = "exec >\"$1\" 2>&1 </dev/null; exec sh -c \"$2\"";

    private final RunContext context;
    private final Map<IssueId, String> gates = new ConcurrentHashMap<>();
    private volatile boolean closed;

    ProjectCommands(RunContext context) {
        this.context = context;
    }

    /** The mark of a gate's processes. */
    private static String gateMark(Attempt attempt) {
        return attempt.id() + "-gate";
    }

    /** From now on none is begun: another monitor may have the workspace. */
    void close() {
        closed = true;
    }

    private Outcome run(Command command) {
        if (closed) {
            throw new Fault("handed-over", "The monitor has ended; the next one runs this.");
        }
        return context.ports().commands().run(command);
    }

    /** Runs the gate of a stage whose agent has finished, and tells how it ended. */
    Event gate(Attempt attempt, Gate gate, Path worktree) {
        String mark = gateMark(attempt);
        gates.put(attempt.issue(), mark);
        try {
            end(mark);
            Path log = AttemptFolder.of(context.state(), attempt).path().resolve("gate.log");
            Instant begun = now();
            Outcome outcome =
                    run(
                            marked(
                                    Command.of(
                                                    "sh",
                                                    "-c",
                                                    LOGGED,
                                                    "gate",
                                                    log.toString(),
                                                    gate.command())
                                            .in(worktree)
                                            .within(gate.timeout()),
                                    mark));
            if (outcome instanceof Outcome.Exited exited && exited.ok()) {
                return new Event.GatePassed(
                        attempt.issue(), attempt.id(), Duration.between(begun, now()).toSeconds());
            }
            return new Event.GateFailed(
                    attempt.issue(), attempt.id(), how(outcome), tail(log) + reason(outcome));
        } finally {
            gates.remove(attempt.issue(), mark);
        }
    }

    /** Ends a gate of the issue that still runs; nothing of it is left when this returns. */
    void endGate(IssueId issue) {
        Optional.ofNullable(gates.get(issue)).ifPresent(this::end);
    }

    /** Ends all gates that run. */
    void endGates() {
        gates.values().forEach(this::end);
    }

    private void end(String mark) {
        List<ProcessIdentity> left =
                context.ports().processes().end(AttemptFolder.MARKER, mark, Duration.ZERO, GRACE);
        if (!left.isEmpty()) {
            throw new Fault(
                    "gate-stays",
                    "Processes of a gate cannot be ended: %s; end them by hand.".formatted(left));
        }
    }

    /** Sets a new worktree up. */
    void setUp(IssueId issue, WorktreeSetup setup, Path worktree) {
        if (setup.command().isEmpty()) {
            return;
        }
        String mark = "setup-" + context.workspaceId() + "-" + issue;
        end(mark);
        Command command =
                Command.of("sh", "-c", "exec 2>&1 </dev/null; exec sh -c \"$1\"", "setup")
                        .in(worktree)
                        .within(setup.timeout());
        Outcome outcome = run(marked(command.and(setup.command().get()), mark));
        if (outcome instanceof Outcome.Exited exited && exited.ok()) {
            return;
        }
        throw new Fault(
                "setup-failed",
                "The setup of %s (%s) did not pass in %s: %s; correct \"setup\" in the configuration, or what it needs.%s"
                        .formatted(
                                issue,
                                setup.command().get(),
                                worktree,
                                how(outcome),
                                lastLines(outcome)));
    }

    private Command marked(Command command, String mark) {
        Command marked =
                command.with(AttemptFolder.MARKER, mark)
                        .with(AttemptFolder.WORKSPACE, context.workspaceId());
        for (Map.Entry<String, String> each :
                LaunchEnvironment.select(context.environment()).entrySet()) {
            marked = marked.with(each.getKey(), each.getValue());
        }
        return marked;
    }

    private static String how(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited exited -> "exit " + exited.code();
            case Outcome.TimedOut late -> "ended after " + late.after().toSeconds() + " s";
            case Outcome.CouldNotStart none -> "it could not be started";
        };
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.CouldNotStart none ? none.reason() : "";
    }

    private static String tail(Path log) {
        String text = String.join("\n", new LogTail(log, TAIL_LINES).poll().lines());
        String masked = Secrets.mask(text);
        return masked.length() <= TAIL ? masked : masked.substring(masked.length() - TAIL);
    }

    private static String lastLines(Outcome outcome) {
        String said =
                switch (outcome) {
                    case Outcome.Exited exited -> exited.stdout();
                    case Outcome.TimedOut late -> late.stdout();
                    case Outcome.CouldNotStart none -> none.reason();
                };
        String masked = Secrets.mask(said.strip());
        int from = Math.max(0, masked.length() - 500);
        return masked.isEmpty() ? "" : " It said at last: " + masked.substring(from);
    }

    private Instant now() {
        return context.ports().clock().instant();
    }
}
