package orchestrator.model;

import java.time.Instant;
import java.util.List;

/**
 * What an issue's branch holds beyond its base.
 *
 * @param base the commit that work is counted from
 * @param head the newest commit; equal to {@code base} when nothing was committed
 * @param folder whether its worktree is there
 * @param detached whether the worktree stands on a commit of its own and not on the branch
 * @param commits newest first, at most {@link #MOST_COMMITS}
 * @param more whether there are more commits than those
 * @param files what all commits together changed
 * @param uncommitted what lies changed or untracked in the worktree
 * @param remote whether there is a remote to push to
 */
public record BranchWork(
        String branch,
        String base,
        String head,
        boolean folder,
        boolean detached,
        List<Commit> commits,
        boolean more,
        List<FileChange> files,
        List<FileChange> uncommitted,
        boolean remote) {
    /** As many commits as are read. */
    public static final int MOST_COMMITS = 500;

    public BranchWork {
        commits = List.copyOf(commits);
        files = List.copyOf(files);
        uncommitted = List.copyOf(uncommitted);
    }

    /** How many of the commits are on no remote. */
    public int unpushed() {
        return (int) commits.stream().filter(commit -> !commit.pushed()).count();
    }

    /** True when there is nothing to show. */
    public boolean isEmpty() {
        return commits.isEmpty() && files.isEmpty() && uncommitted.isEmpty();
    }

    /**
     * A commit.
     *
     * @param author a name, as the commit has it
     * @param at when it was written
     * @param pushed whether it is on a remote, as far as is known here
     */
    public record Commit(String oid, String author, Instant at, String subject, boolean pushed) {
        private static final int SHORT = 8;

        /** Enough of its name to tell it from others. */
        public String shortOid() {
            return oid.substring(0, Math.min(SHORT, oid.length()));
        }
    }

    /** What happened to a file. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED,
        RENAMED,
        COPIED,
        /** It became another kind of thing, such as a link. */
        TYPE_CHANGED,
        /** A merge left it open. */
        UNMERGED,
        /** It is there and git was never told of it. */
        UNTRACKED
    }

    /**
     * A file that was changed.
     *
     * @param path below the repository's root; any characters, bytes that are no UTF-8 replaced
     * @param from its path before, if it was renamed or copied; otherwise empty
     * @param added lines; 0 of a binary file
     * @param removed lines; 0 of a binary file
     */
    public record FileChange(
            Kind kind, String path, String from, int added, int removed, boolean binary) {}

    /** A part of the work, to be looked at by itself. */
    public sealed interface Part {
        /** All commits together. */
        record Everything() implements Part {}

        /** One commit, against its first parent. */
        record OfCommit(String oid) implements Part {}

        /** What lies uncommitted in the worktree. */
        record Uncommitted() implements Part {}
    }

    /**
     * A difference as unified text, as {@code git} writes it.
     *
     * @param cut whether it was too large, so that its end is missing
     */
    public record Patch(String text, boolean cut) {}
}
