package orchestrator.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.model.IssueId;

/**
 * Checks the dependencies of all projects: unknown ones, an issue on itself, cycles. Walks with a
 * stack of its own, so a chain of any length is fine.
 */
final class DependencyCheck {
    /** A longer cycle is told by its beginning and its end. */
    private static final int MOST_SPELLED_OUT = 12;

    private record Found(ProjectDraft project, ProjectDraft.IssueDraft issue) {}

    /** An issue on the path that is being walked, and how many of its dependencies are done. */
    private static final class Step {
        final IssueId id;
        int next;

        Step(IssueId id) {
            this.id = id;
        }
    }

    private final Map<IssueId, Found> issues = new LinkedHashMap<>();
    private final Set<String> projects;

    private final List<Found> listed = new ArrayList<>();
    private final boolean complete;

    /**
     * A check of these projects.
     *
     * @param complete false when a file could not be read: then what is not found may stand there
     */
    DependencyCheck(List<ProjectDraft> drafts, boolean complete) {
        this.complete = complete;
        for (ProjectDraft draft : drafts) {
            for (ProjectDraft.IssueDraft issue : draft.issues()) {
                Found found = new Found(draft, issue);
                listed.add(found);
                if (issue.counted()) {
                    issues.putIfAbsent(issue.issue().id(), found);
                }
            }
        }
        projects = drafts.stream().map(draft -> draft.name().value()).collect(Collectors.toSet());
    }

    void run() {
        listed.forEach(this::checkEach);
        reportCycles();
    }

    private void checkEach(Found found) {
        IssueId id = found.issue().issue().id();
        String issue = found.issue().counted() ? "issue " + id.number() : "this issue";
        for (At<IssueId> dependency : found.issue().dependencies()) {
            IssueId on = dependency.value();
            Source source = found.project().source();
            if (on.equals(id)) {
                source.problem(
                        dependency.span(), issue + " depends on itself; remove the dependency");
            } else if (!projects.contains(on.project()) && complete) {
                source.problem(
                        dependency.span(),
                        "%s depends on %s, and this workspace has no project %s%s; correct the name, or load all projects of the folder"
                                .formatted(
                                        issue,
                                        on,
                                        Quoted.of(on.project()),
                                        Nearest.hint(on.project(), projects)));
            } else if (projects.contains(on.project()) && !issues.containsKey(on)) {
                source.problem(
                        dependency.span(),
                        "%s depends on %s, which does not exist; correct the number, or add that issue"
                                .formatted(issue, name(on, id)));
            }
        }
    }

    private static String name(IssueId named, IssueId seenFrom) {
        return named.project().equals(seenFrom.project())
                ? Integer.toString(named.number())
                : named.toString();
    }

    /** Every cycle that brings in an issue not yet told of. */
    private void reportCycles() {
        Set<IssueId> done = new HashSet<>();
        Set<IssueId> told = new HashSet<>();
        for (IssueId start : issues.keySet()) {
            if (!done.contains(start)) {
                walk(start, done, told);
            }
        }
    }

    private void walk(IssueId start, Set<IssueId> done, Set<IssueId> told) {
        List<Step> path = new ArrayList<>();
        Map<IssueId, Integer> places = new HashMap<>();
        path.add(new Step(start));
        places.put(start, 0);
        while (!path.isEmpty()) {
            Step step = path.getLast();
            Optional<IssueId> next = nextDependency(step);
            if (next.isEmpty()) {
                done.add(step.id);
                places.remove(step.id);
                path.removeLast();
                continue;
            }
            IssueId on = next.get();
            Integer place = places.get(on);
            if (place != null) {
                List<IssueId> cycle =
                        path.subList(place, path.size()).stream().map(s -> s.id).toList();
                // Not short-circuited: each issue of the cycle counts as told of.
                if (told.addAll(cycle)) {
                    tell(cycle);
                }
            } else if (issues.containsKey(on) && !done.contains(on)) {
                places.put(on, path.size());
                path.add(new Step(on));
            }
        }
    }

    /** The step's next dependency on another issue; moves on. */
    private Optional<IssueId> nextDependency(Step step) {
        Found found = issues.get(step.id);
        List<At<IssueId>> all = found == null ? List.of() : found.issue().dependencies();
        while (step.next < all.size()) {
            IssueId on = all.get(step.next++).value();
            if (!on.equals(step.id)) {
                return Optional.of(on);
            }
        }
        return Optional.empty();
    }

    /** Told where the cycle's lowest issue names its dependency, beginning with that issue. */
    private void tell(List<IssueId> found) {
        List<IssueId> cycle = new ArrayList<>(found);
        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
        IssueId first = cycle.getFirst();
        IssueId second = cycle.get(1);
        Found owner = issues.get(first);
        if (owner == null) {
            throw new IllegalStateException("a cycle runs through the unknown issue " + first);
        }
        boolean oneProject = cycle.stream().allMatch(id -> id.project().equals(first.project()));
        cycle.add(first);
        List<String> names =
                cycle.stream()
                        .map(id -> oneProject ? Integer.toString(id.number()) : id.toString())
                        .toList();
        owner.issue().dependencies().stream()
                .filter(dependency -> dependency.value().equals(second))
                .forEach(dependency ->
                        owner.project()
                                .source()
                                .problem(
                                        dependency.span(),
                                        "these issues wait for each other: %s; remove one of the dependencies"
                                                .formatted(spelledOut(names))));
    }

    private static String spelledOut(List<String> names) {
        if (names.size() <= MOST_SPELLED_OUT + 1) {
            return String.join(" → ", names);
        }
        int head = MOST_SPELLED_OUT - 2;
        int left = names.size() - head - 2;
        return String.join(" → ", names.subList(0, head))
                + " → … ("
                + left
                + " more) … → "
                + String.join(" → ", names.subList(names.size() - 2, names.size()));
    }
}
