package orchestrator.git;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.git.Worktrees.AtRisk;
import orchestrator.process.Outcome.Exited;

/** Finds what would go with a worktree's folder and with git's own notes about it. */
final class RiskLook {
    /** What stands in a worktree's git folder while something is in progress. */
    private static final Map<String, String> IN_PROGRESS =
            Map.of(
                    "rebase-merge", "rebase",
                    "rebase-apply", "rebase",
                    "MERGE_HEAD", "merge",
                    "CHERRY_PICK_HEAD", "cherry-pick",
                    "REVERT_HEAD", "revert",
                    "BISECT_LOG", "bisect");

    private static final List<String> HOLDING_REFS =
            List.of("--branches", "--remotes", "--tags", "--glob=refs/orchestrator/rescue/*");

    private final Path worktree;
    private final GitCall call;

    RiskLook(Path worktree, GitCall call) {
        this.worktree = worktree;
        this.call = call.reading();
    }

    AtRisk look() {
        GitStatus status = GitStatus.withIgnored(call);
        Set<String> modified = new LinkedHashSet<>(status.modified());
        modified.addAll(hidden());
        List<String> ignored =
                status.ignored().stream().filter(path -> !Rebuildable.is(path)).toList();
        return new AtRisk(
                List.copyOf(modified),
                status.untracked(),
                ignored,
                unpushed(status.head()),
                unheld(status.head()).size(),
                inProgress());
    }

    /**
     * Files whose changes git was told not to see ({@code --assume-unchanged}, {@code
     * --skip-worktree}). Whether they are changed is not asked: they count.
     */
    private List<String> hidden() {
        List<String> found = new ArrayList<>();
        for (String line : call.must("ls-files", "-v", "-z").split("\0", -1)) {
            if (line.length() < 3) {
                continue;
            }
            char tag = line.charAt(0);
            String path = line.substring(2);
            if (Character.isLowerCase(tag) || (tag == 'S' && isThere(path))) {
                found.add(path);
            }
        }
        return found;
    }

    private boolean isThere(String path) {
        try {
            return Files.exists(worktree.resolve(path), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            // A name this machine's locale cannot spell: then we cannot rule it out.
            return true;
        }
    }

    int unpushed(String head) {
        return head.isEmpty()
                ? 0
                : Integer.parseInt(call.must("rev-list", "--count", head, "--not", "--remotes"));
    }

    /**
     * Commits that only this worktree's HEAD or its own log of past HEADs knows: no branch, remote
     * branch, tag or rescue holds them, nor the log of a branch, which stays.
     */
    List<Commit> unheld(String head) {
        if (head.isEmpty()) {
            return List.of();
        }
        StringBuilder input = new StringBuilder(head).append('\n');
        log("HEAD").forEach(oid -> input.append(oid).append('\n'));
        call.maybe("symbolic-ref", "--quiet", "HEAD")
                .ifPresent(branch ->
                        log(branch).forEach(oid -> input.append('^').append(oid).append('\n')));
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of("rev-list", "--parents", "--topo-order", "--ignore-missing", "--stdin"));
        arguments.add("--not");
        arguments.addAll(HOLDING_REFS);
        String found = call.input(input.toString()).must(arguments);
        return found.lines().map(Commit::parse).toList();
    }

    private List<String> log(String name) {
        Exited exited = call.run("log", "--walk-reflogs", "--format=%H", name, "--");
        // Without a log there is nothing that only the log knows.
        return exited.ok() ? exited.stdout().lines().filter(Oids::isOid).toList() : List.of();
    }

    /** Those of the commits that no other of them leads to. */
    static List<String> tips(List<Commit> commits) {
        Set<String> parents = new HashSet<>();
        commits.forEach(commit -> parents.addAll(commit.parents()));
        return commits.stream().map(Commit::oid).filter(oid -> !parents.contains(oid)).toList();
    }

    /** {@code rebase}, {@code merge}, …, or empty. */
    String inProgress() {
        Path folder = gitFolder();
        Optional<String> found =
                IN_PROGRESS.entrySet().stream()
                        .filter(entry -> Files.exists(folder.resolve(entry.getKey())))
                        .map(Map.Entry::getValue)
                        .sorted()
                        .reduce((a, b) -> a.contains(b) ? a : a + ", " + b);
        return found.orElse("");
    }

    /** Where git keeps what belongs to this worktree alone. */
    Path gitFolder() {
        return Path.of(call.must("rev-parse", "--absolute-git-dir"));
    }

    /** A commit and its parents. */
    record Commit(String oid, List<String> parents) {
        static Commit parse(String line) {
            List<String> all = List.of(line.split(" ", -1));
            return new Commit(all.getFirst(), all.subList(1, all.size()));
        }
    }
}
