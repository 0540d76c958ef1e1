package orchestrator.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import orchestrator.model.Fault;
import orchestrator.model.Repo;
import orchestrator.process.Command;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome;
import orchestrator.process.Outcome.Exited;

/**
 * {@link Worktrees} over the {@code git} command line, 2.30 or newer. Safe on any thread; two
 * instances are kept apart only by git's own locks, so one process should have one.
 */
public final class GitWorktrees implements Worktrees {
    private static final int MOST_COMMITS = 30;
    private static final int MOST_LINES = 60;

    private final CommandRunner runner;
    private final RescueRefs rescues;
    private final RepositoryLocks locks = new RepositoryLocks();

    /**
     * Git through that runner.
     *
     * @param clock gives the time in the names of rescues
     */
    public GitWorktrees(CommandRunner runner, Clock clock) {
        this.runner = runner;
        this.rescues = new RescueRefs(clock);
    }

    @Override
    public Optional<String> version() {
        return switch (runner.run(Command.of("git", "--version"))) {
            case Exited exited -> Optional.of(exited.stdout().strip()).filter(text -> exited.ok());
            case Outcome.TimedOut late -> Optional.empty();
            case Outcome.CouldNotStart none -> Optional.empty();
        };
    }

    @Override
    public void createScratch(Repo repo) {
        new ScratchRepository(runner, repo).create();
    }

    @Override
    public List<String> check(Repo repo) {
        return new RepositoryCheck(repo, in(repo.path())).problems();
    }

    @Override
    public boolean hasOrigin(Repo repo) {
        return new Remote(in(repo.path()), repo).exists();
    }

    @Override
    public void fetch(Repo repo) {
        GitCall call = in(repo.path());
        // A lock of its own: a network that does not answer must not hold up a new worktree.
        locks.holding(
                call,
                "fetch",
                () -> {
                    new Remote(call, repo).fetch();
                    return true;
                });
    }

    @Override
    public Ready ensure(Repo repo, int issueNumber) {
        GitCall call = in(repo.path());
        return locks.holding(
                call,
                "worktrees",
                () -> new EnsureWorktree(call, repo, issueNumber, rescues).ensure());
    }

    @Override
    public boolean exists(Path worktree) {
        // An empty one is where a disk is not mounted any more.
        try (DirectoryStream<Path> children = Files.newDirectoryStream(worktree)) {
            return children.iterator().hasNext();
        } catch (NotDirectoryException | NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new Fault(
                    "worktree-unreadable",
                    "The worktree %s could not be looked into (%s); make it readable."
                            .formatted(worktree, e),
                    e);
        }
    }

    @Override
    public Optional<Instant> newestChange(Path worktree, Instant now) {
        try {
            return WorktreeScan.newestChange(worktree, now);
        } catch (IOException e) {
            throw new Fault(
                    "worktree-unreadable",
                    "The worktree %s could not be looked through (%s); make it readable."
                            .formatted(worktree, e),
                    e);
        }
    }

    @Override
    public void copyFiles(Repo repo, Path worktree) {
        new CopyFiles(repo.path(), worktree).copy(repo.setup().copyFiles());
    }

    @Override
    public WorkFacts facts(Path worktree, String base, String since) {
        return new FactsLook(within(worktree)).facts(base, since);
    }

    @Override
    public Progress progress(Path worktree, String base) {
        Oids.require(base, "base");
        GitCall call = within(worktree).reading();
        String log =
                call.must(
                        "log",
                        "--no-show-signature",
                        "--no-color",
                        "--format=%h %s",
                        "--max-count=" + MOST_COMMITS,
                        base + "..HEAD",
                        "--");
        String stat =
                call.must(
                        "diff",
                        "--no-ext-diff",
                        "--no-textconv",
                        "--no-color",
                        "--stat=120",
                        // Two lines are git's own: that there are more, and the sum.
                        "--stat-count=" + (MOST_LINES - 2),
                        base,
                        "HEAD",
                        "--");
        List<String> uncommitted =
                GitStatus.of(call).entries().stream()
                        .limit(MOST_LINES)
                        .map(entry -> entry.xy() + " " + oneLine(entry.path()))
                        .toList();
        return new Progress(log.lines().toList(), stat, uncommitted);
    }

    @Override
    public Optional<String> commitAll(Path worktree, String message) {
        GitCall call = within(worktree).within(GitCall.TREE);
        call.config("advice.addEmbeddedRepo=false", "core.safecrlf=false")
                .mustPatiently("add", "-A");
        Exited staged = call.reading().run("diff-index", "--cached", "--quiet", "HEAD", "--");
        if (staged.ok()) {
            return Optional.empty();
        }
        Identity.onto(call)
                .config("commit.gpgsign=false")
                .input(message)
                .mustPatiently(
                        "commit",
                        "--quiet",
                        "--no-verify",
                        "--allow-empty-message",
                        "--cleanup=whitespace",
                        "-F",
                        "-");
        return Optional.of(call.reading().must("rev-parse", "HEAD"));
    }

    @Override
    public void push(Repo repo, String branch, String commit) {
        new Remote(in(repo.path()), repo).push(branch, commit);
    }

    @Override
    public AtRisk atRisk(Path worktree) {
        return new RiskLook(worktree, within(worktree)).look();
    }

    @Override
    public Optional<Rescue> rescue(Repo repo, Path worktree, int issueNumber) {
        GitCall call = in(repo.path());
        return locks.holding(
                call,
                "worktrees",
                () -> {
                    RegisteredWorktree here = registered(call, worktree);
                    if (!Files.isDirectory(here.path())) {
                        return Optional.empty();
                    }
                    here.relink(call);
                    return taker(here.path(), issueNumber).take().rescue();
                });
    }

    @Override
    public Optional<Rescue> remove(Repo repo, Path worktree, int issueNumber) {
        GitCall call = in(repo.path());
        return locks.holding(
                call,
                "worktrees",
                () ->
                        new RemoveWorktree(call, registered(call, worktree), issueNumber, rescues)
                                .remove());
    }

    private RescueTaker taker(Path worktree, int issueNumber) {
        return new RescueTaker(within(worktree), worktree, issueNumber, rescues);
    }

    /**
     * The repository's entry for a path; Fault when it has none, or when it is its own checkout.
     */
    private static RegisteredWorktree registered(GitCall call, Path worktree) {
        Path real = Paths.real(worktree);
        RegisteredWorktree found =
                RegisteredWorktree.of(call).stream()
                        .filter(each -> each.path().equals(real))
                        .findFirst()
                        .orElseThrow(() ->
                                new Fault(
                                        "worktree-not-registered",
                                        "%s is no worktree of %s; nothing was removed."
                                                .formatted(worktree, call.directory())));
        if (found.main()) {
            throw new Fault(
                    "worktree-is-main",
                    worktree + " is the repository's own checkout; nothing was removed.");
        }
        return found;
    }

    private GitCall within(Path worktree) {
        return GitCall.inWorktree(runner, worktree);
    }

    private GitCall in(Path folder) {
        return GitCall.in(runner, folder);
    }

    /** A file's name for people: control characters, such as a line end, are spelled out. */
    static String oneLine(String name) {
        StringBuilder text = new StringBuilder();
        name.chars()
                .forEach(c -> {
                    if (Character.isISOControl(c)) {
                        text.append(c == '\n' ? "\\n" : "\\x%02x".formatted(c));
                    } else {
                        text.append((char) c);
                    }
                });
        return text.toString();
    }
}
