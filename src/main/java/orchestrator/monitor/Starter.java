package orchestrator.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import orchestrator.agent.Agent;
import orchestrator.agent.AgentStream;
import orchestrator.agent.StreamFacts;
import orchestrator.files.Content;
import orchestrator.git.Worktrees;
import orchestrator.log.LogTail;
import orchestrator.model.AgentSettings;
import orchestrator.model.Attempt;
import orchestrator.model.AttemptKind;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueState;
import orchestrator.model.PlannedRestart;
import orchestrator.model.Platform;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.RunState;
import orchestrator.model.Stage;
import orchestrator.model.WindowRef;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;
import orchestrator.prompt.ProgressSummary;
import orchestrator.prompt.PromptRequest;
import orchestrator.prompt.Prompts;
import orchestrator.prompt.SecondTry;
import orchestrator.rules.Budget;
import orchestrator.store.AttemptFolder;
import orchestrator.store.AttemptFolders;
import orchestrator.store.IssueTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts an attempt whose intent is on disk. Blocks; runs on a virtual thread. */
final class Starter {
    private static final Logger LOG = LoggerFactory.getLogger(Starter.class);

    private static final int LAST_WORDS_LINES = 40;
    private static final int MAX_BODY = 1 << 20;

    private final RunContext context;
    private final Windows windows;
    private final LiveAttempts lives;
    private final IssueTexts texts;

    Starter(RunContext context, Windows windows, LiveAttempts lives) {
        this.context = context;
        this.windows = windows;
        this.lives = lives;
        texts = new IssueTexts(context.state());
    }

    /** Starts it and tells what became of it. */
    List<Event> start(WorkspaceConfig config, RunState state, Attempt attempt) {
        IssueState issue = state.begun(attempt.issue());
        AttemptFolder folder;
        Laps laps = new Laps(context.ports().clock());
        try {
            folder = prepare(config, state, attempt);
            laps.lap("folder");
        } catch (RuntimeException e) {
            return List.of(failed(issue, attempt, words(attempt, e)));
        }
        List<Event> events = new ArrayList<>();
        try {
            run(config, state, attempt, folder, events);
            laps.lap("tmux");
            keep(folder);
            laps.lap("sync");
            LOG.debug("started {}{}", attempt.id(), laps);
            events.add(new Event.AttemptStarted(attempt.issue(), attempt.id()));
        } catch (RuntimeException e) {
            // tmux may have begun it all the same. Whoever makes the folder's mark first decides,
            // for good.
            if (folder.forbidStart()) {
                lives.remove(attempt.id());
                events.add(failed(issue, attempt, words(attempt, e)));
            } else {
                noteStartedAnyway(attempt, e);
                events.add(new Event.AttemptStarted(attempt.issue(), attempt.id()));
            }
        }
        return events;
    }

    private static void keep(AttemptFolder folder) {
        try {
            folder.sync();
        } catch (Fault fault) {
            // It runs; only a power cut would show the difference.
            LOG.warn("{}", fault.line());
        }
    }

    private static void noteStartedAnyway(Attempt attempt, RuntimeException e) {
        LOG.warn(
                "{} was started although tmux reported a failure: {}",
                attempt.issue(),
                e.getMessage());
    }

    private static String words(Attempt attempt, RuntimeException e) {
        if (e instanceof Fault fault) {
            return fault.line();
        }
        LOG.error("The start of {} failed", attempt.issue(), e);
        return "an internal error; see the log: " + e;
    }

    private Event failed(IssueState issue, Attempt attempt, String message) {
        Instant next =
                context.ports().clock().instant().plus(Backoff.after(issue.trouble().count()));
        return new Event.AttemptStartFailed(attempt.issue(), attempt.id(), message, next);
    }

