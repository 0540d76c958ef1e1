package orchestrator.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.git.Worktrees.Ready;
import orchestrator.model.Fault;
import orchestrator.model.Repo;
import orchestrator.process.Outcome.Exited;

/** Makes one issue's worktree ready. Runs with the repository's lock held. */
final class EnsureWorktree {
    /** How long a worktree may stay half made before it is taken for the leftover of a crash. */
    private static final Duration UNFINISHED = Duration.ofMinutes(2);

    private final GitCall call;
    private final Repo repo;
    private final Path path;
    private final String branch;
    private final String ref;
    private final RescueRefs rescues;
    private final int issue;

    EnsureWorktree(GitCall call, Repo repo, int issue, RescueRefs rescues) {
        this.call = call;
        this.repo = repo;
        this.path = Paths.real(repo.worktreeOf(issue));
        this.branch = repo.branchOf(issue);
        this.ref = "refs/heads/" + branch;
        this.rescues = rescues;
        this.issue = issue;
    }

    Ready ensure() {
        if (branch.startsWith("-") || branch.indexOf('\0') >= 0) {
            throw badName();
        }
        Map<String, String> commits =
                commits(ref, remote(branch), remote(repo.defaultBranch()), local());
        String baseCommit = baseCommit(commits);
        List<RegisteredWorktree> all = RegisteredWorktree.of(call);
        Optional<RegisteredWorktree> here =
                all.stream().filter(each -> each.path().equals(path)).findFirst();
        if (here.isPresent()) {
            if (!isUnfinished(here.get())) {
                requireThere(here.get());
                return reuse(here.get(), baseCommit);
            }
            dropRegistration(here.get());
        }
        requireFree(all);
        add(baseCommit, commits);
        return ready(baseCommit, true);
    }

    private Fault badName() {
        return new Fault(
                "branch-name",
                "\"%s\" is no valid branch name; change branch_prefix of repository \"%s\"."
                        .formatted(branch, repo.name()));
    }

    private String local() {
        return "refs/heads/" + repo.defaultBranch();
    }

    private static String remote(String branch) {
        return "refs/remotes/origin/" + branch;
    }

    /** What those of these refs that exist point at. One call: a worker waits for its worktree. */
    private Map<String, String> commits(String... refs) {
        List<String> arguments =
                new ArrayList<>(List.of("for-each-ref", "--format=%(objectname) %(refname)"));
        Set<String> wanted = Set.of(refs);
        arguments.addAll(wanted);
        Map<String, String> commits = new HashMap<>();
        call.reading()
                .must(arguments)
                .lines()
                .map(line -> line.split(" ", 2))
                // A ref also stands for all below it.
                .filter(words -> wanted.contains(words[1]))
                .forEach(words -> commits.put(words[1], words[0]));
        return commits;
    }

    /** The commit new work starts from: origin's default branch, else the local one. */
    private String baseCommit(Map<String, String> commits) {
        String found = commits.getOrDefault(remote(repo.defaultBranch()), commits.get(local()));
        if (found == null) {
            throw new Fault(
                    "no-default-branch",
                    "%s has no branch %s, neither here nor known from origin;"
                                    .formatted(repo.path(), repo.defaultBranch())
                            + " run git fetch there, or set default_branch.");
        }
        return found;
    }

    private Ready reuse(RegisteredWorktree here, String baseCommit) {
        if (here.main()) {
            throw new Fault(
                    "worktree-is-main",
                    path
                            + " is the repository's own checkout, where agents do not work; set"
                            + " worktree_base to another folder.");
        }
        // Detached is what a rebase looks like: work under way, which is not ours to touch.
        if (!here.ref().isEmpty() && !here.ref().equals(ref)) {
            throw new Fault(
                    "worktree-other-branch",
                    "%s is on %s, not on %s; switch it back, or move the folder away with git"
                                    .formatted(path, here.ref(), branch)
                            + " worktree move.");
        }
        here.relink(call);
        if (here.locked().isEmpty()) {
            lock();
        }
        return ready(baseCommit, false);
    }

    private Ready ready(String baseCommit, boolean created) {
        GitCall there = GitCall.inWorktree(call.runner(), path).reading();
        String head = there.must("rev-parse", "--verify", "HEAD^{commit}");
        String base =
                head.equals(baseCommit)
                        ? head
                        : there.maybe("merge-base", head, baseCommit).orElse(baseCommit);
        return new Ready(repo.worktreeOf(issue), branch, base, head, created);
    }

