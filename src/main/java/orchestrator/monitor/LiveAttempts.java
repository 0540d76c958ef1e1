package orchestrator.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import orchestrator.agent.Agent;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptSight;
import orchestrator.model.Fault;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.Resources;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;
import orchestrator.store.AttemptFolder;
import orchestrator.store.PlaybookLinks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts that live, watched: their exit files, streams, processes and worktrees. What is
 * found goes to the monitor as signals. Safe on any thread.
 */
final class LiveAttempts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveAttempts.class);

    /** What people read of one of few agents lags no more than this behind it. */
    private static final Duration READ_EVERY = Duration.ofMillis(200);

    /**
     * Of more agents than this each is read less often, 60 of them every second, and all together:
     * what they said is then shown once. Nothing waits for it: an end is read when it is seen.
     */
    private static final int READ_OFTEN = 12;

    /**
     * How long a started script may take to show itself on a loaded machine before it counts as
     * gone.
     */
    private static final Duration SHOW_UP = Duration.ofSeconds(30);

    /** Looks come every 2 s; after a longer gap (the machine slept) nobody has watched. */
    private static final Duration GAP = Duration.ofSeconds(60);

    /**
     * A worktree is scanned only for an attempt that has been quiet this long, or a third of what
     * counts as a stall when that is less, and not more often.
     */
    private static final Duration QUIET = Duration.ofSeconds(60);

    private final RunContext context;
    private final Consumer<Signal> signals;
    private final FolderWatch watch;
    private final PlaybookLinks links;
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Map<String, LiveAttempt> attempts = new ConcurrentHashMap<>();
    private final Map<String, AutoCloseable> watches = new ConcurrentHashMap<>();
    private final Map<String, Instant> scanned = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Optional<Instant> lastLook = Optional.empty();
    private final Threads.Recurring reader;

    /** Counts the reader's turns; its own. */
    private int turn;

    LiveAttempts(RunContext context, FolderWatch watch, Consumer<Signal> signals) {
        this.context = context;
        this.watch = watch;
        links = context.links();
        this.signals = signals;
        reader = context.ports().threads().every("stream-reader", READ_EVERY, this::readAll);
    }

    /** Begins to watch an attempt; call before its process starts. */
    void add(WorkspaceConfig config, RunState state, Attempt attempt, AttemptFolder folder) {
        // Of a project that is no longer defined only the end matters, not its agent's words.
        Project project =
                config.project(attempt.issue().project())
                        .orElseGet(() -> config.projects().getFirst());
        Agent agent = context.ports().agent(folder, project.agentOf(attempt.stage()));
        Optional<Worktree> known =
                Optional.ofNullable(state.issues().get(attempt.issue()))
                        .flatMap(issue -> issue.worktree());
        Path worktree = known.map(Worktree::path).map(Path::of).orElse(folder.path());
        Optional<Repo> repo = known.map(tree -> project.repos().get(tree.repo()));
        InstantSource clock = context.ports().clock();
        attempts.put(
                attempt.id(),
                new LiveAttempt(attempt, folder, worktree, repo, agent, quiet(project), clock));
        try {
            watches.put(
                    attempt.id(),
                    watch.watch(
                            folder.path(),
                            false,
                            name -> {
                                if (name.isEmpty() || name.equals(AttemptFolder.EXIT_NAME)) {
                                    signalIfEnded(attempt.id(), folder);
                                }
                            }));
        } catch (IOException e) {
            LOG.warn(
                    "No watch on {}; its end is seen by the looks every 2 s: {}",
                    folder.path(),
                    e.getMessage());
        }
        point(attempt, folder);
        signalIfEnded(attempt.id(), folder);
    }

    private void point(Attempt attempt, AttemptFolder folder) {
        try {
            synchronized (links) {
                links.point(attempt.worker(), attempt.issue().project(), folder)
                        .forEach(path ->
                                LOG.warn(
                                        "{} is not ours and is left alone; look in {}",
                                        path,
                                        folder.path()));
            }
        } catch (Fault fault) {
            // The links are a convenience: no work waits for them.
            LOG.warn("{}", fault.line());
        }
    }

    private void signalIfEnded(String attemptId, AttemptFolder folder) {
        if (folder.exit().isPresent()) {
            LOG.debug("exit seen {}", attemptId);
            signals.accept(new Signal.ExitSeen(attemptId));
        }
    }

    Optional<LiveAttempt> get(String attemptId) {
        return Optional.ofNullable(attempts.get(attemptId));
    }

    Collection<LiveAttempt> all() {
        return List.copyOf(attempts.values());
    }

    /** Ends the watching of an attempt. */
    void remove(String attemptId) {
        attempts.remove(attemptId);
        scanned.remove(attemptId);
        unreadable.remove(attemptId);
        AutoCloseable watched = watches.remove(attemptId);
        if (watched != null) {
            close(watched);
        }
    }

    /** Writes a line of ours into an attempt's transcript. */
    void note(String attemptId, String line) {
        LiveAttempt live = attempts.get(attemptId);
        if (live != null) {
            try {
                live.note(line);
            } catch (Fault fault) {
                LOG.warn("{}", fault.line());
            }
        }
    }

    /** The clock was set back: ages stay what they were. */
    void clockSetBack(Duration by) {
        attempts.values().forEach(live -> live.clockSetBack(by));
        scanned.replaceAll((id, at) -> at.minus(by));
        lastLook = lastLook.map(at -> at.minus(by));
    }

    private void readAll() {
        int turns = Math.max(1, (attempts.size() + READ_OFTEN - 1) / READ_OFTEN);
        if (Math.floorMod(turn++, turns) != 0) {
            return;
        }
        boolean grew = false;
        for (LiveAttempt live : attempts.values()) {
            grew |= read(live);
        }
        if (grew) {
            signals.accept(new Signal.StreamGrew());
        }
    }

    private boolean read(LiveAttempt live) {
        String id = live.attempt().id();
        try {
            boolean grew = live.read(context.ports().clock().instant());
            unreadable.remove(id);
            return grew;
        } catch (RuntimeException e) {
            // One unreadable stream must not end the reading of all others; the attempt's end is
            // seen by its exit file. Told once, not five times a second.
            if (unreadable.add(id)) {
                LOG.warn("{}; it is tried again until it can be", e.getMessage());
            }
            return false;
        }
    }

    /**
     * Looks at all of them and signals what was found. Blocks. While one look goes on (a file
     * system that hangs), another does nothing.
     */
    void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            Instant now = context.ports().clock().instant();
            boolean unwatched = lastLook.filter(last -> last.plus(GAP).isBefore(now)).isPresent();
            lastLook = Optional.of(now);
            Map<String, AttemptSight> sights = new HashMap<>();
            Collection<LiveAttempt> all = all();
            Map<ProcessIdentity, Duration> cpu = cpu(all, now);
            for (LiveAttempt live : all) {
                look(live, cpu, now, unwatched, sights);
            }
            signals.accept(new Signal.Looked(now, sights, resources()));
        } finally {
            looking.set(false);
        }
    }

    /** One look at the system's processes, however many are silent, and none when all speak. */
    private Map<ProcessIdentity, Duration> cpu(Collection<LiveAttempt> all, Instant now) {
        try {
            return context.ports()
                    .processes()
                    .treeCpus(
                            all.stream()
                                    .filter(live -> live.isSilent(now))
                                    .flatMap(live -> process(live).stream())
                                    .toList());
        } catch (Fault fault) {
            // Unknown of all: nobody is taken for idle by a look that failed.
            LOG.warn("{}", fault.line());
            return Map.of();
        }
    }

    private static Optional<ProcessIdentity> process(LiveAttempt live) {
        try {
            return live.process();
        } catch (Fault fault) {
            return Optional.empty(); // The look at it says so.
        }
    }

    /** What is free on the machine. Blocks for the file system. */
    Resources resources() {
        Set<Path> places = new HashSet<>();
        places.add(context.state().root());
        attempts.values().forEach(live -> places.add(live.worktree()));
        return context.ports().machine().look(places);
    }

    private void look(
            LiveAttempt live,
            Map<ProcessIdentity, Duration> cpu,
            Instant now,
            boolean unwatched,
            Map<String, AttemptSight> sights) {
        try {
            scanIfQuiet(live, now);
            Optional<Duration> used = live.process().map(cpu::get);
            AttemptSight sight = live.look(context.ports().processes(), used, now, unwatched);
            sights.put(live.attempt().id(), sight);
            // First the process, then the file: a script that is gone has written what it ever
            // will.
            boolean gone = live.isGone(sight, now, SHOW_UP);
            if (gone || live.folder().exit().isPresent()) {
                signals.accept(new Signal.ExitSeen(live.attempt().id()));
            }
        } catch (RuntimeException e) {
            // A look that failed is no sight: nothing is decided from it, and the others are seen.
            LOG.warn("{} could not be looked at: {}", live.folder().path(), e.toString());
        }
    }

    private static Duration quiet(Project project) {
        Duration third = project.limits().stallTimeout().dividedBy(3);
        return third.compareTo(QUIET) < 0 ? third : QUIET;
    }

    private void scanIfQuiet(LiveAttempt live, Instant now) {
        String id = live.attempt().id();
        Instant last = scanned.getOrDefault(id, live.startedAt());
        Duration quiet = live.quiet();
        if (live.lastActivity().plus(quiet).isAfter(now) || last.plus(quiet).isAfter(now)) {
            return;
        }
        scanned.put(id, now);
        try {
            context.ports()
                    .worktrees()
                    .newestChange(live.worktree(), now)
                    .ifPresent(live::worktreeChanged);
        } catch (Fault fault) {
            LOG.info("{}", fault.line());
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.warn("A watch could not be closed: {}", e.toString());
        }
    }

    @Override
    public void close() {
        reader.close();
        watches.values().forEach(LiveAttempts::close);
    }
}
