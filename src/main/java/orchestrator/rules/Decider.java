package orchestrator.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orchestrator.model.AttemptPhase;
import orchestrator.model.AttemptSight;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.Limits;
import orchestrator.model.Observations;
import orchestrator.model.PlannedRestart;
import orchestrator.model.Project;
import orchestrator.model.PullRequest;
import orchestrator.model.PushState;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import orchestrator.model.Why;
import orchestrator.model.WorkerState;
import orchestrator.model.WorkspaceConfig;

/**
 * The decision table (DESIGN §7): what is to be done, given what has happened, what is seen, and
 * the time. One a configuration; it keeps nothing but what it can work out again. One thread.
 */
public final class Decider {
    /** Tries to open a pull request before it is left to a person. */
    static final int PULL_REQUEST_TRIES = 8;

    private final WorkspaceConfig config;
    private final Agenda agenda;

    /** A decider over a configuration. */
    public Decider(WorkspaceConfig config) {
        this.config = config;
        agenda = new Agenda(config);
    }

    /** The configuration it decides by. */
    public WorkspaceConfig config() {
        return config;
    }

    /** {@link #decide(RunState, Observations, Instant)} of a decider made for this once. */
    public static List<Decision> decide(
            WorkspaceConfig config, RunState state, Observations seen, Instant now) {
        return new Decider(config).decide(state, seen, now);
    }

    /**
     * All that is to be done now, in order; empty when nothing is. Each decision counts with those
     * before it, so no two of them claim the same thing.
     */
    public List<Decision> decide(RunState state, Observations seen, Instant now) {
        Round round = new Round(state, seen, now);
        while (round.turn()) {
            // What was decided may call for more.
        }
        return round.decided;
    }

    /**
     * True when a run that is being stopped has nothing left to end; what has ended and waits for
     * its gate waits for the next monitor.
     */
    public static boolean isQuiet(RunState state) {
        return state.activeIssues().stream()
                .noneMatch(issue ->
                        issue.hasLiveAttempt()
                                || issue.leftoversCommitting()
                                || issue.push().inFlight());
    }

    /** One call's decisions and the state as it will be after them. */
    private final class Round {
        private final Observations seen;
        private final Instant now;
        private final List<Decision> decided = new ArrayList<>();
        private RunState state;

        /** The state when all active issues were last looked at; and when all held ones were. */
        private Optional<RunState> lookedAt = Optional.empty();

        private Optional<RunState> heldAt = Optional.empty();

        Round(RunState state, Observations seen, Instant now) {
            this.state = state;
            this.seen = seen;
            this.now = now;
        }

        /** Everything once, ends first; true when something was decided. */
        @SuppressWarnings("ReferenceEquality") // Whatever is decided makes another state.
        boolean turn() {
            int before = decided.size();
            RunState looked = state;
            for (IssueState issue : newSince(lookedAt)) {
                untilQuiet(() -> ofIssue(state == looked ? issue : state.begun(issue.id())));
            }
            lookedAt = Optional.of(looked);
            if (!state.stopping()) {
                untilQuiet(this::launches);
                RunState held = state;
                for (IssueState issue : newSince(heldAt)) {
                    if (issue.worker().isPresent() && !isUnsettled(issue)) {
                        untilQuiet(() -> held(issue.worker().getAsInt()));
                    }
                }
                heldAt = Optional.of(held);
                take(idle());
            }
            return decided.size() > before;
        }

        /**
         * The active issues that differ from when they were last looked at. Then nothing was to be
         * decided of the others; nor is there now, as no decision makes more possible for another
         * issue but by what all of them go by.
         */
        @SuppressWarnings("ReferenceEquality") // Whatever happens to an issue makes another state.
        private List<IssueState> newSince(Optional<RunState> before) {
            List<IssueState> active = state.activeIssues();
            if (before.isEmpty() || !sameForAll(before.get(), state)) {
                return active;
            }
            RunState then = before.get();
            return active.stream().filter(issue -> then.active().get(issue.id()) != issue).toList();
        }

