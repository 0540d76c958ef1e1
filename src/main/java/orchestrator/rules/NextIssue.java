package orchestrator.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.Event;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.RunState;
import orchestrator.model.WorkerState;
import orchestrator.model.WorkspaceConfig;

/** Which issues the idle workers take. */
public final class NextIssue {
    /** The order of all issues of a workspace: wave, priority, project, number. */
    public static final Comparator<Issue> ORDER = Issue.ORDER;

    private NextIssue() {}

    /**
     * What one of the idle workers is given.
     *
     * @param again it had failed and is tried once more
     */
    record Given(int worker, Issue issue, boolean again) {}

    /**
     * What each idle worker is given now: its initial assignment if that can be begun and the
     * worker was given nothing yet, else the first in {@link #ORDER} that is pending, has all
     * dependencies completed, shares no exclusive name with what is worked on and is not another
     * idle worker's initial assignment; else a failed issue once more.
     */
    static List<Given> all(Agenda agenda, WorkspaceConfig config, RunState state) {
        return forWorkers(agenda, config, state, idle(config, state));
    }

    private static List<Given> forWorkers(
            Agenda agenda, WorkspaceConfig config, RunState state, List<Integer> idle) {
        if (idle.isEmpty()) {
            return List.of();
        }
        Map<IssueId, Integer> reserved = reserved(config, state);
        Set<String> inUse = agenda.inUse(state);
        List<Given> given = new ArrayList<>();
        Set<IssueId> taken = new HashSet<>();
        List<Integer> without = new ArrayList<>();
        for (int worker : idle) {
            Optional<Issue> own =
                    reserved.entrySet().stream()
                            .filter(entry -> entry.getValue() == worker)
                            .map(Map.Entry::getKey)
                            .filter(id -> agenda.isReady(state, id))
                            .flatMap(id -> config.issue(id).stream())
                            .filter(issue -> isFree(issue, inUse))
                            .min(ORDER);
            if (own.isEmpty()) {
                without.add(worker);
            } else {
                take(new Given(worker, own.get(), false), given, taken, inUse);
            }
        }
        // What could not be given to one worker cannot be given to those after it either.
        Iterator<Issue> ready = agenda.ready(state).iterator();
        Iterator<Issue> again = null;
        for (int worker : without) {
            Optional<Issue> next = next(ready, taken, reserved.keySet(), inUse);
            boolean failed = next.isEmpty();
            if (failed) {
                again = again == null ? agenda.toRetry(state).iterator() : again;
                next = next(again, taken, Set.of(), inUse);
            }
            if (next.isEmpty()) {
                break; // Nor is there anything for the workers after it.
            }
            take(new Given(worker, next.get(), failed), given, taken, inUse);
        }
        given.sort(Comparator.comparingInt(Given::worker));
        return given;
    }

    private static List<Integer> idle(WorkspaceConfig config, RunState state) {
        int workers = config.settings().workers();
        BitSet busy = new BitSet();
        for (WorkerState worker : state.workers().values()) {
            busy.set(worker.number(), worker.issue().isPresent() || worker.stopped());
        }
        List<Integer> idle = new ArrayList<>();
        for (int at = busy.nextClearBit(1); at <= workers; at = busy.nextClearBit(at + 1)) {
            idle.add(at);
        }
        return idle;
    }

    private static void take(Given one, List<Given> given, Set<IssueId> taken, Set<String> inUse) {
        given.add(one);
        taken.add(one.issue().id());
        inUse.addAll(one.issue().exclusive());
    }

    private static Optional<Issue> next(
            Iterator<Issue> issues, Set<IssueId> taken, Set<IssueId> reserved, Set<String> inUse) {
        while (issues.hasNext()) {
            Issue issue = issues.next();
            if (!taken.contains(issue.id())
                    && !reserved.contains(issue.id())
                    && isFree(issue, inUse)) {
                return Optional.of(issue);
            }
        }
        return Optional.empty();
    }

    private static boolean isFree(Issue issue, Set<String> inUse) {
        for (String name : issue.exclusive()) {
            if (inUse.contains(name)) {
                return false;
            }
        }
        return true;
    }

    /** Initial assignments that still wait for their worker's first launch. */
    private static Map<IssueId, Integer> reserved(WorkspaceConfig config, RunState state) {
        Map<IssueId, Integer> reserved = new HashMap<>();
        for (Project project : config.projects()) {
            project.initialAssignments()
                    .forEach((worker, number) ->
                            project.issue(number)
                                    .filter(issue -> waitsForFirst(config, state, worker))
                                    .ifPresent(issue -> reserved.put(issue.id(), worker)));
        }
        return reserved;
    }

    private static boolean waitsForFirst(WorkspaceConfig config, RunState state, int worker) {
        return worker <= config.settings().workers()
                && !state.worker(worker).launched()
                && !state.worker(worker).stopped()
                && state.worker(worker).issue().isEmpty();
    }

    /** What each idle worker would be given now, by worker. */
    static Map<Integer, Issue> preview(WorkspaceConfig config, RunState state) {
        Map<Integer, Issue> first = new HashMap<>();
        all(new Agenda(config), config, state)
                .forEach(given -> first.put(given.worker(), given.issue()));
        return first;
    }

    /** What the worker would be given, were no other idle. */
    public static Optional<Issue> forWorker(WorkspaceConfig config, RunState state, int worker) {
        return forWorkers(new Agenda(config), config, state, List.of(worker)).stream()
                .map(Given::issue)
                .findFirst();
    }

    /** The event that gives it. */
    static Event assignment(WorkspaceConfig config, RunState state, Given given) {
        Issue issue = given.issue();
        Project project = config.project(issue.id().project()).orElseThrow();
        var known = state.issue(project, issue);
        var step = known.retryStep().stage();
        if (step.isPresent()) {
            return new Event.IssueAssigned(issue.id(), given.worker(), 0, step.get().name());
        }
        int last = project.pipeline().size() - 1;
        int stage = Math.min(Place.index(project, Optional.of(issue), known), last);
        return new Event.IssueAssigned(
                issue.id(), given.worker(), stage, project.pipeline().get(stage).name());
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
