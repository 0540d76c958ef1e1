package orchestrator.git;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The rescues that lie in repositories, and getting back what they hold. Every method blocks for
 * child processes and throws {@link orchestrator.model.Fault} when git failed. Safe on any thread.
 */
public interface Rescues {
    /**
     * A rescue that lies in a repository.
     *
     * @param ref such as {@code refs/orchestrator/rescue/issue-12/20261122T170102Z}
     * @param issue the number of the issue it was taken of
     * @param at when it was taken
     * @param what one phrase: what it holds
     * @param notHeld what was left out when it was taken, a phrase each
     */
    record Kept(
            String ref, int issue, Instant at, String commit, String what, List<String> notHeld) {
        public Kept {
            notHeld = List.copyOf(notHeld);
        }
    }

    /**
     * A commit that a rescue leads to.
     *
     * @param subject its first line
     * @param branches that hold it too, here or on a remote; none: only the rescue does
     */
    record Held(String commit, String subject, List<String> branches) {
        public Held {
            branches = List.copyOf(branches);
        }
    }

    /**
     * What was brought back.
     *
     * @param files how many files and links lie in the folder now
     * @param commits that the rescue holds besides the files: where the work stood, what was
     *     staged, what no branch held
     */
    record Restored(Path folder, int files, List<Held> commits) {
        public Restored {
            commits = List.copyOf(commits);
        }
    }

    /** All rescues of a repository, newest first; none when the folder is no repository. */
    List<Kept> of(Path repository);

    /**
     * Puts all files of a rescue into a folder, as they lay in the worktree, ignored and untracked
     * ones included. Changes nothing else: no branch, no index, no worktree. The folder is private
     * to this user, as files such as {@code .env} may be among them.
     *
     * @param into a folder that is not there yet, or empty
     * @throws orchestrator.model.Fault {@code restore-occupied} when something is there already,
     *     {@code restore-failed}, {@code restore-incomplete}
     */
    Restored restore(Path repository, Kept rescue, Path into);
}
