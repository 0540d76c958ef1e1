package orchestrator.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.Project;
import orchestrator.model.WorkspaceConfig;

/**
 * Issues are to be put into a wave, together, at a place of it. They keep their order among
 * themselves.
 *
 * @param issues at least one; those that are not defined any more are passed over
 * @param wave the wave they go into; with {@link Spot.Behind}, the one they come behind
 */
public record Move(List<IssueId> issues, int wave, Spot spot) {
    /** Where in the wave. */
    public sealed interface Spot {
        /** Where their priorities, which stay, put them. */
        record ByPriority() implements Spot {}

        /** Before that issue; last when that one is not in the wave. */
        record Before(IssueId issue) implements Spot {}

        /** After all others. */
        record Last() implements Spot {}

        /**
         * In a wave of their own between this one and the next. Where no number is free between the
         * two, the waves behind it move on by one, up to the next number that is free.
         */
        record Behind() implements Spot {}
    }

    /** A place in the plan. */
    public record Placed(int wave, int priority) {}

    /** An issue at its place in the plan. */
    public record At(IssueId id, int wave, int priority) {
        private static final Comparator<At> ORDER =
                Comparator.comparingInt(At::wave)
                        .thenComparingInt(At::priority)
                        .thenComparing(At::id);

        private Placed placed() {
            return new Placed(wave, priority);
        }
    }

    public Move {
        issues = List.copyOf(issues);
        if (issues.isEmpty()) {
            throw new IllegalArgumentException("nothing to move");
        }
    }

    /**
     * What must be written for it: the places of those issues whose wave or priority changes.
     * Others of the wave change only where two priorities leave no room between them, and then as
     * few as can be: either those behind the place move on, or those before it move up.
     */
    public Map<IssueId, Placed> placed(WorkspaceConfig config) {
        return placed(
                config.ordered().stream()
                        .map(issue -> new At(issue.id(), issue.wave(), issue.priority()))
                        .toList());
    }

    /** As {@link #placed(WorkspaceConfig)}, for issues of which only the places are known. */
    public Map<IssueId, Placed> placed(Collection<At> plan) {
        List<At> all = plan.stream().sorted(At.ORDER).toList();
        Map<IssueId, Placed> wanted = new LinkedHashMap<>();
        if (spot instanceof Spot.Behind) {
            behind(all, wanted);
        } else {
            within(all, wanted);
        }
        all.forEach(issue -> wanted.remove(issue.id(), issue.placed()));
        return wanted;
    }

    private void behind(List<At> all, Map<IssueId, Placed> wanted) {
        int own = waveBehind(all);
        Set<Integer> taken = wavesOfOthers(all);
        int free = own;
        while (taken.contains(free)) {
            free++;
        }
        for (At issue : all) {
            if (issues.contains(issue.id())) {
                wanted.put(issue.id(), new Placed(own, issue.priority()));
            } else if (issue.wave() >= own && issue.wave() < free) {
                wanted.put(issue.id(), new Placed(issue.wave() + 1, issue.priority()));
            }
        }
    }

    /** The number of their own wave: the first behind the last one before it that others are in. */
    private int waveBehind(List<At> all) {
        return wavesOfOthers(all).stream()
                .filter(other -> other <= wave)
                .max(Comparator.naturalOrder())
                .map(before -> before + 1)
                .orElse(wave);
    }

    private Set<Integer> wavesOfOthers(List<At> all) {
        return all.stream()
                .filter(issue -> !issues.contains(issue.id()))
                .map(At::wave)
                .collect(Collectors.toSet());
    }

