package orchestrator.monitor.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import orchestrator.git.Worktrees;
import orchestrator.model.Fault;
import orchestrator.model.Repo;

/** Branches that are only counts of commits; the folders are real. Any thread. */
public final class ScriptedWorktrees implements Worktrees {
    private final Faults faults;
    private final Map<Path, Integer> commits = new HashMap<>();
    private final Map<Path, Integer> uncommitted = new HashMap<>();
    private final List<String> pushed = new CopyOnWriteArrayList<>();

    ScriptedWorktrees(Faults faults) {
        this.faults = faults;
    }

    synchronized void work(Path worktree, int newCommits, int left) {
        commits.merge(worktree, newCommits, Integer::sum);
        uncommitted.put(worktree, left);
    }

    /** {@code branch@commit} of all pushes that went well, in order. */
    public List<String> pushed() {
        return List.copyOf(pushed);
    }

    private static int number(String commit) {
        return commit.isEmpty() ? 0 : Integer.parseInt(commit.substring(1));
    }

    private synchronized String head(Path worktree) {
        return "c" + commits.getOrDefault(worktree, 0);
    }

    @Override
    public void copyFiles(Repo repo, Path worktree) {
        faults.check("copyFiles");
    }

    @Override
    public Optional<String> version() {
        return Optional.of("scripted");
    }

    @Override
    public void createScratch(Repo repo) {
        throw new Fault("scripted", "No scratch repository here; make the folder yourself.");
    }

    @Override
    public List<String> check(Repo repo) {
        return List.of();
    }

    @Override
    public boolean hasOrigin(Repo repo) {
        return true;
    }

    @Override
    public void fetch(Repo repo) {
        faults.check("worktrees.fetch");
    }

    @Override
    public Ready ensure(Repo repo, int issueNumber) {
        faults.check("worktrees.ensure");
        Path path = repo.worktreeOf(issueNumber);
        boolean created = !Files.isDirectory(path);
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Ready(path, repo.branchOf(issueNumber), "c0", head(path), created);
    }

    @Override
    public boolean exists(Path worktree) {
        return Files.isDirectory(worktree);
    }

    @Override
    public Optional<Instant> newestChange(Path worktree, Instant now) {
        return Optional.empty();
    }

    @Override
    public synchronized WorkFacts facts(Path worktree, String base, String since) {
        faults.check("worktrees.facts");
        int all = commits.getOrDefault(worktree, 0);
        return new WorkFacts(
                head(worktree),
                all - number(base),
                since.isEmpty() ? 0 : all - number(since),
                uncommitted.getOrDefault(worktree, 0));
    }

    @Override
    public Progress progress(Path worktree, String base) {
        return new Progress(List.of(), "", List.of());
    }

    @Override
    public synchronized Optional<String> commitAll(Path worktree, String message) {
        if (faults.take("worktrees.commitAll")) {
            throw new IllegalStateException("a defect in the scripted commit");
        }
        if (uncommitted.getOrDefault(worktree, 0) == 0) {
            return Optional.empty();
        }
        work(worktree, 1, 0);
        return Optional.of(head(worktree));
    }

    @Override
    public void push(Repo repo, String branch, String commit) {
        if (faults.take("worktrees.push-defect")) {
            throw new IllegalStateException("a defect in the scripted push");
        }
        faults.check("worktrees.push");
        pushed.add(branch + "@" + commit);
    }

    @Override
    public AtRisk atRisk(Path worktree) {
        return new AtRisk(List.of(), List.of(), List.of(), 0, 0, "");
    }

    @Override
    public Optional<Rescue> rescue(Repo repo, Path worktree, int issueNumber) {
        return Optional.empty();
    }

    @Override
    public Optional<Rescue> remove(Repo repo, Path worktree, int issueNumber) {
        return Optional.empty();
    }
}
