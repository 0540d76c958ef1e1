package orchestrator.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.model.AttemptKind;
import orchestrator.model.AttemptPhase;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.Project;
import orchestrator.model.RestartCause;
import orchestrator.model.RunState;
import orchestrator.model.Why;
import orchestrator.model.WorkerState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;

/** What a person's command does to a run, and what they are told. Pure. */
public final class CommandRule {
    /** The names of the commands, as they stand in the inbox. */
    public static final List<String> NAMES =
            List.of(
                    "pause",
                    "resume",
                    "restart",
                    "stop-worker",
                    "pause-worker",
                    "continue-worker",
                    "retry",
                    "push",
                    "complete",
                    "fail",
                    "park");

    private static final Why ASKED = Why.of("asked for by a person");

    private final WorkspaceConfig config;
    private final RunState state;
    private final Instant now;

    /**
     * What follows a command.
     *
     * @param decisions none when it is refused
     * @param text one sentence for the person who sent it
     */
    public record Reply(List<Decision> decisions, boolean accepted, String text) {
        public Reply {
            decisions = List.copyOf(decisions);
        }
    }

    /** A command that cannot be done; its message is the answer. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String answer) {
            super(answer);
        }
    }

    private CommandRule(WorkspaceConfig config, RunState state, Instant now) {
        this.config = config;
        this.state = state;
        this.now = now;
    }

    /** What a command does, one of {@link #NAMES} or not. */
    public static Reply answer(
            WorkspaceConfig config,
            RunState state,
            String name,
            List<String> arguments,
            Instant now) {
        try {
            return new CommandRule(config, state, now).answer(name, arguments);
        } catch (Refused refused) {
            return new Reply(List.of(), false, String.valueOf(refused.getMessage()));
        }
    }

    private Reply answer(String name, List<String> arguments) throws Refused {
        return switch (name) {
            case "pause" -> pause(arguments);
            case "resume" -> resume();
            case "restart" -> restart(worker(arguments));
            case "stop-worker" -> stopWorker(worker(arguments));
            case "pause-worker" -> pauseWorker(worker(arguments));
            case "continue-worker" -> continueWorker(worker(arguments));
            case "retry" -> arguments.isEmpty() ? retryAll() : retry(issue(arguments));
            case "push" -> arguments.isEmpty() ? pushAll() : push(issue(arguments));
            case "complete", "fail", "park" -> end(name, issue(arguments), arguments);
            default ->
                    throw new Refused(
                            "there is no command '%s'; known are stop, release, %s"
                                    .formatted(name, String.join(", ", NAMES)));
        };
    }

    private Reply pause(List<String> arguments) throws Refused {
        if (state.gate().userPause().isPresent()) {
            throw new Refused("launches are paused already: " + state.gate().userPause().get());
        }
        String reason = arguments.isEmpty() ? "" : arguments.getFirst().strip();
        Event pause =
                new Event.LaunchesPaused(
                        PauseCause.USER,
                        Optional.empty(),
                        reason.isEmpty() ? "paused by you" : reason);
        return done("nothing new is launched; what runs goes on to its end", pause);
    }

    private Reply resume() throws Refused {
        if (state.gate().isOpen()) {
            throw new Refused("launches are not paused");
        }
        boolean budget = state.gate().cause().equals(Optional.of(PauseCause.BUDGET));
        if (budget && state.gate().userPause().isEmpty()) {
            throw new Refused(
                    "the budget is spent; raise max_budget_usd in the configuration to go on");
        }
        return done("launches resume", new Event.PauseLifted("resumed by you"));
    }