    /** A creation that was cut short: git keeps its own lock on a worktree until it is made. */
    private boolean isUnfinished(RegisteredWorktree here) {
        if (!here.locked().equals(Optional.of(RegisteredWorktree.INITIALIZING))) {
            return false;
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try {
            Instant touched = Files.getLastModifiedTime(path).toInstant();
            if (touched.isAfter(Instant.now().minus(UNFINISHED))) {
                throw new Fault(
                        "worktree-unfinished",
                        path + " is just being made by another git; try again in two minutes.");
            }
        } catch (IOException e) {
            throw new Fault("worktree-unfinished", path + " cannot be looked at: " + e, e);
        }
        return true;
    }

    /**
     * A folder that somebody moved away, or whose disk is not mounted, still needs its
     * registration: with it go its index, its log and what it was in the midst of. Whether it is
     * lost for good only a person knows.
     */
    private void requireThere(RegisteredWorktree here) {
        if (here.main() || (Files.isDirectory(path) && !isEmptyFolder())) {
            return;
        }
        throw new Fault(
                "worktree-missing",
                "The worktree %s is not there any more, though git in %s still has it; put it back where it was, or, if it is lost for good, give it up with git worktree remove -f -f, then retry the issue."
                        .formatted(path, repo.path()));
    }

    /** Removes exactly this registration. The branch stays, and what only it held gets a ref. */
    private void dropRegistration(RegisteredWorktree here) {
        if (here.main()) {
            throw new Fault(
                    "worktree-is-main",
                    path + " is the repository's own checkout; set another worktree_base.");
        }
        new RemoveWorktree(call, here, issue, rescues).dropRegistration();
    }

    private void requireFree(List<RegisteredWorktree> all) {
        for (RegisteredWorktree each : all) {
            if (each.ref().equals(ref) && !each.path().equals(path)) {
                throw new Fault(
                        "branch-elsewhere",
                        "The branch %s is checked out in %s; switch that folder to another branch,"
                                        .formatted(branch, each.path())
                                + " then try again.");
            }
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder()) {
            throw new Fault(
                    "worktree-foreign",
                    "%s is there already and is no worktree of %s; move it away, or set another"
                                    .formatted(path, repo.path())
                            + " worktree_base.");
        }
    }

    private boolean isEmptyFolder() {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            return !children.iterator().hasNext();
        } catch (IOException e) {
            throw new Fault("worktree-foreign", path + " cannot be looked into: " + e, e);
        }
    }

    /**
     * The branch is made first and by itself: so no tracking is configured (where parallel adds
     * fail), and an add that fails leaves exactly one thing to take back.
     */
    private void add(String baseCommit, Map<String, String> commits) {
        boolean existed = commits.containsKey(ref);
        String start = existed ? "" : commits.getOrDefault(remote(branch), baseCommit);
        if (!existed) {
            createBranch(start);
        }
        List<String> arguments = List.of("worktree", "add", "--", path.toString(), branch);
        try {
            GitCall adding = call.within(GitCall.TREE);
            Exited exited = adding.patiently(arguments);
            // A failing post-checkout hook fails the call when the worktree has long been made.
            if (!exited.ok() && !isMade()) {
                throw adding.failure(arguments, exited);
            }
        } catch (Fault fault) {
            takeBack(existed, start);
            throw fault;
        }
        lock();
    }

    /** So that no prune takes it for gone while its disk is not mounted. */
    private void lock() {
        call.mustPatiently(
                "worktree", "lock", "--reason", RemoveWorktree.lockReason(issue), path.toString());
    }

    private void createBranch(String start) {
        List<String> arguments =
                List.of(
                        "update-ref",
                        "--create-reflog",
                        "-m",
                        "branch: created for issue " + issue,
                        ref,
                        start,
                        "0".repeat(start.length()));
        Exited exited = call.patiently(arguments);
        if (exited.ok()) {
            return;
        }
        if (!RepositoryCheck.isBranchName(call, branch)) {
            throw badName();
        }
        if (exited.stderr().contains("cannot create") || exited.stderr().contains("cannot lock")) {
            throw new Fault(
                    "branch-collision",
                    "The branch %s cannot be made in %s: %s; rename the branch in the way or change"
                                    .formatted(branch, repo.path(), Stderr.usefulLine(exited))
                            + " branch_prefix.");
        }
        throw call.failure(arguments, exited);
    }

    private boolean isMade() {
        return registration()
                .filter(each -> each.ref().equals(ref))
                .filter(each -> each.locked().isEmpty())
                .isPresent();
    }

    private Optional<RegisteredWorktree> registration() {
        return RegisteredWorktree.of(call).stream()
                .filter(each -> each.path().equals(path))
                .findFirst();
    }

    /** Undoes a failed add. Nobody but git has written there: nothing of anyone's is in it. */
    private void takeBack(boolean existed, String start) {
        if (registration().isPresent()) {
            call.outcome(List.of("worktree", "unlock", path.toString()));
            call.within(GitCall.TREE)
                    .outcome(List.of("worktree", "remove", "--force", path.toString()));
        }
        if (!existed) {
            // Only while it still points at where we made it; a refusal means that it moved on.
            call.outcome(List.of("update-ref", "-d", ref, start));
        }
    }
}
