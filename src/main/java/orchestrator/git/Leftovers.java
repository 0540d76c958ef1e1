package orchestrator.git;

import java.time.Instant;
import java.util.List;
import orchestrator.model.Repo;

/**
 * What earlier work has left in a repository and is in the way of new work. Only looks. Blocks for
 * child processes and throws {@link orchestrator.model.Fault} when git failed; safe on any thread.
 */
public interface Leftovers {
    /**
     * A sentence for each thing left: lock files that no git still needs, worktrees that git knows
     * and whose folder is gone, folders in the place of worktrees that git does not know. None when
     * the folder is no repository.
     */
    List<String> of(Repo repo, Instant now);
}
