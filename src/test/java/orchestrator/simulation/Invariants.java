package orchestrator.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.AttemptPhase;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.monitor.Monitor;
import orchestrator.monitor.MonitorProbe;
import orchestrator.rules.NextIssue;
import orchestrator.simulation.Machine.Proc;
import orchestrator.store.JournalReader;
import orchestrator.store.StateFolder;

/** What must hold after every step of a run, whatever went wrong, and what must hold at its end. */
final class Invariants {
    /** Nobody decides this much in a minute; a loop does. */
    private static final int MOST_EVENTS_A_MINUTE = 600;

    private static final int MOST_STEPS_AT_ONE_TIME = 20_000;

    /**
     * A look every 2 s, some of which fail; then up to 10 s to end what is left, and git's word.
     */
    private static final Duration SEEN_RUNNING = Duration.ofSeconds(45);

    /** What began to hang in the time of trouble may hang on for so long. */
    private static final Duration CALLS_HANG = Duration.ofSeconds(200);

    /** Looks that hang, one after the other. */
    private static final Duration SEEN_RUNNING_AT_WORST = Duration.ofSeconds(400);

    private final World world;
    private final Mood mood;
    private final ConfigScript config;
    private Optional<Duration> kindSince = Optional.empty();
    private final JournalReader reader;
    private RunState folded = RunState.EMPTY;
    private final Deque<Duration> events = new ArrayDeque<>();
    private final Map<String, Duration> lastAlive = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private long processes = -1;
    private Optional<RunSnapshot> shown = Optional.empty();
    private Duration time = Duration.ZERO;
    private long stepsThen;

    Invariants(World world, Mood mood, ConfigScript config, StateFolder state) {
        this.config = config;
        this.world = world;
        this.mood = mood;
        reader = new JournalReader(state.journal());
        world.onBegin(this::begun);
        world.onWrong(broken::add);
    }

    /** What does not hold; empty: all is well. */
    List<String> broken() {
        return broken;
    }