    private Reply restart(WorkerState worker) throws Refused {
        List<Event> events = new ArrayList<>();
        if (worker.stopped()) {
            events.add(new Event.WorkerContinued(worker.number()));
        }
        Optional<IssueState> held = worker.issue().map(state::begun);
        if (held.isEmpty()) {
            if (events.isEmpty()) {
                throw new Refused("worker " + worker.number() + " holds no issue");
            }
            return done("worker " + worker.number() + " goes on", events);
        }
        IssueState issue = held.get();
        if (issue.gateRunning() && events.isEmpty()) {
            throw new Refused(
                    "the gate of %s is being run; what follows depends on it"
                            .formatted(issue.id()));
        }
        if (issue.gateRunning()) {
            // What it says decides what the worker goes on with.
            return done("worker %d goes on with %s".formatted(worker.number(), issue.id()), events);
        }
        if (issue.isIn(AttemptPhase.ENDING)) {
            if (events.isEmpty()) {
                throw new Refused(issue.id() + " is being ended already");
            }
        } else if (issue.hasLiveAttempt()) {
            events.add(ending(issue, EndCause.USER_RESTART));
        } else if (!worker.stopped()) {
            events.add(
                    new Event.RestartPlanned(
                            issue.id(),
                            AttemptKind.CONTINUE,
                            false,
                            RestartCause.USER,
                            "a person restarted it",
                            now));
        }
        return done("worker %d goes on with %s".formatted(worker.number(), issue.id()), events);
    }

    private Reply stopWorker(WorkerState worker) throws Refused {
        List<Event> events = new ArrayList<>();
        if (!worker.stopped()) {
            events.add(new Event.WorkerStopped(worker.number()));
        }
        Optional<IssueState> held = worker.issue().map(state::begun);
        // It runs on where the worker was only to pause after its stage.
        held.filter(CommandRule::isAtWork)
                .ifPresent(issue -> events.add(ending(issue, EndCause.USER_STOP)));
        if (events.isEmpty()) {
            throw new Refused("worker " + worker.number() + " is stopped already");
        }
        String keeps =
                held.map(issue -> " and keeps " + issue.id() + "; restart goes on with it")
                        .orElse("; restart lets it go on");
        return done("worker " + worker.number() + " is stopped" + keeps, events);
    }

    private static boolean isAtWork(IssueState issue) {
        return issue.isIn(AttemptPhase.STARTING) || issue.isIn(AttemptPhase.RUNNING);
    }

    /** It is stopped, and what it runs goes on: nothing comes after that. */
    private Reply pauseWorker(WorkerState worker) throws Refused {
        if (worker.stopped()) {
            throw new Refused("worker " + worker.number() + " starts nothing more already");
        }
        String after =
                worker.issue()
                        .map(state::begun)
                        .filter(issue -> isAtWork(issue) || issue.gateRunning())
                        .map(issue -> "pauses after this stage of " + issue.id())
                        .orElse("starts nothing more");
        return done(
                "worker %d %s; continue takes it back".formatted(worker.number(), after),
                new Event.WorkerStopped(worker.number()));
    }

    /** What it runs is left alone, unlike a restart. */
    private Reply continueWorker(WorkerState worker) throws Refused {
        if (!worker.stopped()) {
            throw new Refused("worker " + worker.number() + " is neither paused nor stopped");
        }
        return done(
                "worker " + worker.number() + " goes on",
                new Event.WorkerContinued(worker.number()));
    }

    private Reply retryAll() throws Refused {
        List<Event> events = new ArrayList<>();
        for (Issue issue : config.ordered()) {
            if (known(issue).status() == IssueStatus.FAILED) {
                events.add(retryOf(issue));
            }
        }
        if (events.isEmpty()) {
            throw new Refused("no issue has failed");
        }
        return done(
                events.size()
                        + (events.size() == 1 ? " issue is" : " issues are")
                        + " tried once more",
                events);
    }

    private Reply retry(Issue issue) throws Refused {
        return switch (known(issue).status()) {
            case FAILED -> done(issue.id() + " is tried once more", retryOf(issue));
            case PARKED ->
                    done(
                            issue.id() + " is taken up again where it was",
                            new Event.IssueReopened(issue.id(), "taken up again by you"));
            case PENDING, IN_PROGRESS, COMPLETED ->
                    throw new Refused(
                            "%s is %s; only what failed or is parked can be retried"
                                    .formatted(issue.id(), known(issue).status().word()));
        };
    }

    private static Event retryOf(Issue issue) {
        return new Event.RetryBegun(issue.id(), "asked for by you");
    }

