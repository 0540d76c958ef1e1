package orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.model.AttemptPhase;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Decision;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.IssueState;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunState;
import orchestrator.model.TimedEvent;
import orchestrator.model.WorkspaceConfig;
import orchestrator.rules.Decider;
import orchestrator.store.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one loop that decides. {@link #run} owns the state and runs on one thread, the monitor
 * thread; the other public methods may be called on any. It never blocks for anything but the
 * journal's disk: what can block runs elsewhere and comes back as a {@link Signal}.
 */
public final class Monitor {
    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

    /** For attempts that are being started, at the end. */
    private static final Duration LAST_STARTS = Duration.ofSeconds(5);

    private final RunContext context;
    private final String host;
    private final Ledger ledger;
    private final Threads.Mailbox<Signal> signals;
    private final Defects defects = new Defects();
    private final FolderWatch watch;
    private final LiveAttempts lives;
    private final Windows windows;
    private final Upkeep upkeep;
    private final Orphans orphans;
    private final Executor executor;
    private final Intake intake;
    private final Publisher publisher;
    private final Display display;
    private final Answers answers;
    private final CommandDesk desk;
    private final Timetable times;
    private WorkspaceConfig config;
    private Decider decider;
    private volatile Instant turned = Instant.EPOCH;

    private boolean released;
    private String endReason = "all work is stopped";

    /**
     * A monitor over an open journal, whose lock the caller holds.
     *
     * @param host where it runs: {@code window} or {@code terminal}
     * @param narrator is given each event as a line, on a thread of its own
     */
    public Monitor(
            RunContext context,
            WorkspaceConfig config,
            Journal journal,
            String host,
            Consumer<String> narrator) {
        this.context = context;
        this.config = config;
        decider = new Decider(config);
        ledger = new Ledger(journal);
        this.host = host;
        signals = context.ports().threads().mailbox();
        watch = context.ports().watches().get();
        lives = new LiveAttempts(context, watch, signals::add);
        windows = new Windows(context);
        orphans = new Orphans(context, id -> lives.get(id).isPresent());
        executor = new Executor(context, lives, new Starter(context, windows, lives), signals::add);
        upkeep = new Upkeep(windows, orphans, new LogRetention(context), executor, signals::add);
        intake = new Intake(context, watch, signals::add);
        publisher = new Publisher(context, narrator);
        display = new Display(context, host, publisher);
        answers = new Answers(executor, intake);
        desk = new CommandDesk(ledger, answers);
        // The clock may have been set back while nobody was there to see it.
        times = new Timetable(ledger.newestAt());
    }

    /** The newest snapshot; empty until the first was made. */
    public Optional<RunSnapshot> latest() {
        return display.latest();
    }

    /** Asks it to end all attempts and then itself. */
    public void stop(String reason) {
        signals.add(new Signal.Stop(reason));
    }

    /** Asks it to end; the workers work on. */
    public void release(String reason) {
        signals.add(new Signal.Release(reason));
    }

    /** Has it look at what is due by its clock, now. */
    void wake() {
        signals.add(new Signal.Wake());
    }

    /** When its loop last came round, by its clock. */
    Instant turned() {
        return turned;
    }

    /** Runs until it is stopped or released. */
    public void run() {
        try {
            begin();
            while (!isOver()) {
                turn();
            }
        } finally {
            end();
        }
    }

    private boolean isOver() {
        return released || (state().stopping() && Decider.isQuiet(state()) && ledger.isSettled());
    }

    private void turn() {
        List<Signal> signalled = await();
        Instant at = now();
        defects.guard(this::mindTheClock);
        signalled.forEach(signal -> defects.guard(() -> take(signal)));
        defects.guard(this::look);
        defects.guard(this::settle);
        defects.guard(this::show);
        turned = at;
    }

    /**
     * Everything here measures by the clock on the wall; when it is set back, all of it follows.
     */
    private void mindTheClock() {
        Instant now = now();
        Optional<Duration> back = times.setBack(now);
        if (back.isPresent()) {
            note(new Event.ClockSetBack(back.get().toMillis()));
            lives.clockSetBack(back.get());
            executor.forgetFetches();
            ledger.retryNow(now);
        }
    }

    private void begin() {
        mindTheClock();
        if (state().workspaceId().isEmpty()) {
            note(new Event.WorkspaceOpened(context.workspaceId()));
        }
        note(new Event.MonitorStarted(context.ports().processes().self(), host, context.version()));
        noteConfig();
        settleWithoutDeciding();
        new Recovery(context, config, lives).recover(state()).forEach(this::note);
        settleWithoutDeciding();
        orphans.sweepAtStart();
        windows.ensure(state(), config.settings().tmuxSession(), config.settings().workers())
                .forEach(this::note);
        settleWithoutDeciding();
        resumeEnds();
        // Before anything is decided: nothing is started where there is no room.
        times.saw(Map.of(), lives.resources(), now());
        intake.open(config);
        defects.guard(this::settle);
        defects.guard(this::show);
    }

    /** Ends that were begun and could not be brought about yet, or not by the last monitor. */
    private void resumeEnds() {
        for (IssueState issue : state().activeIssues()) {
            if (issue.isIn(AttemptPhase.ENDING)) {
                CurrentAttempt current = issue.attempt().orElseThrow();
                executor.harvest(state(), issue.id(), current.attempt().id(), current.endCause());
            }
        }
    }

    private void end() {
        try {
            // Before others may take the workspace: what is being started is theirs to know of.
            executor.close();
            executor.awaitStarts(LAST_STARTS);
            noteWhatCameLast();
            note(new Event.MonitorStopped(endReason));
            settleWithoutDeciding();
            show();
            answers.awaitLast();
        } catch (Fault fault) {
            LOG.error("The monitor's end could not be journaled: {}", fault.line());
        } finally {
            endGates();
            intake.close();
            lives.close();
            watch.close();
            executor.close();
            publisher.close();
        }
    }

    private void noteWhatCameLast() {
        try {
            for (Signal signal : signals.take(Duration.ZERO)) {
                if (signal instanceof Signal.Happened happened) {
                    take(happened);
                }
            }
        } catch (InterruptedException e) {
            // The next monitor finds it out.
            Thread.currentThread().interrupt();
        }
    }

    /** A run that is stopped leaves nothing running; one that is handed over is asked again. */
    private void endGates() {
        if (state().stopping()) {
            try {
                executor.endGates();
            } catch (Fault fault) {
                LOG.error("{}", fault.line());
            }
        }
    }

    private List<Signal> await() {
        try {
            return signals.take(untilNextDue());
        } catch (InterruptedException e) {
            // The host's way to say: end now.
            released = true;
            endReason = "interrupted";
            return List.of();
        }
    }

    private Duration untilNextDue() {
        Instant now = now();
        Instant due = times.nextDue();
        Optional<Instant> decided = decider.nextDue(state(), now);
        if (decided.isPresent() && decided.get().isBefore(due)) {
            due = decided.get();
        }
        if (ledger.retry().isPresent() && ledger.retry().get().isBefore(due)) {
            due = ledger.retry().get();
        }
        return due.isAfter(now) ? Duration.between(now, due).plusMillis(1) : Duration.ZERO;
    }

    private void take(Signal signal) {
        switch (signal) {
            case Signal.Happened e -> ledger.note(new Journal.Entry(e.event(), e.why()));
            case Signal.ExitSeen e -> harvest(e.attemptId());
            case Signal.Looked e -> times.saw(e.sights(), e.resources(), e.at());
            case Signal.StreamGrew e -> {}
            case Signal.Wake e -> {}
            case Signal.ConfigRead e -> reload(e.config());
            case Signal.ConfigBroken e -> note(new Event.ConfigRejected(e.problems()));
            case Signal.Commanded e -> command(e);
            case Signal.Stop e -> stopNow(e.reason());
            case Signal.Release e -> {
                released = true;
                endReason = e.reason();
            }
        }
    }

    private void harvest(String attemptId) {
        for (IssueState issue : state().activeIssues()) {
            boolean live = issue.isIn(AttemptPhase.STARTING) || issue.isIn(AttemptPhase.RUNNING);
            if (live && issue.isCurrent(attemptId)) {
                executor.harvest(state(), issue.id(), attemptId, Optional.empty());
                return;
            }
        }
    }

    private void stopNow(String reason) {
        if (!state().stopping()) {
            note(new Event.RunStopping(reason));
        }
        endReason = reason;
    }

    private void command(Signal.Commanded command) {
        switch (desk.take(config, command, now())) {
            case NOTHING -> {}
            case STOP -> stopNow("asked for by a command");
            case RELEASE -> {
                released = true;
                endReason = "handed over";
            }
        }
    }

    private void reload(WorkspaceConfig edited) {
        WorkspaceConfig next = edited.with(config.settings().sameRun(edited.settings()));
        if (!next.equals(edited)) {
            LOG.warn("tmux_session, tmux_socket and state_dir change with the next launch only");
        }
        boolean grown = next.settings().workers() > config.settings().workers();
        config = next;
        decider = new Decider(next);
        noteConfig();
        if (grown) {
            upkeep.ensureWindows(state(), config.settings());
        }
    }

    private void noteConfig() {
        int issues = config.projects().stream().mapToInt(project -> project.issues().size()).sum();
        note(
                new Event.ConfigLoaded(
                        config.projects().stream().map(project -> project.name()).toList(),
                        issues,
                        config.settings().workers()));
    }

    private void note(Event event) {
        ledger.note(event);
    }

    private void look() {
        Instant now = now();
        if (times.sweepIsDue(now, config.settings().cycleInterval())) {
            intake.sweep();
            upkeep.sweep(state(), config.settings(), now);
            if (ledger.isCompactionDue()) {
                executor.background(ledger::compact);
            }
        }
        if (times.lookIsDue(now)) {
            executor.background(lives::look);
            resumeEnds();
            intake.lookForOwed();
        }
    }

    /**
     * Decides, writes down, acts: in this order, so that an intent is on disk before its effect
     * begins.
     */
    private void settle() {
        Instant now = now();
        if (ledger.retry().isPresent() && now.isBefore(ledger.retry().get())) {
            return;
        }
        List<Decision> decisions = decider.decide(ledger.foreseen(now), times.sight(now), now);
        // Nothing is decided after all when it was not written down: then it is decided anew.
        record(now, decisions).orElse(List.of()).stream()
                .map(TimedEvent::event)
                .filter(Event.Intent.class::isInstance)
                .map(Event.Intent.class::cast)
                // What a worker waits for comes first.
                .sorted(Comparator.comparing(intent -> !(intent instanceof Event.AttemptStarting)))
                .forEach(intent -> executor.act(config, state(), intent));
    }

    private void settleWithoutDeciding() {
        if (record(now(), List.of()).isEmpty()) {
            throw new Fault(
                    "journal-write",
                    "The journal %s cannot be written; make room on its disk and start again."
                            .formatted(context.state().journal()));
        }
    }

    private Optional<List<TimedEvent>> record(Instant now, List<Decision> decisions) {
        Optional<List<TimedEvent>> written = ledger.record(now, decisions);
        if (written.filter(events -> !events.isEmpty()).isPresent()) {
            publisher.tell(written.get());
            answers.sendOwed();
        }
        return written;
    }

    /** The fold of what is on disk. The monitor thread only. */
    RunState state() {
        return ledger.state();
    }

    /** What it decides by. The monitor thread only. */
    WorkspaceConfig config() {
        return config;
    }

    private void show() {
        display.show(decider, ledger, lives.all(), now());
    }

    private Instant now() {
        return context.ports().clock().instant();
    }
}