    private AttemptFolder prepare(WorkspaceConfig config, RunState run, Attempt attempt) {
        IssueState state = run.begun(attempt.issue());
        Project project =
                config.project(attempt.issue().project()).orElseThrow(() -> undefined(attempt));
        Issue issue = project.issue(attempt.issue().number()).orElseThrow(() -> undefined(attempt));
        Repo repo = project.repoOf(issue);
        Stage stage = stage(project, attempt);
        Worktree worktree = state.worktree().orElseThrow();
        Path worktreePath = Path.of(worktree.path());
        PromptRequest request =
                new PromptRequest(
                        project,
                        issue,
                        repo,
                        stage,
                        worktreePath,
                        worktree.branch(),
                        worktree.base(),
                        body(repo, issue),
                        secondTry(project, state, attempt),
                        progress(state, attempt, worktree));
        AgentSettings settings = project.agentOf(attempt.stage());
        Agent agent = context.ports().agent(settings);
        Prompts prompts = new Prompts(config.configDir());
        boolean resumed = attempt.kind() == AttemptKind.RESUME && agent.resumes();
        String prompt = resumed ? prompts.resume(request) : prompts.render(request);
        Path path = AttemptFolder.of(context.state(), attempt).path();
        Agent.Call call =
                agent.call(settings, attempt, path, Budget.left(config, issue, run, state));
        return AttemptFolder.create(
                context.state(),
                attempt,
                new AttemptFolder.Call(
                        prompt,
                        call.argv(),
                        environment(attempt, call),
                        worktreePath,
                        settings.type()));
    }

