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
import java.util.stream.Collectors;
import orchestrator.forge.Forge;
import orchestrator.git.Worktrees;
import orchestrator.log.PlainText;
import orchestrator.model.Attempt;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Gate;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
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

    private static final Duration START_LOOKS = Duration.ofMillis(5);

    private static final Duration PUSH_RETRY_CAP = Duration.ofSeconds(300);

    private final RunContext context;
    private final LiveAttempts lives;
    private final Starter starter;
    private final Harvest harvest;
    private final ProjectCommands commands;
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
        commands = new ProjectCommands(context);
    }

    /** Begins the effect of an intent. */
    void act(WorkspaceConfig config, RunState state, Event.Intent intent) {
        switch (intent) {
            case Event.WorktreeCreating e ->
                    run(
                            () ->
                                    preparing(() ->
                                            createWorktree(config, state.begun(e.issue()), e)),
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
            case Event.GateStarting e ->
                    run(
                            () -> gate(config, state.begun(e.issue())),
                            why -> new Event.GateFailed(e.issue(), e.attemptId(), why, ""));
            case Event.PullRequestOpening e ->
                    run(
                            () -> propose(config, e),
                            why ->
                                    new Event.PullRequestFailed(
                                            e.issue(),
                                            why,
                                            again(
                                                    state.begun(e.issue())
                                                            .pullRequest()
                                                            .failures())));
            case Event.PushStarting e ->
                    run(
                            () -> push(config, state.begun(e.issue()), e),
                            why -> pushFailed(state.begun(e.issue()), why));
        }
    }

    private Event preparing(Supplier<Event> act) {
        starting.incrementAndGet();
        try {
            return act.get();
        } finally {
            starting.decrementAndGet();
        }
    }

    private void start(WorkspaceConfig config, RunState state, Attempt attempt) {
        starting.incrementAndGet();
        background(() -> {
            try {
                // What was asked of the work before may still look at it.
                commands.endGate(attempt.issue());
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

    private Event createWorktree(
            WorkspaceConfig config, IssueState state, Event.WorktreeCreating intent) {
        Repo own = repo(config, intent.issue());
        // What an existing branch is worked on for begins where that branch is.
        Repo repo = config.issue(intent.issue()).flatMap(Issue::branch).map(own::from).orElse(own);
        fetchIfOld(repo);
        Worktrees.Ready ready = context.ports().worktrees().ensure(repo, intent.issue().number());
        if (ready.created() || !state.prepared()) {
            context.ports().worktrees().copyFiles(repo, ready.path());
            commands.setUp(intent.issue(), repo.setup(), ready.path());
        }
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
        Path fetchedOf = repo.path().resolve(repo.defaultBranch());
        Instant last = fetched.getOrDefault(fetchedOf, Instant.EPOCH);
        if (last.plus(FETCH_AFTER).isAfter(now()) || !context.ports().worktrees().hasOrigin(repo)) {
            return;
        }
        fetched.put(fetchedOf, now());
        try {
            context.ports().worktrees().fetch(repo);
        } catch (Fault fault) {
            // Working from a base that is some minutes old is better than not working.
            LOG.warn("{}: {}", repo.path(), fault.line());
        }
    }

    /** Waits until nothing is being started any more, so long at most. Blocks. */
    void awaitStarts(Duration limit) {
        if (!context.ports().threads().await(limit, START_LOOKS, () -> starting.get() == 0)) {
            LOG.info("An attempt is still being started; the next monitor decides about it");
        }
    }

    /** The clock was set back: what was fetched then says nothing of now. */
    void forgetFetches() {
        fetched.clear();
    }

    private Event commitLeftovers(RunState state, Event.LeftoversCommitting intent) {
        IssueState issue = state.begun(intent.issue());
        Path worktree = Path.of(issue.worktree().map(Worktree::path).orElseThrow());
        String message =
                "wip: %s of issue %d, left uncommitted by the agent"
                        .formatted(intent.stage(), intent.issue().number());
        Optional<String> commit = context.ports().worktrees().commitAll(worktree, message);
        // Nothing left: a monitor that was killed over it may have committed it before.
        String base = issue.worktree().map(Worktree::base).orElse("");
        String head =
                commit.orElseGet(() ->
                        context.ports()
                                .worktrees()
                                .facts(worktree, base, issue.stageStartCommit())
                                .head());
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

    private Event gate(WorkspaceConfig config, IssueState issue) {
        Attempt attempt = issue.attempt().orElseThrow().attempt();
        Gate gate =
                config.project(issue.id().project())
                        .flatMap(project ->
                                project.pipeline().stream()
                                        .filter(stage -> stage.name().equals(attempt.stage()))
                                        .findFirst())
                        .flatMap(Stage::gate)
                        .orElseThrow(() ->
                                new Fault(
                                        "gate-undefined",
                                        "The gate of %s is no longer defined."
                                                .formatted(attempt.stage())));
        return commands.gate(
                attempt, gate, Path.of(issue.worktree().map(Worktree::path).orElseThrow()));
    }

    private Event propose(WorkspaceConfig config, Event.PullRequestOpening intent) {
        Issue issue = config.issue(intent.issue()).orElseThrow(() -> undefined(intent.issue()));
        Repo repo = repo(config, intent.issue());
        String title = PlainText.oneLine(issue.title());
        String body =
                "Closes #%d.\n\nWorked on by Orchestrator, stage by stage: %s.\n"
                        .formatted(
                                intent.issue().number(),
                                config
                                        .project(intent.issue().project())
                                        .orElseThrow()
                                        .pipeline()
                                        .stream()
                                        .map(Stage::name)
                                        .collect(Collectors.joining(", ")));
        String url =
                context.ports()
                        .forge()
                        .propose(
                                repo,
                                new Forge.Proposal(
                                        intent.branch(),
                                        issue.branch().orElse(repo.defaultBranch()),
                                        title.isBlank() ? intent.issue().toString() : title,
                                        body));
        return new Event.PullRequestOpened(intent.issue(), url);
    }

    private Instant again(int failures) {
        Duration wait = Duration.ofSeconds(2L << Math.min(failures, 7));
        return now().plus(wait.compareTo(PUSH_RETRY_CAP) > 0 ? PUSH_RETRY_CAP : wait);
    }

    private static Fault undefined(IssueId id) {
        return new Fault("issue-undefined", id + " is no longer defined.");
    }

    private Event pushFailed(IssueState issue, String why) {
        return new Event.PushFailed(issue.id(), why, again(issue.push().failures()));
    }

    private static Repo repo(WorkspaceConfig config, IssueId id) {
        Project project = config.project(id.project()).orElseThrow(() -> undefined(id));
        Issue issue = project.issue(id.number()).orElseThrow(() -> undefined(id));
        return project.repoOf(issue);
    }

    private Instant now() {
        return context.ports().clock().instant();
    }

    /** Ends the gates that run: their work is asked again by the next monitor. */
    void endGates() {
        commands.endGates();
    }

    @Override
    public void close() {
        // Acts that have begun go on to their end; the next monitor finds what they did.
        closed = true;
        commands.close();
    }
}
