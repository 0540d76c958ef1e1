package orchestrator.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import orchestrator.git.Worktrees;
import orchestrator.model.Attempt;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on intents that are on disk. Each act runs on a virtual thread of its own and comes back to
 * the monitor as events; nothing here changes state. Called by the monitor thread.
 */
final class Executor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

    /** A base older than this is fetched again before a worktree is made from it. */
    private static final Duration FETCH_AFTER = Duration.ofMinutes(10);

    /** A push gives way to starts no longer than this. */
    private static final Duration PUSH_WAITS = Duration.ofSeconds(2);

    private static final Duration PUSH_LOOKS = Duration.ofMillis(25);

    private static final Duration PUSH_RETRY_CAP = Duration.ofSeconds(300);

    private final RunContext context;
    private final LiveAttempts lives;
    private final Starter starter;
    private final Harvest harvest;
    private final Consumer<Signal> signals;
    private final AtomicInteger starting = new AtomicInteger();
    private final Set<String> harvesting = ConcurrentHashMap.newKeySet();
    private final Map<Path, Instant> fetched = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Executor(RunContext context, LiveAttempts lives, Starter starter, Consumer<Signal> signals) {
        this.context = context;
        this.lives = lives;
        this.starter = starter;
        this.signals = signals;
        harvest = new Harvest(context, lives);
    }

    /** Begins the effect of an intent. */
    void act(WorkspaceConfig config, RunState state, Event.Intent intent) {
        switch (intent) {
            case Event.WorktreeCreating e ->
                    run(
                            () -> createWorktree(config, e),
                            why -> worktreeFailed(state.begun(e.issue()), why));
            case Event.AttemptStarting e -> start(config, state, e.attempt());
            case Event.AttemptEnding e ->
                    harvest(state, e.issue(), e.attemptId(), Optional.of(e.cause()));
            case Event.LeftoversCommitting e ->
                    run(
                            () -> commitLeftovers(state, e),
                            why ->
                                    new Event.IssueParked(
                                            e.issue(),
                                            "what the agent left could not be committed: " + why));
            case Event.PushStarting e ->
                    run(
                            () -> push(config, state.begun(e.issue()), e),
                            why -> pushFailed(state.begun(e.issue()), why));
        }
    }

    private void start(WorkspaceConfig config, RunState state, Attempt attempt) {
        starting.incrementAndGet();
        background(() -> {
            try {
                tell(starter.start(config, state, attempt));
            } finally {
                starting.decrementAndGet();
            }
        });
    }

    /**
     * Gathers how an attempt ended, once. When it cannot be ended, nothing follows, and it may be
     * asked for again; as it may when the attempt's start is still being prepared.
     */
    void harvest(RunState state, IssueId id, String attemptId, Optional<EndCause> cause) {
        if (!harvesting.add(attemptId)) {
            return;
        }
        // After the claim: a gathering that has just come to its end has removed it.
        Optional<LiveAttempt> live = lives.get(attemptId);
        if (live.isEmpty()) {
            harvesting.remove(attemptId);
            return;
        }
        IssueState issue = state.begun(id);
        background(() -> {
            try {
                List<Event> events = harvest.harvest(issue, live.get(), cause);
                lives.remove(attemptId);
                tell(events);
            } finally {
                harvesting.remove(attemptId);
            }
        });
    }

    private void tell(List<Event> events) {
        events.forEach(event -> signals.accept(new Signal.Happened(event)));
    }

    /** Runs something that blocks; its failure is logged. Once closed, nothing is begun. */
    void background(Runnable task) {
        if (closed) {
            LOG.debug("The monitor is closed; a task was not begun");
        } else {
            var _ = begin(task);
        }
    }

    /** The same, for one who waits for it. */
    Threads.Task begin(Runnable task) {
        return context.ports().threads().begin("act", () -> guarded(task));
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Fault fault) {
            LOG.warn("{}", fault.line());
        } catch (RuntimeException e) {
            LOG.error("A background task failed", e);
        }
    }

    /** Runs an act; whatever it fails with becomes the event that says so. */
    private void run(Supplier<Event> act, Function<String, Event> failure) {
        background(() -> {
            Event event;
            try {
                event = act.get();
            } catch (Fault fault) {
                event = failure.apply(fault.line());
            } catch (RuntimeException e) {
                // A defect of ours: told like any failure, instead of hanging for ever.
                LOG.error("An act failed", e);
                event = failure.apply("an internal error; see the log: " + e);
            }
            signals.accept(new Signal.Happened(event));
        });
    }

    private Event createWorktree(WorkspaceConfig config, Event.WorktreeCreating intent) {
        Repo repo = repo(config, intent.issue());
        fetchIfOld(repo);
        Worktrees.Ready ready = context.ports().worktrees().ensure(repo, intent.issue().number());
        return new Event.WorktreeReady(
                intent.issue(),
                repo.name(),
                ready.path().toString(),
                ready.branch(),
                ready.base(),
                ready.head(),
                ready.created());
    }

    private Event worktreeFailed(IssueState known, String why) {
        Instant next = now().plus(Starter.Backoff.after(known.trouble().count()));
        return new Event.WorktreeFailed(known.id(), why, next);
    }

    private void fetchIfOld(Repo repo) {
        Instant last = fetched.getOrDefault(repo.path(), Instant.EPOCH);
        if (last.plus(FETCH_AFTER).isAfter(now()) || !context.ports().worktrees().hasOrigin(repo)) {
            return;
        }
        fetched.put(repo.path(), now());
        try {
            context.ports().worktrees().fetch(repo);
        } catch (Fault fault) {
            // Working from a base that is some minutes old is better than not working.
            LOG.warn("{}: {}", repo.path(), fault.line());
        }
    }

    private Event commitLeftovers(RunState state, Event.LeftoversCommitting intent) {
        IssueState issue = state.begun(intent.issue());
        Path worktree = Path.of(issue.worktree().map(Worktree::path).orElseThrow());
        String message =
                "wip: %s of issue %d, left uncommitted by the agent"
                        .formatted(intent.stage(), intent.issue().number());
        Optional<String> commit = context.ports().worktrees().commitAll(worktree, message);
        String head = commit.orElseGet(() -> issue.finish().orElseThrow().head());
        return new Event.LeftoversCommitted(intent.issue(), head);
    }

    private Event push(WorkspaceConfig config, IssueState issue, Event.PushStarting intent) {
        // A push is half a dozen processes, and nobody waits for it.
        context.ports().threads().await(PUSH_WAITS, PUSH_LOOKS, () -> starting.get() == 0);
        Repo repo = repo(config, intent.issue());
        if (!context.ports().worktrees().hasOrigin(repo)) {
            return new Event.PushSkipped(intent.issue(), repo.path() + " has no remote 'origin'");
        }
        String branch =
                issue.worktree()
                        .map(Worktree::branch)
                        .orElseGet(() -> repo.branchOf(intent.issue().number()));
        context.ports().worktrees().push(repo, branch, intent.commit());
        return new Event.Pushed(intent.issue(), branch, intent.commit());
    }

    private Event pushFailed(IssueState issue, String why) {
        Duration wait = Duration.ofSeconds(2L << Math.min(issue.push().failures(), 7));
        Duration capped = wait.compareTo(PUSH_RETRY_CAP) > 0 ? PUSH_RETRY_CAP : wait;
        return new Event.PushFailed(issue.id(), why, now().plus(capped));
    }

    private static Repo repo(WorkspaceConfig config, IssueId id) {
        Project project =
                config.project(id.project())
                        .orElseThrow(
                                () -> new Fault("issue-undefined", id + " is no longer defined."));
        Issue issue =
                project.issue(id.number())
                        .orElseThrow(
                                () -> new Fault("issue-undefined", id + " is no longer defined."));
        return project.repoOf(issue);
    }

    private Instant now() {
        return context.ports().clock().instant();
    }

    @Override
    public void close() {
        // Acts that have begun go on to their end; the next monitor finds what they did.
        closed = true;
    }
}
