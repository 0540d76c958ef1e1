package orchestrator.rules;

import java.time.Instant;
import java.util.List;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/**
 * What is to come as people want to know it.
 *
 * @param startsNow what idle workers would be given now
 * @param criticalPath the chain of dependencies with the most stages left, first to last; it is
 *     made by dependencies alone, so no move between waves changes it
 * @param stagesLeft how many there are, and how many of them are on that chain
 */
public record Outlook(
        List<IssueId> startsNow,
        List<IssueId> criticalPath,
        Plan.Left stagesLeft,
        Forecast forecast) {
    public Outlook {
        startsNow = List.copyOf(startsNow);
        criticalPath = List.copyOf(criticalPath);
    }

    /** The outlook from now on. */
    public static Outlook of(
            WorkspaceConfig config, RunState state, StageTimes.Measured times, Instant now) {
        Plan plan = Plan.of(config, state);
        return new Outlook(
                plan.first().values().stream().map(Issue::id).toList(),
                plan.criticalPath(),
                plan.stagesLeft(),
                Forecast.of(config, state, times, now));
    }
}
