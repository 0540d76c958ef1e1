package orchestrator.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/** Which issue an idle worker takes. */
public final class NextIssue {
    /** The order of all issues of a workspace: wave, priority, project, number. */
    public static final Comparator<Issue> ORDER = Issue.ORDER;

    private NextIssue() {}

    /**
     * What the worker is given: its initial assignment if that can be begun and the worker was
     * given nothing yet, else the first in {@link #ORDER} that is pending, has all dependencies
     * completed and is not another idle worker's initial assignment.
     */
    public static Optional<Issue> forWorker(WorkspaceConfig config, RunState state, int worker) {
        Set<IssueId> reserved = new HashSet<>();
        List<Issue> mine = new ArrayList<>();
        for (Project project : config.projects()) {
            project.initialAssignments()
                    .forEach((number, issueNumber) ->
                            project.issue(issueNumber)
                                    .filter(issue -> waitsForFirst(config, state, number))
                                    .ifPresent(issue -> {
                                        if (number == worker) {
                                            mine.add(issue);
                                        } else {
                                            reserved.add(issue.id());
                                        }
                                    }));
        }
        Map<IssueId, IssueStatus> statuses = statuses(config, state);
        Optional<Issue> assigned =
                mine.stream().filter(issue -> isAvailable(statuses, issue)).min(ORDER);
        return assigned.isPresent() ? assigned : first(config, statuses, reserved);
    }

    private static boolean waitsForFirst(WorkspaceConfig config, RunState state, int worker) {
        return worker <= config.settings().workers()
                && !state.worker(worker).launched()
                && state.worker(worker).issue().isEmpty();
    }

    private static Optional<Issue> first(
            WorkspaceConfig config, Map<IssueId, IssueStatus> statuses, Set<IssueId> reserved) {
        Issue best = null;
        for (Project project : config.projects()) {
            for (Issue issue : project.issues()) {
                if ((best == null || ORDER.compare(issue, best) < 0)
                        && !reserved.contains(issue.id())
                        && isAvailable(statuses, issue)) {
                    best = issue;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Pending, held by nobody, and everything it depends on is completed. */
    public static boolean isAvailable(WorkspaceConfig config, RunState state, Issue issue) {
        return isAvailable(statuses(config, state), issue);
    }

    private static boolean isAvailable(Map<IssueId, IssueStatus> statuses, Issue issue) {
        return statuses.get(issue.id()) == IssueStatus.PENDING
                && issue.dependsOn().stream()
                        .allMatch(id -> statuses.get(id) == IssueStatus.COMPLETED);
    }

    /**
     * The status of every issue that is defined or of which anything is known, at once: asking for
     * each by itself searches the definitions each time.
     */
    public static Map<IssueId, IssueStatus> statuses(WorkspaceConfig config, RunState state) {
        Map<IssueId, IssueStatus> statuses = new HashMap<>();
        for (Project project : config.projects()) {
            for (Issue issue : project.issues()) {
                statuses.put(issue.id(), state.issue(project, issue).status());
            }
        }
        state.issues().forEach((id, issue) -> statuses.put(id, issue.status()));
        return statuses;
    }

    /** The status of an issue; an undefined one counts as parked. */
    public static IssueStatus statusOf(WorkspaceConfig config, RunState state, IssueId id) {
        var known = state.issues().get(id);
        if (known != null) {
            return known.status();
        }
        return config.project(id.project())
                .flatMap(project ->
                        project.issue(id.number())
                                .map(issue -> state.issue(project, issue).status()))
                .orElse(IssueStatus.PARKED);
    }
}
