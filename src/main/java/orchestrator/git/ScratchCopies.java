package orchestrator.git;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.model.Repo;

/**
 * Copies of repositories for a rehearsal. A copy's {@code origin} is a bare repository beside it
 * and leads nowhere else; the user's repository is only read. Every method blocks for child
 * processes and throws {@link orchestrator.model.Fault} when git failed; safe on any thread.
 */
public interface ScratchCopies {
    /** What is wrong with the user's repository, a sentence each; empty when it can be copied. */
    List<String> check(Repo real);

    /**
     * Makes a copy and its origin ({@code <name>-origin.git}). Objects are linked where the disk
     * allows it, so that a large repository costs nothing, and a clean-up of the user's repository
     * takes nothing away. No hooks, no filters' downloads, no files are checked out.
     *
     * @param at where the copy is to lie; nothing may be there
     * @param branches those that are taken, as {@code origin} had them when it was last fetched,
     *     else as they are here; one that is nowhere is left out. With the repository's default
     *     branch
     * @param files what {@link Worktrees#copyFiles} is to find in the copy
     * @return the commits of the branches that were taken
     */
    Map<String, String> make(Repo real, Path at, Set<String> branches, Set<String> files);

    /**
     * What somebody else than the scripted agent and the monitor left in a copy and its worktrees:
     * commits, files that are not ignored and newer than the run, what is in progress. A phrase
     * each.
     *
     * @param made when the copy was made
     * @param ended when the last worker was done
     */
    List<String> foreign(Path copy, Instant made, Instant ended);
}
