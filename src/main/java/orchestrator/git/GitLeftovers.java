package orchestrator.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.model.Fault;
import orchestrator.model.Repo;
import orchestrator.process.CommandRunner;
import orchestrator.process.Outcome.Exited;

/** {@link Leftovers} over the {@code git} command line. */
public final class GitLeftovers implements Leftovers {
    /** A git that holds a lock for longer works on a very large tree, or is dead. */
    private static final Duration OLD = Duration.ofSeconds(60);

    private final CommandRunner runner;

    /** Leftovers as that runner's git sees them. */
    public GitLeftovers(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public List<String> of(Repo repo, Instant now) {
        if (!Files.isDirectory(repo.path())) {
            return List.of();
        }
        GitCall call = GitCall.in(runner, repo.path()).reading();
        Exited common = call.run("rev-parse", "--git-common-dir");
        if (!common.ok()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        try {
            Path folder = repo.path().resolve(common.stdout().stripTrailing());
            locks(repo, folder, now, found);
            worktrees(repo, call, found);
        } catch (IOException e) {
            throw new Fault(
                    "repository-unreadable",
                    "The repository %s could not be looked through (%s); make it readable."
                            .formatted(repo.path(), e),
                    e);
        }
        return List.copyOf(found);
    }

    private static void locks(Repo repo, Path folder, Instant now, List<String> found)
            throws IOException {
        List<Path> places = new ArrayList<>(List.of(folder));
        places.addAll(below(folder.resolve("worktrees"), "*"));
        for (Path place : places) {
            for (Path lock : below(place, "*.lock")) {
                Instant since = modified(lock);
                Duration age = Duration.between(since, now);
                if (age.compareTo(OLD) > 0) {
                    found.add(
                            "%s has been there for %s and stops every git that needs it; when no git runs in %s, remove it."
                                    .formatted(lock, words(age), repo.path()));
                }
            }
        }
    }

    private static String words(Duration age) {
        return age.toMinutes() < 120
                ? Math.max(1, age.toMinutes()) + " min"
                : age.toHours() < 48 ? age.toHours() + " h" : age.toDays() + " days";
    }

    /** One that is gone meanwhile is as new as can be. */
    private static Instant modified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }

    private static void worktrees(Repo repo, GitCall call, List<String> found) throws IOException {
        List<RegisteredWorktree> known = RegisteredWorktree.of(call);
        for (RegisteredWorktree worktree : known) {
            if (!worktree.main() && !Files.exists(worktree.path())) {
                found.add(
                        "The worktree %s of %s is gone; bring it back if it was moved or its disk is not mounted, else forget it with: git -C %s worktree remove -f -f %s"
                                .formatted(
                                        worktree.path(),
                                        repo.path(),
                                        repo.path(),
                                        worktree.path()));
            }
        }
        Set<Path> paths = known.stream().map(RegisteredWorktree::path).collect(Collectors.toSet());
        for (Path folder : below(repo.worktreeBase(), "issue-*")) {
            if (!paths.contains(Paths.real(folder))) {
                found.add(
                        "%s is in the place of a worktree and is none of %s; see what it holds and move it away."
                                .formatted(folder, repo.path()));
            }
        }
    }

    private static List<Path> below(Path folder, String pattern) throws IOException {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
                entries.forEach(all::add);
            }
        }
        all.sort(null);
        return all;
    }
}
