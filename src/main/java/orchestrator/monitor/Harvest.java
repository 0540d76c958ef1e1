package orchestrator.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.agent.Agent;
import orchestrator.agent.StreamFacts;
import orchestrator.git.Worktrees;
import orchestrator.model.AgentOutcome;
import orchestrator.model.Attempt;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Finish;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.Liveness;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.Usage;
import orchestrator.model.Worktree;
import orchestrator.process.Processes;
import orchestrator.store.AttemptFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the facts of an attempt's end, once nothing of it runs any more. Blocks; runs on a
 * virtual thread.
 */
final class Harvest {
    private static final Logger LOG = LoggerFactory.getLogger(Harvest.class);

    /** The script is about to leave when its exit is on disk; what stays longer is a leftover. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Between two looks at whether the script has left; it takes some milliseconds. */
    private static final Duration SCRIPT_LEAVES = Duration.ofMillis(2);

    /** Between TERM and KILL (DESIGN §6). */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Before git is asked once more what an attempt did, each in turn. */
    private static final List<Duration> FACTS_AGAIN =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private static final int STDERR_TAIL = 8192;

    private final RunContext context;
    private final LiveAttempts lives;

    /** The newest rescue that was told of each issue: the same one is not told again. */
    private final Map<IssueId, String> rescued = new ConcurrentHashMap<>();

    Harvest(RunContext context, LiveAttempts lives) {
        this.context = context;
        this.lives = lives;
    }

    /**
     * Ends what is left of the attempt and tells how it ended. A failure to end it is thrown (then
     * it may still run); a failure to learn how it ended is told as how it ended.
     *
     * @param cause why we end it; empty: it ended by itself
     */
    List<Event> harvest(IssueState issue, LiveAttempt live, Optional<EndCause> cause) {
        Attempt attempt = live.attempt();
        Laps laps = new Laps(context.ports().clock());
        // Its start may still be under way: from here on its script never begins, if it has not.
        AttemptFolder folder = live.folder();
        boolean never = folder.exists() && (folder.forbidStart() || folder.forbidden());
        if (cause.isEmpty() && !never) {
            awaitScript(live.folder());
        }
        laps.lap("script");
        FactsAhead ahead =
                new FactsAhead(context.ports().threads(), () -> facts(issue, live.worktree()));
        end(attempt, cause.isPresent() ? Duration.ZERO : PATIENCE, ahead);
        laps.lap("processes");
        if (never) {
            AgentOutcome outcome = new AgentOutcome.Vanished("its script never began");
            Finish finish =
                    new Finish(Optional.empty(), outcome, "", 0, issue.commits(), 0, Usage.NONE);
            return List.of(new Event.AttemptEnded(attempt.issue(), attempt.id(), finish));
        }
        try {
            return gather(issue, live, cause, ahead, laps);
        } catch (RuntimeException e) {
            LOG.error("How {} {} ended is not known", attempt.issue(), attempt.stage(), e);
            AgentOutcome outcome =
                    new AgentOutcome.Failed("how it ended could not be read: " + e.getMessage());
            Finish finish =
                    new Finish(
                            Optional.empty(),
                            outcome,
                            "",
                            0,
                            issue.commits(),
                            0,
                            live.facts().usage());
            return List.of(new Event.AttemptEnded(attempt.issue(), attempt.id(), finish));
        }
    }

    private List<Event> gather(
            IssueState issue,
            LiveAttempt live,
            Optional<EndCause> cause,
            FactsAhead ahead,
            Laps laps) {
        Attempt attempt = live.attempt();
        Optional<AttemptFolder.ExitMark> exit = live.folder().exit();
        readToTheEnd(live);
        StreamFacts said = live.facts();
        AgentOutcome outcome =
                exit.isEmpty() && cause.isEmpty() && isOfAnotherBoot(live.folder())
                        ? new AgentOutcome.Rebooted()
                        : judge(live.agent(), live.folder(), said, exit, cause);
        laps.lap("stream");
        List<Event> events = new ArrayList<>();
        Finish finish = finish(issue, live.worktree(), exit, outcome, said, ahead, events);
        laps.lap("git");
        if (finish.uncommitted() > 0
                && (cause.isPresent() || !(finish.outcome() instanceof AgentOutcome.Done))) {
            rescue(live).ifPresent(events::add);
        }
        lives.note(
                attempt.id(),
                "[DEADMAN] EXIT %s code=%s %s"
                        .formatted(
                                Times.iso(context.ports().clock().instant()),
                                exit.map(mark -> Integer.toString(mark.code())).orElse("none"),
                                outcome.phrase()));
        forgetEnvironment(live.folder());
        laps.lap("note");
        LOG.debug("harvested {}{}", attempt.id(), laps);
        events.add(new Event.AttemptEnded(attempt.issue(), attempt.id(), finish));
        return events;
    }

    private boolean isOfAnotherBoot(AttemptFolder folder) {
        String now = context.ports().processes().self().bootId();
        return folder.process().filter(script -> !script.bootId().equals(now)).isPresent();
    }

