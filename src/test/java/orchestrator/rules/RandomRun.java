package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptPhase;
import orchestrator.model.AttemptSight;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.Limits;
import orchestrator.model.Liveness;
import orchestrator.model.Observations;
import orchestrator.model.PauseCause;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import orchestrator.model.Usage;
import orchestrator.model.Why;
import orchestrator.model.WorkspaceConfig;

/**
 * A run in which anything may happen at any time, drawn from a seed: what was decided comes about
 * late, out of order or not at all; agents end anyhow; monitors and configurations change; the
 * clock jumps. After each step the invariants are checked.
 */
final class RandomRun {
    private static final int TOLD = 60;

    private final Random random;
    private final boolean onlyGood;
    private final Deque<String> told = new ArrayDeque<>();
    private final Set<String> attemptNumbers = new HashSet<>();
    private final List<Event.Intent> open = new ArrayList<>();
    private final Map<String, AttemptSight> sights = new HashMap<>();
    private final Map<IssueId, Integer> commits = new HashMap<>();
    private final int issueCount;
    private final List<Stage> pipeline;
    private WorkspaceConfig config;
    private RunState state = RunState.EMPTY;
    private Instant now = Demo.NOW;

    RandomRun(long seed, boolean onlyGood) {
        random = new Random(seed);
        this.onlyGood = onlyGood;
        issueCount = 1 + random.nextInt(12);
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            stages.add(new Stage("s" + i, random.nextBoolean()));
        }
        pipeline = List.copyOf(stages);
        config = draw(new Random(seed), 0);
        happens(new Event.WorkspaceOpened("w" + seed));
        monitorStarts();
    }

    RunState state() {
        return state;
    }

    WorkspaceConfig config() {
        return config;
    }

    String told() {
        return String.join("\n", told);
    }

    boolean isOver() {
        return open.isEmpty()
                && config.projects().stream()
                        .flatMap(project ->
                                project.issues().stream().map(issue -> state.issue(project, issue)))
                        .allMatch(issue -> issue.status().isTerminal());
    }

    /** A workspace; issues depend on those with lower numbers only, so there is no cycle. */
    private WorkspaceConfig draw(Random from, int left) {
        Demo demo =
                new Demo()
                        .workers(1 + from.nextInt(4))
                        .stagger(Duration.ofSeconds(from.nextInt(3) * 10L))
                        .stages(pipeline.toArray(Stage[]::new))
                        .limits(
                                new Limits(
                                        from.nextInt(4),
                                        Duration.ofSeconds(900),
                                        Duration.ofSeconds(1800)));
        for (int number = 1; number <= issueCount; number++) {
            int[] dependsOn = from.ints(from.nextInt(3), 1, number + 1).toArray();
            int self = number;
            int[] lower =
                    java.util.Arrays.stream(dependsOn).filter(n -> n < self).distinct().toArray();
            if (number != left) {
                demo.issues(Demo.ordered(number, 1 + from.nextInt(3), from.nextInt(3), lower));
            }
        }
        if (from.nextBoolean()) {
            demo.assign(1, 1 + from.nextInt(issueCount));
        }
        return demo.config();
    }

    void step() {
        int roll = random.nextInt(100);
        if (roll < 40) {
            answerOne();
        } else if (roll < 70) {
            endOne();
        } else if (roll < 85) {
            pass(Duration.ofSeconds(random.nextInt(40)));
        } else if (onlyGood) {
            pass(Duration.ofSeconds(random.nextInt(600)));
        } else {
            disturb(roll);
        }
        settle();
    }

    private void disturb(int roll) {
        switch (roll) {
            case 85, 86 -> pass(Duration.ofHours(random.nextInt(30)));
            case 87 -> monitorStarts();
            case 88 -> config = draw(random, 0);
            case 89 -> config = draw(random, 1 + random.nextInt(issueCount));
            case 90 -> happens(new Event.RunStopping("a person"));
            case 91 ->
                    happens(
                            new Event.LaunchesPaused(
                                    PauseCause.USER, Optional.empty(), "a person"));
            case 92 -> happens(new Event.LaunchesResumed("a person"));
            case 93 -> oldNews();
            case 94 -> setAside();
            case 95, 96 -> command();
            default -> look();
        }
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private void monitorStarts() {
        // What the last one had in flight is gone with it; what became of starts is made certain.
        open.clear();
        sights.clear();
        happens(new Event.MonitorStarted(new ProcessIdentity(1, 1, "b"), "terminal", "t"));
        for (IssueState issue : List.copyOf(state.issues().values())) {
            if (issue.isIn(AttemptPhase.STARTING)) {
                String id = issue.attempt().orElseThrow().attempt().id();
                happens(
                        random.nextBoolean()
                                ? new Event.AttemptStarted(issue.id(), id)
                                : new Event.AttemptStartFailed(issue.id(), id, "died", now));
            } else if (issue.isIn(AttemptPhase.ENDING)) {
                CurrentAttempt current = issue.attempt().orElseThrow();
                open.add(
                        new Event.AttemptEnding(
                                issue.id(),
                                current.attempt().id(),
                                current.endCause().orElseThrow()));
            }
        }
    }

    /** Something that was told before is told again, late. */
    private void oldNews() {
        for (IssueState issue : List.copyOf(state.issues().values())) {
            issue.attempt()
                    .filter(current -> !current.isLive())
                    .ifPresent(current -> {
                        IssueState before = state.begun(issue.id());
                        String id = current.attempt().id();
                        happens(new Event.AttemptStarted(issue.id(), id));
                        happens(new Event.AttemptEnded(issue.id(), id, end(issue)));
                        assertThat(state.begun(issue.id())).isEqualTo(before);
                    });
        }
    }

    /** A person parks what a worker holds, running or not. */
    private void setAside() {
        state.issues().values().stream()
                .filter(issue -> issue.worker().isPresent())
                .skip(random.nextInt(3))
                .findFirst()
                .ifPresent(issue ->
                        happens(new Event.IssueParked(issue.id(), "a person set it aside")));
    }

    /** A person sends a command, sensible or not. */
    private void command() {
        List<String> names = CommandRule.NAMES;
        String name = names.get(random.nextInt(names.size()));
        String worker = Integer.toString(random.nextInt(5));
        String issue = Demo.id(1 + random.nextInt(issueCount)).toString();
        List<String> arguments =
                switch (name) {
                    case "restart", "stop-worker", "pause-worker", "continue-worker" ->
                            List.of(worker);
                    case "resume" -> List.of();
                    case "pause" -> List.of("lunch");
                    case "retry", "push" -> random.nextBoolean() ? List.of() : List.of(issue);
                    default -> List.of(issue, "because");
                };
        CommandRule.Reply reply = CommandRule.answer(config, state, name, arguments, now);
        assertThat(reply.accepted()).isEqualTo(!reply.decisions().isEmpty());
        assertThat(reply.text()).isNotBlank();
        for (Decision decision : reply.decisions()) {
            happens(decision.event(), Optional.of(decision.why()));
            if (decision.event() instanceof Event.Intent intent) {
                open.add(intent);
            }
        }
        invariants();
    }

    private void look() {
        for (IssueState issue : state.issues().values()) {
            if (issue.hasLiveAttempt()) {
                Liveness[] all = Liveness.values();
                sights.put(
                        issue.attempt().orElseThrow().attempt().id(),
                        new AttemptSight(
                                all[random.nextInt(all.length)],
                                sometime(),
                                sometime(),
                                sometime(),
                                Duration.ZERO,
                                random.nextBoolean(),
                                random.nextInt(5) == 0 ? sometime() : Optional.empty()));
            }
        }
    }

    private Optional<Instant> sometime() {
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(now.minusSeconds(random.nextInt(2000)));
    }

    private void answerOne() {
        if (open.isEmpty()) {
            pass(Duration.ofSeconds(5));
            return;
        }
        Event.Intent intent = open.remove(random.nextInt(open.size()));
        boolean good = onlyGood || random.nextInt(5) > 0;
        Instant next = now.plusSeconds(random.nextInt(60));
        IssueId id = intent.issue();
        switch (intent) {
            case Event.WorktreeCreating e ->
                    happens(
                            good
                                    ? new Event.WorktreeReady(
                                            id, e.repo(), e.path(), e.branch(), "c0", "c0", true)
                                    : new Event.WorktreeFailed(id, "no room", next));
            case Event.AttemptStarting e ->
                    happens(
                            good
                                    ? new Event.AttemptStarted(id, e.attempt().id())
                                    : new Event.AttemptStartFailed(
                                            id, e.attempt().id(), "tmux", next));
            case Event.AttemptEnding e ->
                    happens(new Event.AttemptEnded(id, e.attemptId(), end(state.begun(id))));
            case Event.LeftoversCommitting e ->
                    happens(
                            good
                                    ? new Event.LeftoversCommitted(id, "wip")
                                    : new Event.IssueParked(id, "git failed"));
            case Event.GateStarting e ->
                    happens(
                            good
                                    ? new Event.GatePassed(id, e.attemptId(), 1)
                                    : new Event.GateFailed(id, e.attemptId(), "exit 1", "red"));
            case Event.PullRequestOpening e ->
                    happens(
                            good
                                    ? new Event.PullRequestOpened(id, "https://forge/1")
                                    : new Event.PullRequestFailed(id, "no route", next));
            case Event.PushStarting e ->
                    happens(
                            good
                                    ? new Event.Pushed(id, "b", e.commit())
                                    : new Event.PushFailed(id, "no route", next));
        }
    }

    private void endOne() {
        List<IssueState> running =
                state.issues().values().stream()
                        .filter(issue -> issue.isIn(AttemptPhase.RUNNING))
                        .toList();
        if (!running.isEmpty()) {
            IssueState issue = running.get(random.nextInt(running.size()));
            String id = issue.attempt().orElseThrow().attempt().id();
            happens(new Event.AttemptEnded(issue.id(), id, end(issue)));
        }
    }

    private Finish end(IssueState issue) {
        AgentOutcome outcome = onlyGood ? Demo.done() : outcome();
        int made = onlyGood ? 1 : random.nextInt(3);
        int all = commits.merge(issue.id(), made, Integer::sum);
        return new Finish(
                Optional.of(0), outcome, "c" + all, made, all, random.nextInt(3), Usage.NONE);
    }

    private AgentOutcome outcome() {
        return switch (random.nextInt(18)) {
            case 12 -> new AgentOutcome.SessionLost("x");
            case 13 -> new AgentOutcome.Rebooted();
            case 0 -> new AgentOutcome.NoWork("x");
            case 1 -> new AgentOutcome.UsageLimit(sometime().map(at -> at.plusSeconds(3000)), "x");
            case 2 -> new AgentOutcome.Overloaded("x");
            case 3 -> new AgentOutcome.Network("x");
            case 4 -> new AgentOutcome.NotLoggedIn("x");
            case 5 -> new AgentOutcome.NoCredit("x");
            case 6 -> new AgentOutcome.PromptTooLong("x");
            case 7 -> new AgentOutcome.OwnLimit("x");
            case 8 -> new AgentOutcome.CrashedEmpty("x");
            case 9 -> new AgentOutcome.Interrupted();
            case 10 -> new AgentOutcome.Vanished("x");
            case 11 -> new AgentOutcome.Failed("x");
            default -> Demo.done();
        };
    }

    private void settle() {
        Observations seen = new Observations(sights);
        List<Decision> decisions = Decider.decide(config, state, seen, now);
        for (Decision decision : decisions) {
            check(decision.event());
            happens(decision.event(), Optional.of(decision.why()));
            if (decision.event() instanceof Event.Intent intent) {
                open.add(intent);
            }
            invariants();
        }
        assertThat(Decider.decide(config, state, seen, now)).as("a fixpoint").isEmpty();
        Decider.nextDue(config, state, now).ifPresent(due -> assertThat(due).isAfter(now));
        Plan.of(config, state);
        invariants();
    }

    /** What must hold when it is decided. */
    private void check(Event event) {
        switch (event) {
            case Event.AttemptStarting starting -> start(starting.attempt());
            case Event.IssueAssigned assigned -> {
                assertThat(state.stopping()).as("assigned while stopping").isFalse();
                assertThat(state.gate().isOpen()).as("assigned while paused").isTrue();
                assertDependencies(assigned.issue());
                assertThat(assigned.worker()).isBetween(1, config.settings().workers());
            }
            case Event.PushStarting push ->
                    assertThat(state.begun(push.issue()).push().inFlight()).isFalse();
            default -> {}
        }
    }

    private void start(Attempt attempt) {
        assertThat(state.stopping()).as("started while stopping").isFalse();
        assertThat(state.gate().isOpen()).as("started while paused").isTrue();
        assertThat(attemptNumbers.add(attempt.issue() + "/" + attempt.number()))
                .as("attempt %s %d is used twice", attempt.issue(), attempt.number())
                .isTrue();
        assertThat(state.begun(attempt.issue()).worker())
                .isEqualTo(OptionalInt.of(attempt.worker()));
        assertThat(state.begun(attempt.issue()).hasLiveAttempt()).as("still lives").isFalse();
        if (state.gate().probing()) {
            assertThat(
                            state.issues().values().stream()
                                    .filter(IssueState::hasLiveAttempt)
                                    .map(issue -> issue.attempt().orElseThrow().attempt())
                                    .filter(state.gate()::isProbe))
                    .as("one probes at a time")
                    .isEmpty();
        }
    }

    private void assertDependencies(IssueId id) {
        Issue issue = config.issue(id).orElseThrow();
        for (IssueId dependency : issue.dependsOn()) {
            assertThat(NextIssue.statusOf(config, state, dependency))
                    .as("%s begins before %s", id, dependency)
                    .isEqualTo(IssueStatus.COMPLETED);
        }
    }

    private void invariants() {
        Set<Integer> held = new HashSet<>();
        Set<Integer> live = new HashSet<>();
        state.issues()
                .forEach((id, issue) -> {
                    issue.worker()
                            .ifPresent(worker -> {
                                assertThat(held.add(worker))
                                        .as("worker %d holds two", worker)
                                        .isTrue();
                                assertThat(state.worker(worker).issue()).contains(id);
                            });
                    assertThat(issue.worker().isPresent())
                            .as("%s is in progress exactly while a worker holds it", id)
                            .isEqualTo(issue.status() == IssueStatus.IN_PROGRESS);
                    if (issue.hasLiveAttempt()) {
                        int worker = issue.attempt().orElseThrow().attempt().worker();
                        assertThat(live.add(worker)).as("two run on worker %d", worker).isTrue();
                    }
                });
        state.workers()
                .forEach((number, worker) ->
                        worker.issue()
                                .ifPresent(id ->
                                        assertThat(state.begun(id).worker())
                                                .isEqualTo(OptionalInt.of(number))));
    }

    private void happens(Event event) {
        happens(event, Optional.empty());
    }

    private void happens(Event event, Optional<Why> why) {
        state = state.apply(now, event, why);
        told.add(now + " " + event);
        if (told.size() > TOLD) {
            told.remove();
        }
    }
}
