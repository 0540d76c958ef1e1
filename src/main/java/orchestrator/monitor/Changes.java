package orchestrator.monitor;

import java.util.List;
import java.util.Optional;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Part;
import orchestrator.model.BranchWork.Patch;
import orchestrator.model.IssueId;

/**
 * What the issues' branches hold, and where they will collide. Nothing changes by looking. Every
 * method blocks for git, may be called on any thread, and throws {@link orchestrator.model.Fault}
 * when git failed or the issue is not known.
 */
public interface Changes {
    /** What is seen of an issue's branch. */
    sealed interface Look {
        /** Nobody has worked on it: there is no branch yet. */
        record NotBegun() implements Look {}

        /** There was a branch, and it is not there any more. */
        record Gone(String branch) implements Look {}

        /**
         * The branch is there, or its worktree is.
         *
         * @param pullRequest its address; empty: none
         */
        record Found(BranchWork work, String pullRequest) implements Look {}
    }

    /** What an issue's branch holds now. */
    Look look(IssueId issue);

    /** The files that a part of the work changed. */
    List<FileChange> files(IssueId issue, BranchWork work, Part part);

    /**
     * The difference that a part of the work made.
     *
     * @param file empty: in all files
     * @param ignoreSpace whether changes of white space are left out
     */
    Patch patch(
            IssueId issue,
            BranchWork work,
            Part part,
            Optional<FileChange> file,
            boolean ignoreSpace);

    /** Hears how far a forecast is, and may end it. Called on the thread that makes it. */
    interface Watch {
        void progress(int done, int of);

        boolean cancelled();
    }

    /**
     * Two branches that do not merge by themselves.
     *
     * @param files those that both changed in ways that exclude each other
     */
    record Conflict(IssueId one, IssueId other, List<String> files) {
        public Conflict {
            files = List.copyOf(files);
        }

        /** Whether it is one of the two. */
        public boolean isOf(IssueId issue) {
            return one.equals(issue) || other.equals(issue);
        }
    }

    /**
     * Which branches will collide.
     *
     * @param pairs how many pairs of branches were tried
     * @param untold what could not be told and why, a sentence each
     */
    record Forecast(List<Conflict> conflicts, int pairs, List<String> untold) {
        public Forecast {
            conflicts = List.copyOf(conflicts);
            untold = List.copyOf(untold);
        }
    }

    /**
     * Tries the merges of live branches, two at a time, without a trace in the repository. What was
     * tried once is remembered for the same two commits.
     *
     * @param of only pairs with this issue; empty: all pairs of the run
     */
    Forecast forecast(Optional<IssueId> of, Watch watch);
}