        private void untilQuiet(java.util.function.Supplier<List<Decision>> rule) {
            List<Decision> next = rule.get();
            while (!next.isEmpty()) {
                take(next);
                next = rule.get();
            }
        }

        private void take(List<Decision> decisions) {
            for (Decision decision : decisions) {
                decided.add(decision);
                state = state.apply(now, decision.event(), Optional.of(decision.why()));
            }
        }

        // What an issue needs whatever its worker does: ends, lives, pushes.
        private List<Decision> ofIssue(IssueState issue) {
            if (issue.isIn(AttemptPhase.ENDED) && !issue.leftoversCommitting()) {
                List<Decision> decisions = ended(issue, issue.attempt().orElseThrow());
                if (!decisions.isEmpty()) {
                    return decisions;
                }
            }
            if (issue.isIn(AttemptPhase.STARTING) || issue.isIn(AttemptPhase.RUNNING)) {
                List<Decision> decisions = live(issue, issue.attempt().orElseThrow());
                if (!decisions.isEmpty()) {
                    return decisions;
                }
            }
            return state.stopping() ? List.of() : published(issue);
        }

        // Pushed again while the next stage runs, too.
        private List<Decision> published(IssueState issue) {
            PushState push = issue.push();
            if (push.isOpen()) {
                return !push.inFlight() && due(push.notBefore())
                        ? one(
                                new Event.PushStarting(issue.id(), push.wanted()),
                                Why.of(
                                        "push",
                                        "commit " + push.wanted(),
                                        push.failures() + " failed tries"))
                        : List.of();
            }
            PullRequest request = issue.pullRequest();
            return request.isOwed()
                            && !request.inFlight()
                            && request.failures() < PULL_REQUEST_TRIES
                            && due(request.notBefore())
                            && issue.worktree().isPresent()
                    ? one(
                            new Event.PullRequestOpening(
                                    issue.id(), issue.worktree().get().branch()),
                            Why.of("pull request", "all stages finished and pushed"))
                    : List.of();
        }

        private List<Decision> ended(IssueState issue, CurrentAttempt current) {
            Optional<Project> project = config.project(issue.id().project());
            Optional<Issue> definition = config.issue(issue.id());
            if (project.isEmpty() || definition.isEmpty()) {
                return undefined(issue);
            }
            if (state.stopping() && issue.gateRunning()) {
                return List.of(); // The next monitor runs it again.
            }
            return new EndRule(
                            issue,
                            current,
                            stageOf(project.get(), current),
                            project.get().limits(),
                            state.gate(),
                            Budget.isSpent(config, state),
                            state.stopping(),
                            now)
                    .decide();
        }

        private List<Decision> live(IssueState issue, CurrentAttempt current) {
            if (state.stopping()) {
                return one(
                        new Event.AttemptEnding(
                                issue.id(), current.attempt().id(), EndCause.RUN_STOPPING),
                        Why.of("run stopping"));
            }
            AttemptSight sight = seen.attempts().get(current.attempt().id());
            if (sight == null || current.phase() != AttemptPhase.RUNNING) {
                return List.of();
            }
            if (state.gate().isProbe(current.attempt()) && sight.worked()) {
                return one(
                        new Event.LaunchesResumed("the probing worker works"),
                        Why.of("probe", "worker " + current.attempt().worker() + " works"));
            }
            // Taken out of the configuration, it still may hang.
            Limits limits =
                    config.project(issue.id().project())
                            .map(Project::limits)
                            .orElse(Limits.DEFAULT);
            // What it did after the look was not seen: a machine so busy that no look gets through
            // must not make it look idle.
            Instant asOf = seen.at().orElse(now);
            return LiveRule.decide(current, sight, limits, asOf).map(List::of).orElse(List.of());
        }

        private List<Decision> launches() {
            return LaunchRule.decide(config, state, seen, now).map(List::of).orElse(List.of());
        }

