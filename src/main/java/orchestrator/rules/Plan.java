package orchestrator.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/**
 * What is to come: the issues by wave, who starts with what, and the longest chain of dependencies.
 *
 * @param waves issues that are not completed, by wave, in hand-out order
 * @param first what each worker would be given now, as far as there is something for it
 * @param criticalPath the chain of dependencies with the most stages left, first to last
 * @param stagesLeft stages left in all, and on the critical path
 */
public record Plan(
        NavigableMap<Integer, List<Issue>> waves,
        NavigableMap<Integer, Issue> first,
        List<IssueId> criticalPath,
        Left stagesLeft) {
    /** Stages left. */
    public record Left(int all, int onCriticalPath) {}

    public Plan {
        waves = Collections.unmodifiableNavigableMap(waves);
        first = Collections.unmodifiableNavigableMap(first);
        criticalPath = List.copyOf(criticalPath);
    }

    /** The plan from here on. */
    public static Plan of(WorkspaceConfig config, RunState state) {
        NavigableMap<Integer, List<Issue>> waves = new TreeMap<>();
        Map<IssueId, Integer> left = new HashMap<>();
        Map<IssueId, Issue> open = new HashMap<>();
        for (Project project : config.projects()) {
            for (Issue issue : project.issues()) {
                var known = state.issue(project, issue);
                if (known.status() == IssueStatus.PENDING
                        || known.status() == IssueStatus.IN_PROGRESS) {
                    waves.computeIfAbsent(issue.wave(), wave -> new ArrayList<>()).add(issue);
                    // A pipeline that was made shorter leaves nothing, not less than nothing.
                    left.put(
                            issue.id(),
                            Math.max(0, project.pipeline().size() - known.stageIndex()));
                    open.put(issue.id(), issue);
                }
            }
        }
        waves.values().forEach(issues -> issues.sort(NextIssue.ORDER));
        List<IssueId> critical = criticalPath(open, left);
        int all = left.values().stream().mapToInt(Integer::intValue).sum();
        int onPath = critical.stream().mapToInt(id -> left.getOrDefault(id, 0)).sum();
        return new Plan(waves, firstAssignments(config, state), critical, new Left(all, onPath));
    }

    private static NavigableMap<Integer, Issue> firstAssignments(
            WorkspaceConfig config, RunState state) {
        return new TreeMap<>(NextIssue.preview(config, state));
    }

    // Longest path over the open issues, dependencies first; iterative, for chains of any length.
    private static List<IssueId> criticalPath(
            Map<IssueId, Issue> open, Map<IssueId, Integer> left) {
        Map<IssueId, Integer> length = new HashMap<>();
        Map<IssueId, IssueId> before = new HashMap<>();
        for (IssueId id : dependenciesFirst(open)) {
            int longest = 0;
            for (IssueId dependency : dependencies(open, id)) {
                int through = length.getOrDefault(dependency, 0);
                if (through > longest) {
                    longest = through;
                    before.put(id, dependency);
                }
            }
            length.put(id, longest + left.getOrDefault(id, 0));
        }
        List<IssueId> path = new ArrayList<>();
        Optional<IssueId> at =
                length.keySet().stream()
                        .sorted()
                        .max(java.util.Comparator.comparingInt(length::get));
        while (at.isPresent()) {
            path.addFirst(at.get());
            at = Optional.ofNullable(before.get(at.get()));
        }
        return path;
    }

    private static List<IssueId> dependencies(Map<IssueId, Issue> open, IssueId id) {
        Issue issue = open.get(id);
        return issue == null ? List.of() : issue.dependsOn();
    }

    private static List<IssueId> dependenciesFirst(Map<IssueId, Issue> open) {
        List<IssueId> ordered = new ArrayList<>();
        Set<IssueId> entered = new HashSet<>();
        Set<IssueId> done = new HashSet<>();
        for (IssueId root : open.keySet().stream().sorted().toList()) {
            List<IssueId> stack = new ArrayList<>(List.of(root));
            while (!stack.isEmpty()) {
                IssueId id = stack.getLast();
                if (entered.add(id)) {
                    dependencies(open, id).stream()
                            .filter(open::containsKey)
                            .filter(dependency -> !entered.contains(dependency))
                            .forEach(stack::add);
                } else {
                    stack.removeLast();
                    if (done.add(id)) {
                        ordered.add(id);
                    }
                }
            }
        }
        return ordered;
    }
}