    private Reply push(Issue issue) throws Refused {
        Optional<Event> push = pushOf(known(issue));
        if (push.isEmpty()) {
            throw new Refused(issue.id() + " has no commits to push");
        }
        return done(issue.id() + " is being pushed", push.get());
    }

    private Reply pushAll() throws Refused {
        List<Event> events =
                state.issues().values().stream()
                        .filter(issue -> !issue.push().pushed().equals(head(issue)))
                        .flatMap(issue -> pushOf(issue).stream())
                        .toList();
        if (events.isEmpty()) {
            throw new Refused("everything that is known to be committed is pushed");
        }
        return done(events.size() + " branches are being pushed", events);
    }

    private static Optional<Event> pushOf(IssueState issue) {
        String head = head(issue);
        return issue.commits() > 0 && !head.isEmpty()
                ? Optional.of(new Event.PushWanted(issue.id(), head))
                : Optional.empty();
    }

    private static String head(IssueState issue) {
        return issue.worktree().map(Worktree::head).orElse(issue.push().wanted());
    }

    private Reply end(String how, Issue issue, List<String> arguments) throws Refused {
        IssueState known = known(issue);
        IssueStatus becomes =
                switch (how) {
                    case "complete" -> IssueStatus.COMPLETED;
                    case "fail" -> IssueStatus.FAILED;
                    default -> IssueStatus.PARKED;
                };
        // What is done is not undone by a word.
        if (known.status() == IssueStatus.COMPLETED || known.status() == becomes) {
            throw new Refused(issue.id() + " is " + known.status().word() + " already");
        }
        List<Event> events = new ArrayList<>();
        if (known.isIn(AttemptPhase.STARTING) || known.isIn(AttemptPhase.RUNNING)) {
            events.add(ending(known, EndCause.ISSUE_CLOSED));
        }
        String reason =
                arguments.size() > 1 && !arguments.get(1).isBlank()
                        ? arguments.get(1).strip()
                        : "by you, without a reason";
        events.add(
                switch (becomes) {
                    case COMPLETED -> new Event.IssueCompleted(issue.id());
                    case FAILED -> new Event.IssueFailed(issue.id(), reason);
                    case PARKED, PENDING, IN_PROGRESS -> new Event.IssueParked(issue.id(), reason);
                });
        return done(issue.id() + " counts as " + becomes.word(), events);
    }

    private static Event ending(IssueState issue, EndCause cause) {
        CurrentAttempt current = issue.attempt().orElseThrow();
        return new Event.AttemptEnding(issue.id(), current.attempt().id(), cause);
    }

    private IssueState known(Issue issue) {
        Project project = config.project(issue.id().project()).orElseThrow();
        return state.issue(project, issue);
    }

    private WorkerState worker(List<String> arguments) throws Refused {
        String text = arguments.isEmpty() ? "" : arguments.getFirst();
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refused("'" + text + "' is not a worker's number");
        }
        boolean there = number >= 1 && number <= config.settings().workers();
        if (!there && state.worker(number).issue().isEmpty()) {
            throw new Refused(
                    "there is no worker %d; there are workers 1 to %d"
                            .formatted(number, config.settings().workers()));
        }
        return state.worker(number);
    }

    private Issue issue(List<String> arguments) throws Refused {
        String text = arguments.isEmpty() ? "" : arguments.getFirst();
        int at = text.lastIndexOf('#');
        Optional<Issue> found = Optional.empty();
        try {
            found =
                    at < 0
                            ? Optional.empty()
                            : config.issue(
                                    new IssueId(
                                            text.substring(0, at),
                                            Integer.parseInt(text.substring(at + 1))));
        } catch (IllegalArgumentException e) {
            throw new Refused("'" + text + "' does not name an issue; write PROJECT#N");
        }
        if (found.isEmpty()) {
            throw new Refused("'" + text + "' is not defined in the configuration");
        }
        return found.get();
    }

    private static Reply done(String text, Event... events) {
        return done(text, List.of(events));
    }

    private static Reply done(String text, List<Event> events) {
        return new Reply(
                events.stream().map(event -> new Decision(event, ASKED)).toList(), true, text);
    }
}
