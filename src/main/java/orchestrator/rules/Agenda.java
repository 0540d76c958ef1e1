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
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/**
 * What can be handed out, of ten thousand issues as of ten: definitions laid out as arrays once a
 * configuration, and looked through again only when an issue's status has changed. One thread.
 */
final class Agenda {
    private final WorkspaceConfig config;
    private final List<Issue> ordered;
    private final Map<IssueId, Integer> index = new HashMap<>();
    private final int[][] dependsOn;
    private int seen = -1;
    private IssueStatus[] statuses = {};
    private List<Issue> ready = List.of();

    Agenda(WorkspaceConfig config) {
        this.config = config;
        ordered = config.ordered();
        for (int i = 0; i < ordered.size(); i++) {
            index.put(ordered.get(i).id(), i);
        }
        dependsOn = new int[ordered.size()][];
        for (int i = 0; i < ordered.size(); i++) {
            // One that is not defined never completes: the reader refuses it, an edit might not.
            dependsOn[i] =
                    ordered.get(i).dependsOn().stream()
                            .mapToInt(id -> index.getOrDefault(id, -1))
                            .toArray();
        }
    }

    /** The issues that are pending with all dependencies completed, in hand-out order. */
    List<Issue> ready(RunState state) {
        look(state);
        return ready;
    }

    /**
     * Failed issues that may be tried once more by themselves, those first that most others wait
     * for.
     */
    List<Issue> toRetry(RunState state) {
        look(state);
        List<Issue> failed = new ArrayList<>();
        for (int i = 0; i < statuses.length; i++) {
            if (statuses[i] == IssueStatus.FAILED) {
                Issue issue = ordered.get(i);
                boolean used =
                        Optional.ofNullable(state.issues().get(issue.id()))
                                .filter(IssueState::retried)
                                .isPresent();
                if (!used && project(issue).retryFailed() && isReady(i)) {
                    failed.add(issue);
                }
            }
        }
        Map<IssueId, Integer> waiting = failed.size() < 2 ? Map.of() : dependents(failed);
        failed.sort(
                Comparator.comparingInt((Issue issue) -> -waiting.getOrDefault(issue.id(), 0))
                        .thenComparing(NextIssue.ORDER));
        return failed;
    }

    private Project project(Issue issue) {
        return config.project(issue.id().project()).orElseThrow();
    }

    private void look(RunState state) {
        if (seen == state.statusChanges()) {
            return;
        }
        seen = state.statusChanges();
        statuses = new IssueStatus[ordered.size()];
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
        List<Issue> found = new ArrayList<>();
        for (int i = 0; i < statuses.length; i++) {
            if (statuses[i] == IssueStatus.PENDING && isReady(i)) {
                found.add(ordered.get(i));
            }
        }
        ready = found;
    }

    private boolean isReady(int issue) {
        return Arrays.stream(dependsOn[issue])
                .allMatch(at -> at >= 0 && statuses[at] == IssueStatus.COMPLETED);
    }

    /** How many issues wait for each of these, directly or through others. */
    private Map<IssueId, Integer> dependents(List<Issue> of) {
        List<List<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < dependsOn.length; i++) {
            waiting.add(new ArrayList<>());
        }
        for (int i = 0; i < dependsOn.length; i++) {
            for (int dependency : dependsOn[i]) {
                if (dependency >= 0) {
                    waiting.get(dependency).add(i);
                }
            }
        }
        Map<IssueId, Integer> counts = new HashMap<>();
        for (Issue issue : of) {
            BitSet met = new BitSet();
            int at = index.getOrDefault(issue.id(), -1);
            Deque<Integer> open = new ArrayDeque<>(at < 0 ? List.of() : waiting.get(at));
            while (!open.isEmpty()) {
                int next = open.pop();
                if (!met.get(next)) {
                    met.set(next);
                    open.addAll(waiting.get(next));
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
