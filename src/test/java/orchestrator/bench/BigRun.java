package orchestrator.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.AttemptSight;
import orchestrator.model.Decision;
import orchestrator.model.Demo;
import orchestrator.model.Event;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.Liveness;
import orchestrator.model.Observations;
import orchestrator.model.Resources;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.Decider;

/**
 * A large run in full swing, played as the monitor would play it: each event is folded in, then it
 * is decided, then the decisions are folded in. What is decided comes about two events later; when
 * nothing is open, the attempt that has run longest ends well.
 */
public final class BigRun {
    public static final int WORKERS = 500;

    private static final List<String> STAGES =
            List.of("implement", "optimize", "write_tests", "document");
    private static final Duration STEP = Duration.ofMillis(20);

    /** Looks come every 2 s. */
    private static final int STEPS_A_LOOK = 100;

    private final Deque<Event> open = new ArrayDeque<>();
    private final Deque<Attempt> running = new ArrayDeque<>();
    private final WorkspaceConfig config;
    private final Decider decider;
    private final int held;
    private RunState state = RunState.EMPTY;
    private Observations seen = Observations.NONE;
    private Instant now = Demo.NOW;
    private int ends;

    /**
     * One event as it comes to the monitor.
     *
     * @param before the state it is folded into
     */
    public record Step(RunState before, Event event, Observations seen, Instant now) {}

    private BigRun(WorkspaceConfig config, int held) {
        this.config = config;
        this.held = held;
        decider = new Decider(config);
    }

    /**
     * A run of which two fifths are done, all workers have work and there is more to hand out: half
     * of the issues depend on two that come well before them.
     */
    public static BigRun inFullSwing(int issues) {
        int done = issues * 2 / 5;
        BigRun run = new BigRun(config(issues, 0), 0);
        run.begin(done);
        return run;
    }

    /**
     * A run of which two fifths are done and in which all that is left waits for one issue, which
     * does not end: nothing is ready, and with each issue that is completed one more worker idles.
     */
    public static BigRun stuck(int issues) {
        int done = issues * 2 / 5;
        int held = done + WORKERS - 1;
        BigRun run = new BigRun(config(issues, held), held);
        run.begin(done);
        return run;
    }

    /** Its configuration. */
    public WorkspaceConfig config() {
        return config;
    }

    /** The state now. */
    public RunState state() {
        return state;
    }

