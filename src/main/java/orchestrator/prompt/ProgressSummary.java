package orchestrator.prompt;

import java.util.List;

/**
 * What earlier attempts left, for the prompt of a restart.
 *
 * @param restart which restart of the stage this is, from 1; 0: an earlier try of the issue left it
 * @param hint why the last attempt ended, one or two sentences on one line; after it, what was
 *     printed about it, if anything
 * @param commits one line each, newest first
 * @param diffStat of the branch against its base
 * @param uncommitted status lines
 * @param lastWords what the agent said last, a few lines
 */
public record ProgressSummary(
        int restart,
        String hint,
        List<String> commits,
        String diffStat,
        List<String> uncommitted,
        String lastWords) {}
