package orchestrator.rules;

import java.util.Locale;
import java.util.OptionalDouble;
import orchestrator.model.Issue;
import orchestrator.model.IssueState;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/**
 * What a run and its issues may cost, in US dollars by the agents' own estimate. An attempt that
 * runs is told what is left and not ended for it.
 */
public final class Budget {
    private Budget() {}

    /** Whether what the whole run may cost is spent. */
    static boolean isSpent(WorkspaceConfig config, RunState state) {
        OptionalDouble most = config.settings().maxBudgetUsd();
        return most.isPresent() && state.spentUsd() >= most.getAsDouble();
    }

    /** Whether what the issue may cost is spent. */
    static boolean isSpent(Issue issue, IssueState state) {
        return issue.maxBudgetUsd().isPresent()
                && state.usage().costUsd() >= issue.maxBudgetUsd().getAsDouble();
    }

    /** What an attempt of the issue may still cost; empty: there is no bound. */
    public static OptionalDouble left(
            WorkspaceConfig config, Issue issue, RunState state, IssueState of) {
        double run =
                config.settings().maxBudgetUsd().orElse(Double.POSITIVE_INFINITY)
                        - state.spentUsd();
        double own = issue.maxBudgetUsd().orElse(Double.POSITIVE_INFINITY) - of.usage().costUsd();
        double left = Math.min(run, own);
        return Double.isInfinite(left) ? OptionalDouble.empty() : OptionalDouble.of(left);
    }

    /** Such as {@code $3.20 of $3.00}. */
    static String words(double spent, double most) {
        return String.format(Locale.ROOT, "$%.2f of $%.2f", spent, most);
    }
}