        // A worker that holds an issue of which nothing runs.
        private List<Decision> held(int number) {
            WorkerState worker = state.worker(number);
            Optional<IssueState> issue = worker.issue().map(state::begun);
            return issue.isPresent() && !isUnsettled(issue.get())
                    ? new ForwardRule(config, state, now).decide(worker, issue.get())
                    : List.of();
        }

        private List<Decision> idle() {
            if (!ForwardRule.mayLaunch(state)) {
                return List.of();
            }
            List<Decision> decisions = new ArrayList<>();
            for (NextIssue.Given given : NextIssue.all(agenda, config, state)) {
                RunState next = state;
                if (given.again()) {
                    Event retry = new Event.RetryBegun(given.issue().id(), "it is tried once more");
                    decisions.add(new Decision(retry, Why.of("nothing else to do", "it failed")));
                    next = state.apply(now, retry);
                }
                decisions.add(
                        new Decision(
                                NextIssue.assignment(config, next, given),
                                Why.of("idle worker", order(given.issue()))));
            }
            return decisions;
        }

        private boolean due(Optional<Instant> notBefore) {
            return notBefore.isEmpty() || !now.isBefore(notBefore.get());
        }
    }

    /** Something runs, or has ended and is to be decided on. */
    private static boolean isUnsettled(IssueState issue) {
        return issue.hasLiveAttempt() || issue.isIn(AttemptPhase.ENDED);
    }

    /** What the decisions on every issue go by is as it was. */
    private static boolean sameForAll(RunState before, RunState now) {
        return before.gate().equals(now.gate())
                && before.shortage().equals(now.shortage())
                && before.stopping() == now.stopping()
                && before.spentUsd() == now.spentUsd();
    }

    private static Stage stageOf(Project project, CurrentAttempt current) {
        String name = current.attempt().stage();
        return Stream.concat(
                        project.pipeline().stream(),
                        Stream.of(Stage.RETRY_ANALYZE, Stage.RETRY_EXPLORE))
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                // Taken out of the pipeline while it ran.
                .orElseGet(() -> new Stage(name, false, Optional.empty()));
    }

    static List<Decision> undefined(IssueState issue) {
        return one(
                new Event.IssueParked(issue.id(), "it is no longer defined in the configuration"),
                Why.of("undefined"));
    }

    private static String order(Issue issue) {
        return "wave %d, priority %d, dependencies completed"
                .formatted(issue.wave(), issue.priority());
    }

    static List<Decision> one(Event event, Why why) {
        return List.of(new Decision(event, why));
    }

    /** When something becomes due by the passing of time alone; never before {@code now}. */
    public Optional<Instant> nextDue(RunState state, Instant now) {
        Earliest next = new Earliest(now);
        for (IssueState issue : state.active().values()) {
            if (issue.status() == IssueStatus.IN_PROGRESS
                    || issue.push().isOpen()
                    || issue.pullRequest().isOwed()) {
                issue.restart().map(PlannedRestart::notBefore).ifPresent(next::take);
                issue.trouble().notBefore().ifPresent(next::take);
                issue.push().notBefore().ifPresent(next::take);
                issue.pullRequest().notBefore().ifPresent(next::take);
            }
        }
        state.gate().until().ifPresent(next::take);
        ForwardRule.staggerEnd(config, state).ifPresent(next::take);
        return next.found.map(at -> at.plus(Duration.ofMillis(1)));
    }

    /** The earliest of some times that is still to come. */
    private static final class Earliest {
        private final Instant now;
        private Optional<Instant> found = Optional.empty();

        Earliest(Instant now) {
            this.now = now;
        }

        void take(Instant at) {
            if (at.isAfter(now) && (found.isEmpty() || at.isBefore(found.get()))) {
                found = Optional.of(at);
            }
        }
    }

    /** {@link #nextDue(RunState, Instant)} of a decider made for this once. */
    public static Optional<Instant> nextDue(WorkspaceConfig config, RunState state, Instant now) {
        return new Decider(config).nextDue(state, now);
    }
}
