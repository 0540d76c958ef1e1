package orchestrator.model;

import java.util.Optional;

/**
 * The facts of an attempt's end, gathered before anything is decided from them.
 *
 * @param exitCode empty when none was written
 * @param head the worktree's commit at the end; empty when git could not tell
 * @param commitsSinceStart commits the stage has added so far, by all its attempts
 * @param commitsSinceBase commits the branch has beyond its base
 * @param uncommitted modified and untracked files left behind
 */
public record Finish(
        Optional<Integer> exitCode,
        AgentOutcome outcome,
        String head,
        int commitsSinceStart,
        int commitsSinceBase,
        int uncommitted,
        Usage usage) {
    /**
     * The same end, once what lay uncommitted is a commit; the same commit as before: there was
     * nothing left to commit.
     */
    Finish withLeftoversCommitted(String commit) {
        int more = commit.equals(head) ? 0 : 1;
        return new Finish(
                exitCode,
                outcome,
                commit,
                commitsSinceStart + more,
                commitsSinceBase + more,
                0,
                usage);
    }
}
