package orchestrator.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.RunState;
import orchestrator.model.StatusChanges;
import orchestrator.model.WorkspaceConfig;

/**
 * What can be handed out, of ten thousand issues as of ten: definitions laid out as arrays once a
 * configuration; of the issues, only those are looked at again whose status has changed. One
 * thread.
 */
final class Agenda {
    private final WorkspaceConfig config;
    private final List<Issue> ordered;
    private final Map<IssueId, Integer> index = new HashMap<>();
    private final int[][] dependsOn;
    private final int[][] waiting;
    private final BitSet onHold = new BitSet();
    private final IssueStatus[] statuses;
    private final BitSet ready = new BitSet();
    private final BitSet failed = new BitSet();
    private Optional<StatusChanges> seen = Optional.empty();

    Agenda(WorkspaceConfig config) {
        this.config = config;
        ordered = config.ordered();
        statuses = new IssueStatus[ordered.size()];
        for (int i = 0; i < ordered.size(); i++) {
            index.put(ordered.get(i).id(), i);
            onHold.set(i, project(ordered.get(i)).onHold());
        }
        dependsOn = new int[ordered.size()][];
        for (int i = 0; i < ordered.size(); i++) {
            // One that is not defined never completes: the reader refuses it, an edit might not.
            dependsOn[i] =
                    ordered.get(i).dependsOn().stream()
                            .mapToInt(id -> index.getOrDefault(id, -1))
                            .toArray();
        }
        waiting = reversed(dependsOn);
    }

    /** Who waits for each, of what each waits for. */
    private static int[][] reversed(int[][] dependsOn) {
        int[] counts = new int[dependsOn.length];
        for (int[] dependencies : dependsOn) {
            for (int at : dependencies) {
                if (at >= 0) {
                    counts[at]++;
                }
            }
        }
        int[][] waiting = new int[dependsOn.length][];
        Arrays.setAll(waiting, at -> new int[counts[at]]);
        for (int i = 0; i < dependsOn.length; i++) {
            for (int at : dependsOn[i]) {
                if (at >= 0) {
                    waiting[at][--counts[at]] = i;
                }
            }
        }
        return waiting;
    }

    /**
     * The issues that are pending with all dependencies completed, of projects that are not on
     * hold, in hand-out order; to be used before the next question.
     */
    Stream<Issue> ready(RunState state) {
        look(state);
        return ready.stream().mapToObj(ordered::get);
    }

    /** Whether an issue is {@link #ready(RunState) ready}. */
    boolean isReady(RunState state, IssueId id) {
        look(state);
        return ready.get(index.getOrDefault(id, ordered.size()));
    }

    /**
     * Failed issues that may be tried once more by themselves, those first that most others wait
     * for.
     */
    List<Issue> toRetry(RunState state) {
        look(state);
        List<Issue> again =
                failed.stream()
                        .filter(this::isOpen)
                        .mapToObj(ordered::get)
                        .filter(issue -> project(issue).retryFailed())
                        .filter(issue -> !isRetried(state, issue))
                        .collect(Collectors.toCollection(ArrayList::new));
        if (again.size() > 1) {
            Map<IssueId, Integer> dependents = dependents(again);
            again.sort(
                    Comparator.comparingInt(
                                    (Issue issue) -> -dependents.getOrDefault(issue.id(), 0))
                            .thenComparing(NextIssue.ORDER));
        }
        return again;
    }

    private Project project(Issue issue) {
        return config.project(issue.id().project()).orElseThrow();
    }

    private static boolean isRetried(RunState state, Issue issue) {
        IssueState known = state.issues().get(issue.id());
        return known != null && known.retried();
    }

    private void look(RunState state) {
        Optional<List<StatusChanges.Change>> changes =
                seen.flatMap(before -> state.statusChanges().since(before));
        seen = Optional.of(state.statusChanges());
        if (changes.isEmpty()) {
            lookAtAll(state);
            return;
        }
        for (StatusChanges.Change change : changes.get()) {
            Integer at = index.get(change.issue());
            if (at != null) {
                statuses[at] = change.status();
                place(at);
                for (int waits : waiting[at]) {
                    place(waits);
                }
            }
        }
    }

    private void lookAtAll(RunState state) {
        for (int i = 0; i < statuses.length; i++) {
            // What the definition gives while the journal knows nothing of it.
            IssueStatus given = ordered.get(i).initialStatus();
            statuses[i] = given == IssueStatus.IN_PROGRESS ? IssueStatus.PENDING : given;
        }
        for (IssueState known : state.issues().values()) {
            Integer at = index.get(known.id());
            if (at != null) {
                statuses[at] = known.status();
            }
        }
        for (int i = 0; i < statuses.length; i++) {
            place(i);
        }
    }

    private void place(int issue) {
        boolean begins = !onHold.get(issue);
        ready.set(issue, begins && statuses[issue] == IssueStatus.PENDING && isOpen(issue));
        failed.set(issue, begins && statuses[issue] == IssueStatus.FAILED);
    }

    private boolean isOpen(int issue) {
        for (int at : dependsOn[issue]) {
            if (at < 0 || statuses[at] != IssueStatus.COMPLETED) {
                return false;
            }
        }
        return true;
    }

    /** How many issues wait for each of these, directly or through others. */
    private Map<IssueId, Integer> dependents(List<Issue> of) {
        Map<IssueId, Integer> counts = new HashMap<>();
        for (Issue issue : of) {
            BitSet met = new BitSet();
            Deque<Integer> open = new ArrayDeque<>();
            open.push(index.getOrDefault(issue.id(), 0));
            while (!open.isEmpty()) {
                for (int next : waiting[open.pop()]) {
                    if (!met.get(next)) {
                        met.set(next);
                        open.push(next);
                    }
                }
            }
            counts.put(issue.id(), met.cardinality());
        }
        return counts;
    }

    /** The names of what only one issue may use at a time and that is in use. */
    Set<String> inUse(RunState state) {
        Set<String> names = new HashSet<>();
        for (IssueState issue : state.activeIssues()) {
            if (issue.worker().isPresent() || issue.hasLiveAttempt()) {
                config.issue(issue.id()).ifPresent(known -> names.addAll(known.exclusive()));
            }
        }
        return names;
    }
}
