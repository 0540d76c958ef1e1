package orchestrator.monitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import orchestrator.git.Worktrees;
import orchestrator.model.Attempt;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.EndCause;
import orchestrator.model.Event;
import orchestrator.model.Fault;
import orchestrator.model.IssueState;
import orchestrator.model.ProcessIdentity;
import orchestrator.model.Project;
import orchestrator.model.Repo;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;
import orchestrator.store.AttemptFolder;
import orchestrator.store.Journal;
import orchestrator.store.RunLock;
import orchestrator.tmux.Terminal;

/**
 * Ends a workspace's session and removes its worktrees. Branches stay; what only a worktree holds
 * goes to a rescue ref first; nothing is found by name: what is removed was journaled as ours.
 * Blocks.
 */
public final class Cleanup {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final RunContext context;
    private final WorkspaceConfig config;
    private final Consumer<String> report;
    private boolean complete = true;

    /** A cleanup that tells each step to {@code report}. */
    public Cleanup(RunContext context, WorkspaceConfig config, Consumer<String> report) {
        this.context = context;
        this.config = config;
        this.report = report;
    }

    /** Cleans up; false when something had to stay, which was reported. */
    public boolean run(boolean keepWorktrees) {
        return end((journal, state) -> {
            if (keepWorktrees) {
                report.accept("Worktrees are kept.");
            } else {
                state.issues().values().forEach(issue -> removeWorktree(journal, issue));
            }
        });
    }

    /** Ends the monitor, the attempts and the session, for who looks after the worktrees. */
    void endOnly() {
        end((_, _) -> {});
    }

    private boolean end(BiConsumer<Journal, RunState> then) {
        endMonitor();
        Optional<RunLock> lock =
                RunLock.tryAcquire(
                        context.state().disk(),
                        context.state().monitorLock(),
                        "cleanup",
                        context.ports().processes().self());
        if (lock.isEmpty()) {
            throw MonitorHost.held(context);
        }
        try (RunLock _ = lock.get();
                Journal journal = Journal.open(context.state())) {
            RunState state = journal.past().state();
            endAttempts(journal, state);
            new Orphans(context, id -> false).sweepAtStart();
            endSession(state);
            then.accept(journal, state);
            context.links().clear();
        }
        return complete;
    }

    private void endMonitor() {
        OtherMonitor other = new OtherMonitor(context);
        if (other.isThere()) {
            report.accept("Asking the monitor to end all work");
            other.stop();
        }
    }

    private void endAttempts(Journal journal, RunState state) {
        for (IssueState issue : state.issues().values()) {
            Optional<Attempt> live =
                    issue.attempt().filter(CurrentAttempt::isLive).map(CurrentAttempt::attempt);
            if (live.isPresent()) {
                note(
                        journal,
                        List.of(
                                new Event.AttemptEnding(
                                        issue.id(), live.get().id(), EndCause.RUN_STOPPING)));
                List<ProcessIdentity> left =
                        context.ports()
                                .processes()
                                .end(AttemptFolder.MARKER, live.get().id(), Duration.ZERO, GRACE);
                if (!left.isEmpty()) {
                    throw new Fault(
                            "attempt-stays",
                            "Processes of %s cannot be ended: %s; nothing was removed."
                                    .formatted(issue.id(), left));
                }
            }
        }
    }

    private void endSession(RunState state) {
        Optional<Terminal.Session> session =
                new Windows(context).find(state, config.settings().tmuxSession());
        session.ifPresent(found -> {
            context.ports().terminal().kill(found);
            report.accept("Ended tmux session " + found.name());
        });
    }

    private void removeWorktree(Journal journal, IssueState issue) {
        if (issue.worktree().isEmpty()) {
            return;
        }
        Worktree worktree = issue.worktree().get();
        Path path = Path.of(worktree.path());
        try {
            Repo repo = repo(issue, worktree);
            if (Files.exists(path)) {
                int number = issue.id().number();
                Optional<Worktrees.Rescue> rescue =
                        context.ports().worktrees().rescue(repo, path, number);
                rescue.ifPresent(taken -> {
                    // Known before anything is removed, even if we die in between.
                    note(
                            journal,
                            List.of(new Event.RescueTaken(issue.id(), taken.ref(), taken.what())));
                    report.accept(
                            "Rescued of %s: %s as %s (git show %s)"
                                    .formatted(issue.id(), taken.what(), taken.ref(), taken.ref()));
                });
                context.ports().worktrees().remove(repo, path, number);
                report.accept("Removed " + path + ", branch " + worktree.branch() + " kept");
            } else {
                report.accept(
                        "%s was not there; branch %s kept, and what git in %s knows of it"
                                .formatted(path, worktree.branch(), repo.path()));
            }
            note(journal, List.of(new Event.WorktreeRemoved(issue.id(), worktree.path())));
        } catch (Fault fault) {
            complete = false;
            report.accept("Kept " + path + ": " + fault.line());
        }
    }

    private void note(Journal journal, List<Event> events) {
        journal.append(
                context.ports().clock().instant(),
                events.stream().map(event -> new Journal.Entry(event, Optional.empty())).toList());
    }

    private Repo repo(IssueState issue, Worktree worktree) {
        Project project =
                config.project(issue.id().project())
                        .orElseThrow(() ->
                                new Fault(
                                        "project-undefined",
                                        "Project %s is no longer defined; its worktree is left alone."
                                                .formatted(issue.id().project())));
        Repo repo = project.repos().get(worktree.repo());
        if (repo == null) {
            throw new Fault(
                    "repo-undefined",
                    "Repository %s is no longer defined in %s; its worktree is left alone."
                            .formatted(worktree.repo(), project.configFile()));
        }
        return repo;
    }
}