    /** Plays so many events and tells each. */
    public List<Step> steps(int count) {
        List<Step> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (i % STEPS_A_LOOK == 0) {
                look();
            }
            Event next = next();
            steps.add(new Step(state, next, seen, now));
            play(next);
        }
        return steps;
    }

    private static WorkspaceConfig config(int issues, int held) {
        Demo demo =
                new Demo()
                        .workers(WORKERS)
                        .stages(
                                STAGES.stream()
                                        .map(name -> new Stage(name, true))
                                        .toArray(Stage[]::new));
        for (int number = 1; number <= issues; number++) {
            int wave = 1 + number / 1000;
            int[] needs = {};
            if (held > 0 && number > held) {
                needs = new int[] {held};
            } else if (held == 0 && number % 2 == 0 && number > 1000) {
                needs = new int[] {number - 900, number - 1000};
            }
            // Not all at the same stage at once: in each moment some begin and some complete.
            demo.issues(
                    Demo.withStatus(
                            Demo.ordered(number, wave, number % 7, needs),
                            IssueStatus.PENDING,
                            STAGES.get(number % STAGES.size())));
        }
        return demo.config();
    }

    private void begin(int done) {
        List<TimedEvent> past = new ArrayList<>();
        past.add(timed(new Event.WorkspaceOpened("w")));
        for (int number = 1; number <= done; number++) {
            past.add(timed(new Event.IssueCompleted(Demo.id(number))));
        }
        state = state.applyAll(past);
        settle();
        // Until all run.
        while (!open.isEmpty()) {
            play(open.remove());
        }
    }

    private TimedEvent timed(Event event) {
        return new TimedEvent(1, now, event, Optional.empty());
    }

    private void play(Event event) {
        now = now.plus(STEP);
        state = state.apply(now, event);
        if (event instanceof Event.AttemptStarted started) {
            running.add(attempt(state.begun(started.issue())));
        }
        settle();
    }

    private static Attempt attempt(IssueState issue) {
        return issue.attempt().orElseThrow().attempt();
    }

    private void settle() {
        for (Decision decision : decider.decide(state, seen, now)) {
            state = state.apply(now, decision.event(), Optional.of(decision.why()));
            comesAbout(decision.event());
        }
    }

    private void comesAbout(Event event) {
        switch (event) {
            case Event.WorktreeCreating e ->
                    open.add(
                            new Event.WorktreeReady(
                                    e.issue(), e.repo(), e.path(), e.branch(), "c0", "c0", true));
            case Event.AttemptStarting e ->
                    open.add(new Event.AttemptStarted(e.issue(), e.attempt().id()));
            case Event.PushStarting e ->
                    open.add(new Event.Pushed(e.issue(), "demo/issue", e.commit()));
            default -> {}
        }
    }

    private Event next() {
        if (!open.isEmpty()) {
            return open.remove();
        }
        Attempt ended = running.remove();
        while (ended.issue().number() == held) {
            ended = running.remove();
        }
        return new Event.AttemptEnded(ended.issue(), ended.id(), finish(ended.number()));
    }

    private Finish finish(int commits) {
        return new Finish(Optional.of(0), Demo.done(), "c" + ends++, 1, commits, 0, Demo.USAGE);
    }

    private void look() {
        Map<String, AttemptSight> sights = new HashMap<>();
        for (IssueState issue : state.activeIssues()) {
            if (issue.hasLiveAttempt()) {
                sights.put(
                        attempt(issue).id(),
                        new AttemptSight(
                                Liveness.ALIVE,
                                Optional.of(now),
                                Optional.empty(),
                                Optional.of(now),
                                Duration.ofSeconds(9),
                                true,
                                Optional.empty()));
            }
        }
        seen =
                new Observations(
                        sights,
                        Optional.of(
                                new Resources(OptionalLong.of(100_000), OptionalLong.of(16_000))));
    }

    /**
     * The events of a run in which one issue after the other is worked on, as a journal has them.
     */
    public static List<TimedEvent> history(int events) {
        return history(events, Integer.MAX_VALUE);
    }

    /** The same of so many issues: after the last, the first is worked on again. */
    public static List<TimedEvent> history(int events, int issues) {
        List<TimedEvent> told = new ArrayList<>(events);
        told.add(new TimedEvent(1, Demo.NOW, new Event.WorkspaceOpened("w"), Optional.empty()));
        for (int issue = 1; told.size() < events; issue++) {
            for (Event event : life(Demo.id(1 + (issue - 1) % issues), 1 + issue % WORKERS)) {
                long seq = told.size() + 1L;
                if (seq <= events) {
                    Instant at = Demo.NOW.plusMillis(20 * seq);
                    told.add(new TimedEvent(seq, at, event, Optional.empty()));
                }
            }
        }
        return told;
    }

    private static List<Event> life(IssueId id, int worker) {
        List<Event> events = new ArrayList<>();
        String path = "/demo/trees/issue-" + id.number();
        String branch = "demo/issue-" + id.number();
        events.add(new Event.IssueAssigned(id, worker, 0, STAGES.getFirst()));
        events.add(new Event.WorktreeCreating(id, "main", path, branch));
        events.add(new Event.WorktreeReady(id, "main", path, branch, "c0", "c0", true));
        for (int stage = 0; stage < STAGES.size(); stage++) {
            String attempt = id + "/" + (stage + 1);
            String commit = "c" + id.number() + "." + stage;
            events.add(
                    new Event.AttemptStarting(
                            new Attempt(
                                    attempt,
                                    id,
                                    STAGES.get(stage),
                                    stage,
                                    worker,
                                    stage + 1,
                                    "session of " + attempt,
                                    AttemptKind.FIRST,
                                    "c0",
                                    Demo.NOW)));
            events.add(new Event.AttemptStarted(id, attempt));
            events.add(
                    new Event.AttemptEnded(
                            id,
                            attempt,
                            new Finish(
                                    Optional.of(0),
                                    Demo.done(),
                                    commit,
                                    1,
                                    stage + 1,
                                    0,
                                    Demo.USAGE)));
            events.add(new Event.StageCompleted(id, STAGES.get(stage), stage, ""));
            events.add(new Event.PushStarting(id, commit));
            events.add(new Event.Pushed(id, branch, commit));
        }
        events.add(new Event.IssueCompleted(id));
        return events;
    }
}