    private static Stage stage(Project project, Attempt attempt) {
        return Stream.concat(project.pipeline().stream(), Stage.RESERVED.stream())
                .filter(stage -> stage.name().equals(attempt.stage()))
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                "stage-undefined",
                                "The stage %s was taken out of the pipeline just now; it is not started."
                                        .formatted(attempt.stage())));
    }

    /** Why it failed before and what was found out since, for whoever must not repeat it. */
    private Optional<SecondTry> secondTry(Project project, IssueState issue, Attempt attempt) {
        boolean prepares = Stage.isReserved(attempt.stage());
        if (!issue.retried() || !(prepares || attempt.stageIndex() == 0)) {
            return Optional.empty();
        }
        List<SecondTry.Finding> findings = new ArrayList<>();
        for (Stage step : Stage.RESERVED) {
            if (step.name().equals(attempt.stage())) {
                break;
            }
            new AttemptFolders(context.state(), issue.id())
                    .newest(step.name())
                    .map(folder -> closingWords(project, folder))
                    .filter(words -> !words.isBlank())
                    .ifPresent(words -> findings.add(new SecondTry.Finding(step.name(), words)));
        }
        return Optional.of(new SecondTry(issue.failure(), findings));
    }

    private String closingWords(Project project, AttemptFolder folder) {
        AgentStream stream = context.ports().agent(folder, project.agent()).stream();
        try (Content content = Content.open(folder.stream());
                InputStream in = content.stream()) {
            byte[] block = new byte[1 << 16];
            int count = in.read(block);
            while (count > 0) {
                stream.accept(block, 0, count, line -> {});
                count = in.read(block);
            }
        } catch (IOException e) {
            LOG.warn("What {} found out cannot be read: {}", folder.path(), e.toString());
        }
        return stream.facts().result().map(StreamFacts.Result::text).orElse("");
    }

    private static Fault undefined(Attempt attempt) {
        return new Fault(
                "issue-undefined", attempt.issue() + " is no longer defined in the configuration.");
    }

    private Map<String, String> environment(Attempt attempt, Agent.Call call) {
        Map<String, String> environment =
                new TreeMap<>(LaunchEnvironment.select(context.environment()));
        environment.putAll(call.environment());
        environment.put("ORCHESTRATOR_PROJECT", attempt.issue().project());
        environment.put("ORCHESTRATOR_ISSUE", Integer.toString(attempt.issue().number()));
        environment.put("ORCHESTRATOR_STAGE", attempt.stage());
        environment.put("ORCHESTRATOR_WORKER", Integer.toString(attempt.worker()));
        environment.put("ORCHESTRATOR_ATTEMPT_NUMBER", Integer.toString(attempt.number()));
        return environment;
    }

    private void run(
            WorkspaceConfig config,
            RunState state,
            Attempt attempt,
            AttemptFolder folder,
            List<Event> events) {
        lives.add(config, state, attempt, folder);
        lives.note(
                attempt.id(),
                "[DEADMAN] START %s %s %s attempt %d worker %d"
                        .formatted(
                                Times.iso(attempt.startedAt()),
                                attempt.issue(),
                                attempt.stage(),
                                attempt.number(),
                                attempt.worker()));
        List<String> argv = folder.command();
        Map<String, String> marks = AttemptFolder.marks(attempt, context.workspaceId());
        WindowRef window =
                windows.of(attempt.worker()).orElseGet(() -> again(config, state, attempt, events));
        try {
            context.ports().terminal().run(window, argv, marks);
        } catch (Fault first) {
            if (folder.started()) {
                // It runs: taking the window for it once more would end it.
                noteStartedAnyway(attempt, first);
                return;
            }
            if (folder.forbidden()) {
                // Whoever ended it meanwhile tells so.
                return;
            }
            // The window is gone, or something else (a person's shell) runs in it.
            LOG.info("Window of worker {}: {}", attempt.worker(), first.line());
            WindowRef found = again(config, state, attempt, events);
            context.ports().terminal().replace(found, argv, marks);
        }
    }

    private WindowRef again(
            WorkspaceConfig config, RunState state, Attempt attempt, List<Event> events) {
        int pool = Math.max(config.settings().workers(), attempt.worker());
        events.addAll(windows.ensure(state, config.settings().tmuxSession(), pool));
        return windows.of(attempt.worker()).orElseThrow();
    }

    private String body(Repo repo, Issue issue) {
        if (!issue.description().isBlank() || repo.platform() == Platform.NONE) {
            return issue.description();
        }
        Optional<String> cached = texts.get(issue.id());
        if (cached.isPresent()) {
            return cached.get();
        }
        try {
            String body = context.ports().forge().issueBody(repo, issue.id().number());
            String bounded = body.length() > MAX_BODY ? body.substring(0, MAX_BODY) : body;
            texts.put(issue.id(), bounded);
            return bounded;
        } catch (Fault fault) {
            LOG.warn("The text of {} could not be fetched: {}", issue.id(), fault.line());
            return "(The issue's text could not be fetched from %s: %s Work from the title.)"
                    .formatted(repo.platform().word(), fault.sentence());
        }
    }

    private Optional<ProgressSummary> progress(
            IssueState issue, Attempt attempt, Worktree worktree) {
        boolean again = issue.retried() && issue.stagesDone().isEmpty();
        switch (attempt.kind()) {
            case CONTINUE, RESUME -> {}
            case FIRST -> {
                if (!again) {
                    return Optional.empty();
                }
            }
            case FRESH -> {
                return Optional.empty();
            }
        }
        Worktrees.Progress progress =
                context.ports().worktrees().progress(Path.of(worktree.path()), worktree.base());
        int restarts =
                issue.retries().byCause().values().stream().mapToInt(Integer::intValue).sum();
        return Optional.of(
                new ProgressSummary(
                        attempt.kind() == AttemptKind.FIRST ? 0 : Math.max(1, restarts),
                        issue.restart().map(PlannedRestart::hint).orElse(""),
                        progress.commits(),
                        progress.diffStat(),
                        progress.uncommitted(),
                        attempt.kind() == AttemptKind.FIRST ? "" : lastWords(issue, attempt)));
    }

    private String lastWords(IssueState issue, Attempt attempt) {
        int last = attempt.number() - 1;
        if (last < 1) {
            return "";
        }
        return new AttemptFolders(context.state(), issue.id())
                .numbered(last)
                .map(AttemptFolder::transcript)
                .map(Starter::tail)
                .orElse("");
    }

    private static String tail(Path transcript) {
        return String.join("\n", new LogTail(transcript, LAST_WORDS_LINES).poll().lines());
    }

    /** How long a failure of ours waits before it is tried again: 1 s × 2ⁿ up to 60 s. */
    static final class Backoff {
        private Backoff() {}

        static Duration after(int failures) {
            return Duration.ofSeconds(Math.min(60, 1L << Math.min(failures, 6)));
        }
    }
}