    private void must(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    /** The fold of what is in the journal. */
    RunState folded() {
        return folded;
    }

    void check(Optional<Monitor> monitor) {
        if (mood.isKind() && kindSince.isEmpty()) {
            kindSince = Optional.of(world.scheduler.elapsed());
        }
        world.scheduler.failure().ifPresent(e -> broken.add("a task threw " + e));
        checkTime();
        checkProcesses();
        readJournal(monitor);
        monitor.flatMap(Monitor::latest).ifPresent(this::checkSnapshot);
    }

    private void checkTime() {
        Duration now = world.scheduler.elapsed();
        if (!now.equals(time)) {
            time = now;
            stepsThen = world.scheduler.steps();
        }
        must(
                world.scheduler.steps() - stepsThen < MOST_STEPS_AT_ONE_TIME,
                "a busy loop: " + MOST_STEPS_AT_ONE_TIME + " steps and no time has passed");
    }

    /** An issue is on one attempt's processes at most, whatever anybody believes. */
    private void checkProcesses() {
        if (processes == world.machine.changes()) {
            return;
        }
        processes = world.machine.changes();
        Map<String, String> attempts = new HashMap<>();
        for (Proc proc : world.machine.alive()) {
            String attempt = proc.mark;
            lastAlive.put(attempt, world.scheduler.elapsed());
            if (proc.play.isPresent()) {
                String issue = proc.play.get().issue();
                String other = attempts.putIfAbsent(issue, attempt);
                must(
                        other == null || other.equals(attempt),
                        "%s runs twice: %s beside %s".formatted(issue, attempt, other));
            }
        }
    }

    /** A script begins only on an intent that is on disk, and only where nothing is left. */
    private void begun(Play play) {
        checkExclusive(play);
        readJournal(Optional.empty());
        boolean intended =
                folded.issues().values().stream()
                        .anyMatch(issue -> issue.isCurrent(play.attemptId()));
        must(intended, play.name() + " begins and the journal does not say so");
        for (Proc proc : world.machine.alive()) {
            boolean inTheWay =
                    proc.play
                            .map(other ->
                                    other != play
                                            && (other.issue().equals(play.issue())
                                                    || other.worker() == play.worker()))
                            .orElseGet(() -> isGateOf(proc.mark, play.issue()));
            must(
                    !inTheWay,
                    "%s begins while %s of %s is there"
                            .formatted(
                                    play.name(),
                                    proc.role,
                                    proc.play.map(Play::name).orElse(proc.mark)));
        }
    }

    /** What only one issue may use at a time. */
    private void checkExclusive(Play play) {
        for (Proc proc : world.machine.alive()) {
            proc.play
                    .filter(other -> !other.issue().equals(play.issue()))
                    .ifPresent(other ->
                            must(
                                    !config.share(other.issue(), play.issue()),
                                    "%s begins while %s uses the same thing"
                                            .formatted(play.name(), other.name())));
        }
    }

    private boolean isGateOf(String mark, String issue) {
        return folded.issues().values().stream()
                        .filter(known -> known.id().toString().equals(issue))
                        .flatMap(known -> known.attempt().stream())
                        .anyMatch(current -> mark.startsWith(current.attempt().id()))
                || mark.endsWith("-" + issue);
    }

    private void readJournal(Optional<Monitor> monitor) {
        if (!world.journalTouched()) {
            return;
        }
        List<TimedEvent> fresh = reader.poll().events();
        for (TimedEvent event : fresh) {
            checkEvent(folded, event.event(), monitor.map(MonitorProbe::config));
            folded = folded.apply(event.at(), event.event(), event.why());
            events.add(world.scheduler.elapsed());
        }
        if (fresh.isEmpty()) {
            return;
        }
        Duration minuteAgo = world.scheduler.elapsed().minusSeconds(60);
        while (!events.isEmpty() && events.peek().compareTo(minuteAgo) < 0) {
            events.remove();
        }
        must(
                events.size() < MOST_EVENTS_A_MINUTE,
                "a busy loop: " + events.size() + " events in a minute");
        monitor.ifPresent(live ->
                must(
                        MonitorProbe.state(live).equals(folded),
                        "the state differs from the journal's fold"));
        checkState();
    }

    private void checkState() {
        Set<IssueId> held = new HashSet<>();
        folded.workers()
                .values()
                .forEach(worker ->
                        worker.issue()
                                .ifPresent(id -> {
                                    must(held.add(id), id + " is held by two workers");
                                    must(
                                            folded.begun(id).worker().orElse(0) == worker.number(),
                                            id
                                                    + " and worker "
                                                    + worker.number()
                                                    + " do not agree");
                                }));
        for (IssueState issue : folded.issues().values()) {
            must(
                    issue.worker().isEmpty() || held.contains(issue.id()),
                    issue.id() + " has a worker that does not hold it");
            must(
                    !issue.status().isTerminal() || issue.worker().isEmpty(),
                    issue.id() + " has ended and keeps its worker");
        }
    }

    private void checkEvent(RunState before, Event event, Optional<WorkspaceConfig> config) {
        switch (event) {
            case Event.AttemptStarting e -> {
                must(
                        before.gate().isOpen() && before.shortage().isEmpty(),
                        e.issue() + " is launched while launches pause");
                must(
                        !before.worker(e.attempt().worker()).stopped(),
                        e.issue() + " is launched on a worker that is stopped");
                must(!before.stopping(), e.issue() + " is launched while the run stops");
                IssueState issue = before.begun(e.issue());
                must(
                        !issue.hasLiveAttempt() && !issue.isIn(AttemptPhase.ENDED),
                        e.issue() + " is launched while its last attempt is not settled");
                must(
                        e.attempt().number() == issue.attempts() + 1,
                        e.issue() + " gets the attempt number " + e.attempt().number());
            }
            case Event.IssueAssigned e ->
                    config.ifPresent(known -> checkAssigned(before, e.issue(), known));
            case Event.StageCompleted e ->
                    must(
                            before.begun(e.issue()).stageIndex() == e.stageIndex(),
                            e.issue() + " completes a stage that it is not at");
            default -> {}
        }
    }

    private void checkAssigned(RunState before, IssueId id, WorkspaceConfig config) {
        Optional<Issue> defined = config.issue(id);
        must(defined.isPresent(), id + " is assigned and not defined");
        defined.ifPresent(issue ->
                issue.dependsOn()
                        .forEach(on ->
                                must(
                                        NextIssue.statusOf(config, before, on)
                                                == IssueStatus.COMPLETED,
                                        "%s is assigned before %s is completed"
                                                .formatted(id, on))));
    }

    private void checkSnapshot(RunSnapshot snapshot) {
        for (RunSnapshot.WorkerView worker : snapshot.workers()) {
            if (worker.status() == RunSnapshot.WorkerStatus.RUNNING) {
                checkRuns(worker);
            }
        }
        if (shown.equals(Optional.of(snapshot))) {
            return;
        }
        shown = Optional.of(snapshot);
        RunSnapshot.Totals totals = snapshot.totals();
        must(
                totals.issues()
                        == totals.completed()
                                + totals.inProgress()
                                + totals.pending()
                                + totals.failed()
                                + totals.parked(),
                "the totals do not add up");
        for (RunSnapshot.IssueView issue : snapshot.issues()) {
            boolean needsReason =
                    issue.status() == IssueStatus.FAILED || issue.status() == IssueStatus.PARKED;
            must(
                    !needsReason || !issue.reason().isBlank(),
                    issue.id() + " is " + issue.status() + " and nobody says why");
        }
    }

    /** What is shown as running runs, or did until so lately that nobody can know. */
    private void checkRuns(RunSnapshot.WorkerView worker) {
        Optional<String> attempt =
                worker.issue()
                        .flatMap(id -> Optional.ofNullable(folded.issues().get(id)))
                        .flatMap(IssueState::attempt)
                        .map(CurrentAttempt::attempt)
                        .filter(current -> current.number() == worker.attempt())
                        .map(current -> current.id());
        if (attempt.isEmpty()) {
            return;
        }
        boolean alive =
                world.machine.alive().stream().anyMatch(proc -> proc.mark.equals(attempt.get()));
        if (alive) {
            lastAlive.put(attempt.get(), world.scheduler.elapsed());
            return;
        }
        Duration since =
                world.scheduler
                        .elapsed()
                        .minus(lastAlive.getOrDefault(attempt.get(), Duration.ZERO));
        Duration now = world.scheduler.elapsed();
        // A disk that takes no journal keeps an end from being told.
        boolean calm = kindSince.filter(at -> at.plus(CALLS_HANG).compareTo(now) < 0).isPresent();
        Duration limit =
                calm || (!mood.everHangs() && !world.ills.everAiled())
                        ? SEEN_RUNNING
                        : SEEN_RUNNING_AT_WORST;
        must(
                since.compareTo(limit) < 0,
                "worker %d is shown running and nothing of it has run for %d s"
                        .formatted(worker.worker(), since.toSeconds()));
    }

    /** Every issue has ended or is explained; nothing is lost, nothing is left. */
    void checkEnd(Optional<RunSnapshot> last, String branchPrefix) {
        must(last.isPresent(), "no monitor has come to work at the end");
        must(world.git.lost().isEmpty(), "nothing holds these any more: " + world.git.lost());
        last.ifPresent(snapshot -> {
            for (RunSnapshot.IssueView issue : snapshot.issues()) {
                checkEnded(issue, branchPrefix + issue.id().number());
            }
        });
        for (Proc proc : world.machine.alive()) {
            must(false, proc.role + " of " + proc.mark + " still runs");
        }
    }

    private void checkEnded(RunSnapshot.IssueView issue, String branch) {
        boolean explained =
                issue.status().isTerminal()
                        || (issue.status() == IssueStatus.PENDING && issue.blockedForever());
        must(explained, "%s stays %s at %s".formatted(issue.id(), issue.status(), issue.stage()));
        // Where a person took the worktree away, nobody knows what its branch holds.
        boolean known =
                Optional.ofNullable(folded.issues().get(issue.id()))
                        .flatMap(IssueState::worktree)
                        .isPresent();
        if (issue.status() == IssueStatus.COMPLETED && known) {
            must(
                    world.git.branch(branch).equals(world.git.pushed(branch))
                            || world.git.branch(branch).equals(Optional.of("c0")),
                    "%s is completed with %s, and the remote has %s"
                            .formatted(
                                    issue.id(),
                                    world.git.branch(branch),
                                    world.git.pushed(branch)));
        }
    }
}
