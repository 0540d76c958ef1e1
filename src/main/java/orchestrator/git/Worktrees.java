package orchestrator.git;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import orchestrator.model.Repo;

/**
 * Git, as far as workers need it. Every method blocks for child processes and throws {@link
 * orchestrator.model.Fault} when git failed. Safe on any thread: whatever changes a repository is
 * serialised per repository inside.
 */
public interface Worktrees {
    /**
     * A worktree that is ready to work in.
     *
     * @param base the commit that work is counted from: the merge base with the default branch
     * @param head the branch's commit now
     * @param created false when it was there already
     */
    record Ready(Path path, String branch, String base, String head, boolean created) {}

    /**
     * What a worktree holds; {@code uncommitted} counts modified and untracked files, ignored ones
     * not.
     */
    record WorkFacts(String head, int commitsSinceBase, int commitsSinceStart, int uncommitted) {}

    /**
     * For the progress summary of a restart.
     *
     * @param commits one line each, newest first, at most 30
     * @param diffStat of the branch against its base, at most 60 lines
     * @param uncommitted status lines, at most 60
     */
    record Progress(List<String> commits, String diffStat, List<String> uncommitted) {}

    /**
     * What would be lost with a worktree.
     *
     * @param modified modified, staged or deleted tracked files
     * @param untracked files git does not know
     * @param ignored files git ignores, such as {@code .env}
     * @param unpushed commits that are on no remote
     * @param detachedOnly commits that no branch holds
     * @param inProgress such as {@code rebase}; empty: nothing
     */
    record AtRisk(
            List<String> modified,
            List<String> untracked,
            List<String> ignored,
            int unpushed,
            int detachedOnly,
            String inProgress) {
        /** True when removing the folder and keeping the branch would lose something. */
        public boolean needsRescue() {
            return !modified.isEmpty()
                    || !untracked.isEmpty()
                    || !ignored.isEmpty()
                    || detachedOnly > 0
                    || !inProgress.isEmpty();
        }
    }

    /**
     * A rescue that was taken.
     *
     * @param ref such as {@code refs/orchestrator/rescue/issue-12/20261122T170102Z}
     * @param what one phrase: what it holds
     */
    record Rescue(String ref, String commit, String what) {}

    /** The program's version, such as {@code git version 2.39.5}; empty when it cannot be run. */
    Optional<String> version();

    /**
     * Makes a small repository at the repo's path with one commit on its default branch, and a bare
     * {@code origin} beside it ({@code <name>-origin.git}), for a rehearsal. Nothing happens to
     * what is already there.
     */
    void createScratch(Repo repo);

    /** What is wrong with the repository, a sentence each; empty when it can be worked with. */
    List<String> check(Repo repo);

    /** Whether it has the remote {@code origin}. */
    boolean hasOrigin(Repo repo);

    /** Brings the default branch of {@code origin} up to date. */
    void fetch(Repo repo);

    /**
     * Makes the issue's worktree and branch ready, or finds them so. Never touches work that is
     * there. A worktree that git knows and whose folder is gone is a Fault {@code worktree-missing}:
     * it may have been moved away, and nothing of git's is removed.
     */
    Ready ensure(Repo repo, int issueNumber);

    /** Whether the worktree's folder is there and holds anything. */
    boolean exists(Path worktree);

    /**
     * When a file of the worktree last changed, as far as a bounded look sees; empty when there is
     * nothing to see. What claims to be from after {@code now} does not count.
     */
    Optional<Instant> newestChange(Path worktree, Instant now);

    /**
     * Copies what the repository's setup names (files git does not hold, such as {@code .env}) from
     * the main checkout into a worktree, over nothing that is there.
     */
    void copyFiles(Repo repo, Path worktree);

    /** What the worktree holds. {@code since} may be empty: then {@code commitsSinceStart} is 0. */
    WorkFacts facts(Path worktree, String base, String since);

    Progress progress(Path worktree, String base);

    /**
     * Commits everything that is not ignored and returns the commit; empty when there was nothing.
     */
    Optional<String> commitAll(Path worktree, String message);

    /** Pushes exactly {@code commit} to {@code origin} as {@code branch}, without force. */
    void push(Repo repo, String branch, String commit);

    /** What would be lost with the folder. */
    AtRisk atRisk(Path worktree);

    /**
     * Puts everything {@link #atRisk} names into a ref, changing nothing in the worktree; empty
     * when there is nothing. When a ref of the issue holds exactly that already, it is that one.
     */
    Optional<Rescue> rescue(Repo repo, Path worktree, int issueNumber);

    /**
     * Removes the folder and its registration, keeps the branch; takes a {@link #rescue} first when
     * one is needed.
     */
    Optional<Rescue> remove(Repo repo, Path worktree, int issueNumber);
}