    private void within(List<At> all, Map<IssueId, Placed> places) {
        Set<IssueId> chosen = new HashSet<>(issues);
        List<At> moved = all.stream().filter(issue -> chosen.contains(issue.id())).toList();
        if (spot instanceof Spot.ByPriority) {
            moved.forEach(issue -> places.put(issue.id(), new Placed(wave, issue.priority())));
            return;
        }
        List<At> wanted = new ArrayList<>();
        for (At issue : all) {
            if (issue.wave() == wave && !chosen.contains(issue.id())) {
                if (spot instanceof Spot.Before(IssueId next) && issue.id().equals(next)) {
                    wanted.addAll(moved);
                }
                wanted.add(issue);
            }
        }
        if (wanted.size() == wanted.stream().filter(i -> !chosen.contains(i.id())).count()) {
            wanted.addAll(moved);
        }
        Map<IssueId, Integer> onwards = priorities(wanted, chosen, 1);
        Map<IssueId, Integer> upwards = priorities(wanted.reversed(), chosen, -1);
        Map<IssueId, Integer> fewer =
                changes(wanted, upwards) < changes(wanted, onwards) ? upwards : onwards;
        wanted.forEach(issue ->
                places.put(
                        issue.id(),
                        new Placed(wave, fewer.getOrDefault(issue.id(), issue.priority()))));
    }

    private static int changes(List<At> issues, Map<IssueId, Integer> priorities) {
        return (int)
                issues.stream()
                        .filter(issue ->
                                priorities.getOrDefault(issue.id(), issue.priority())
                                        != issue.priority())
                        .count();
    }

    /**
     * Priorities that give this order: each its own where that comes after the one before it.
     *
     * @param step 1: the order as it is to be; −1: from its end
     */
    private static Map<IssueId, Integer> priorities(List<At> wanted, Set<IssueId> moved, int step) {
        Map<IssueId, Integer> priorities = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            At issue = wanted.get(i);
            int priority = issue.priority();
            if (i > 0) {
                At before = wanted.get(i - 1);
                int least = priorities.getOrDefault(before.id(), 0);
                if (Integer.signum(before.id().compareTo(issue.id())) * step > 0) {
                    least += step;
                }
                boolean fits = (priority - least) * step >= 0;
                boolean stays = !moved.contains(issue.id()) || isBeforeNext(wanted, i, moved, step);
                priority = fits && stays ? priority : least;
            } else if (moved.contains(issue.id())) {
                priority = first(wanted, moved, step);
            }
            priorities.put(issue.id(), priority);
        }
        return priorities;
    }

    /** Whether its own priority keeps a moved issue before the next one that is not moved. */
    private static boolean isBeforeNext(List<At> wanted, int at, Set<IssueId> moved, int step) {
        At issue = wanted.get(at);
        Comparator<At> order = Comparator.comparingInt(At::priority).thenComparing(At::id);
        return wanted.subList(at + 1, wanted.size()).stream()
                .filter(other -> !moved.contains(other.id()))
                .findFirst()
                .map(next -> Integer.signum(order.compare(issue, next)) * step < 0)
                .orElse(true);
    }

    /** The first of all stands nobody's way when it is no later than the first that stays. */
    private static int first(List<At> wanted, Set<IssueId> moved, int step) {
        int own = wanted.getFirst().priority();
        return wanted.stream()
                .filter(issue -> !moved.contains(issue.id()))
                .findFirst()
                .map(next -> {
                    long ahead =
                            wanted.stream().takeWhile(issue -> moved.contains(issue.id())).count();
                    int room = next.priority() - step * (int) ahead;
                    return (room - own) * step >= 0 ? own : room;
                })
                .orElse(own);
    }

    /** The configuration as it would be. */
    public WorkspaceConfig in(WorkspaceConfig config) {
        Map<IssueId, Placed> places = placed(config);
        List<Project> projects = new ArrayList<>();
        for (Project project : config.projects()) {
            List<Issue> issues = new ArrayList<>(project.issues());
            issues.replaceAll(issue -> {
                Placed at = places.get(issue.id());
                return at == null ? issue : issue.placed(at.wave(), at.priority());
            });
            projects.add(places.isEmpty() ? project : project.with(issues));
        }
        return config.with(projects);
    }
}