    /** To wait for the one process costs less than to look through all of them once more. */
    private void awaitScript(AttemptFolder folder) {
        Processes processes = context.ports().processes();
        folder.process()
                .ifPresent(script ->
                        context.ports()
                                .threads()
                                .await(
                                        PATIENCE,
                                        SCRIPT_LEAVES,
                                        () -> processes.check(script) != Liveness.ALIVE));
    }

    private void end(Attempt attempt, Duration patience, FactsAhead ahead) {
        List<ProcessIdentity> left =
                context.ports()
                        .processes()
                        .end(AttemptFolder.MARKER, attempt.id(), patience, GRACE, ahead::ask);
        if (!left.isEmpty()) {
            // Nothing may take its place while it runs: the next look tries again.
            throw new Fault(
                    "attempt-stays",
                    "Processes of %s %s cannot be ended: %s; end them by hand, the worker waits for it."
                            .formatted(attempt.issue(), attempt.stage(), left));
        }
    }

    /** What lies there half done: whoever goes on with it might throw it away. */
    private Optional<Event> rescue(LiveAttempt live) {
        IssueId issue = live.attempt().issue();
        if (live.repo().isEmpty()) {
            LOG.warn("{} is no longer defined; no rescue of {}", issue, live.worktree());
            return Optional.empty();
        }
        try {
            return context.ports()
                    .worktrees()
                    .rescue(live.repo().get(), live.worktree(), issue.number())
                    .filter(taken -> !taken.ref().equals(rescued.put(issue, taken.ref())))
                    .map(taken -> new Event.RescueTaken(issue, taken.ref(), taken.what()));
        } catch (Fault fault) {
            // It lies on where it is: nothing is removed for a restart.
            LOG.warn("{}: {}", issue, fault.line());
            return Optional.empty();
        }
    }

    private static void forgetEnvironment(AttemptFolder folder) {
        try {
            folder.forgetEnvironment();
        } catch (Fault fault) {
            LOG.warn("{}", fault.line());
        }
    }

    private void readToTheEnd(LiveAttempt live) {
        try {
            live.read(context.ports().clock().instant());
        } catch (Fault fault) {
            LOG.warn("{}", fault.line());
        }
    }

    private static AgentOutcome judge(
            Agent agent,
            AttemptFolder folder,
            StreamFacts said,
            Optional<AttemptFolder.ExitMark> exit,
            Optional<EndCause> cause) {
        if (cause.equals(Optional.of(EndCause.LINGERING))) {
            // It had given its result: that counts, not that we had to end it.
            return agent.judge(said, new Agent.Exit(Optional.of(0), false, ""));
        }
        return agent.judge(
                said,
                new Agent.Exit(
                        exit.map(AttemptFolder.ExitMark::code),
                        exit.map(AttemptFolder.ExitMark::interrupted).orElse(false),
                        folder.stderrTail(STDERR_TAIL)));
    }

    private Finish finish(
            IssueState issue,
            Path worktree,
            Optional<AttemptFolder.ExitMark> exit,
            AgentOutcome outcome,
            StreamFacts said,
            FactsAhead ahead,
            List<Event> events) {
        Optional<Integer> code = exit.map(AttemptFolder.ExitMark::code);
        if (!context.ports().worktrees().exists(worktree)) {
            events.add(new Event.WorktreeRemoved(issue.id(), worktree.toString()));
            AgentOutcome gone =
                    new AgentOutcome.Failed("its worktree " + worktree + " is not there any more");
            return new Finish(code, gone, "", 0, issue.commits(), 0, said.usage());
        }
        try {
            Worktrees.WorkFacts facts =
                    ahead.take().orElseGet(() -> factsPatiently(issue, worktree));
            return new Finish(
                    code,
                    outcome,
                    facts.head(),
                    facts.commitsSinceStart(),
                    facts.commitsSinceBase(),
                    facts.uncommitted(),
                    said.usage());
        } catch (Fault fault) {
            // Without git's word nothing counts as finished: the stage is run again and looks for
            // itself.
            LOG.warn("{}: {}", issue.id(), fault.line());
            AgentOutcome unknown =
                    outcome instanceof AgentOutcome.Done
                            ? new AgentOutcome.Failed(
                                    "git could not tell what it did: " + fault.sentence())
                            : outcome;
            return new Finish(code, unknown, "", 0, issue.commits(), 0, said.usage());
        }
    }

    /**
     * A stage that is run again costs money; a moment's trouble of git's (a lock) is waited for.
     */
    private Worktrees.WorkFacts factsPatiently(IssueState issue, Path worktree) {
        for (Duration wait : FACTS_AGAIN) {
            try {
                return facts(issue, worktree);
            } catch (Fault fault) {
                LOG.info("{}; it is asked again in {} ms", fault.line(), wait.toMillis());
                context.ports().threads().pause(wait);
            }
        }
        return facts(issue, worktree);
    }

    private Worktrees.WorkFacts facts(IssueState issue, Path worktree) {
        String base = issue.worktree().map(Worktree::base).orElse("");
        return context.ports().worktrees().facts(worktree, base, issue.stageStartCommit());
    }
}
