package orchestrator.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import orchestrator.model.BranchWork;
import orchestrator.model.BranchWork.FileChange;
import orchestrator.model.BranchWork.Part;
import orchestrator.model.BranchWork.Patch;

/**
 * What branches hold, to be read by people. Nothing in the repository or the worktree changes by
 * it. Every method blocks for child processes and throws {@link orchestrator.model.Fault} when git
 * failed. Safe on any thread.
 */
public interface Branches {
    /**
     * Where an issue's work is.
     *
     * @param repository the main checkout
     * @param worktree need not be there
     * @param branch its short name; need not be there
     * @param base the commit work is counted from; empty: the merge base with the default branch
     * @param defaultBranch such as {@code main}
     * @param pushed a commit that is known to be on the remote; or empty
     */
    record Place(
            Path repository,
            Path worktree,
            String branch,
            String base,
            String defaultBranch,
            String pushed) {}

    /** What the branch holds; empty when neither the branch nor its worktree is there. */
    Optional<BranchWork> work(Place place);

    /** The files that a part of it changed. */
    List<FileChange> files(Place place, BranchWork work, Part part);

    /**
     * The difference that a part of it made, in one file or in all.
     *
     * @param file empty: all
     * @param ignoreSpace whether changes of white space are left out
     */
    Patch patch(
            Place place,
            BranchWork work,
            Part part,
            Optional<FileChange> file,
            boolean ignoreSpace);

    /** The newest commit of the branch, the worktree's own if it stands elsewhere; or empty. */
    String tip(Place place);

    /** A place where merges are tried; holds a temporary folder until it is closed. */
    interface Rehearsals extends AutoCloseable {
        /** The files that could not be merged; empty list: none. Empty when git is too old. */
        Optional<List<String>> conflicts(String one, String other);

        @Override
        void close();
    }

    /**
     * Merges that are only tried: their objects go to a temporary folder beside the repository's
     * own.
     */
    Rehearsals rehearsals(Path repository);
}
