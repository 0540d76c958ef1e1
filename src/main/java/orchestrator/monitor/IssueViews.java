package orchestrator.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.PullRequest;
import orchestrator.model.PushState;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.Totals;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;

/**
 * What is shown of the issues, of ten thousand as of ten: what follows from the definitions alone
 * is laid out once a configuration, and a view is made anew only when its issue or one it waits for
 * has changed. One thread at a time.
 */
final class IssueViews {
    /**
     * A push that failed this often in a row is trouble; before, it is a hiccup that is tried
     * again.
     */
    private static final int PUSH_TROUBLE = 3;

    private static final String ON_HOLD = "its project is on hold";

    private final List<Issue> ordered;
    private final Project[] projects;
    private final Map<IssueId, Integer> index = new HashMap<>();

    /** The places of what each waits for; -1: not defined. */
    private final int[][] dependsOn;

    /** The places so that what an issue waits for comes before it. */
    private final int[] dependenciesFirst;

    private final IssueState[] initial;
    private final boolean undefined;
    private final IssueView[] made;
    private IssueState[] known;
    private boolean[] blocked;
    private Optional<RunState> seen = Optional.empty();
    private List<IssueView> views = List.of();
    private Totals totals = new Totals(0, 0, 0, 0, 0, 0);

    IssueViews(WorkspaceConfig config) {
        ordered = config.ordered();
        int count = ordered.size();
        for (int i = 0; i < count; i++) {
            index.put(ordered.get(i).id(), i);
        }
        projects = new Project[count];
        initial = new IssueState[count];
        dependsOn = new int[count][];
        for (int i = 0; i < count; i++) {
            Issue issue = ordered.get(i);
            projects[i] = config.project(issue.id().project()).orElseThrow();
            initial[i] = RunState.EMPTY.issue(projects[i], issue);
            dependsOn[i] =
                    issue.dependsOn().stream().mapToInt(id -> index.getOrDefault(id, -1)).toArray();
        }
        undefined = Arrays.stream(dependsOn).flatMapToInt(Arrays::stream).anyMatch(at -> at < 0);
        dependenciesFirst = dependenciesFirst();
        made = new IssueView[count];
        known = initial.clone();
        blocked = new boolean[count];
    }

    /** Of any depth; what waits for itself, which the reader refuses, comes somewhere. */
    private int[] dependenciesFirst() {
        int[] places = new int[dependsOn.length];
        int found = 0;
        BitSet begun = new BitSet();
        BitSet placed = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        for (int first = 0; first < dependsOn.length; first++) {
            open.push(first);
            while (!open.isEmpty()) {
                int top = open.peek();
                if (!begun.get(top)) {
                    begun.set(top);
                    for (int at : dependsOn[top]) {
                        if (at >= 0 && !begun.get(at)) {
                            open.push(at);
                        }
                    }
                } else {
                    open.pop();
                    if (!placed.get(top)) {
                        placed.set(top);
                        places[found++] = top;
                    }
                }
            }
        }
        return places;
    }

    /** In hand-out order, as of the last look. */
    List<IssueView> views() {
        return views;
    }

    /** How many stand where, as of the last look. */
    Totals totals() {
        return totals;
    }

    /** Looks at what has changed since the last look. */
    @SuppressWarnings("ReferenceEquality") // Whatever happens to an issue makes another state.
    void look(RunState state) {
        if (seen.isPresent() && seen.get().issues() == state.issues()) {
            return;
        }
        boolean first = seen.isEmpty();
        seen = Optional.of(state);
        IssueState[] now = initial.clone();
        for (IssueState issue : state.issues().values()) {
            Integer at = index.get(issue.id());
            if (at != null) {
                now[at] = issue;
            }
        }
        IssueState[] before = known;
        known = now;
        BitSet changed = new BitSet();
        BitSet moved = new BitSet();
        for (int i = 0; i < now.length; i++) {
            if (first || now[i] != before[i]) {
                changed.set(i);
                moved.set(i, first || now[i].status() != before[i].status());
            }
        }
        if (undefined || !moved.isEmpty()) {
            follow(state, moved, changed);
        }
        if (!changed.isEmpty()) {
            changed.stream().forEach(at -> made[at] = view(state, at));
            views = List.of(made);
        }
        if (!moved.isEmpty()) {
            totals = count();
        }
    }

    /** Also what waits for an issue whose status has changed is shown anew. */
    private void follow(RunState state, BitSet moved, BitSet changed) {
        boolean[] next = new boolean[blocked.length];
        for (int at : dependenciesFirst) {
            next[at] = isOnHold(at);
            for (int i = 0; i < dependsOn[at].length; i++) {
                int dependency = dependsOn[at][i];
                next[at] |= neverCompletes(state, at, i, next);
                if (dependency < 0 || moved.get(dependency)) {
                    changed.set(at);
                }
            }
            if (next[at] != blocked[at]) {
                changed.set(at);
            }
        }
        blocked = next;
    }

    private boolean isOnHold(int at) {
        return projects[at].onHold() && known[at].status() == IssueStatus.PENDING;
    }

    private boolean neverCompletes(RunState state, int at, int dependency, boolean[] isBlocked) {
        int place = dependsOn[at][dependency];
        return switch (status(state, at, dependency)) {
            case FAILED, PARKED -> true;
            case PENDING -> place < 0 || isBlocked[place];
            case IN_PROGRESS, COMPLETED -> false;
        };
    }

    /** An undefined one counts as parked, unless something is known of it. */
    private IssueStatus status(RunState state, int at, int dependency) {
        int place = dependsOn[at][dependency];
        if (place >= 0) {
            return known[place].status();
        }
        IssueState left = state.issues().get(ordered.get(at).dependsOn().get(dependency));
        return left == null ? IssueStatus.PARKED : left.status();
    }

    private List<IssueId> waitsFor(RunState state, int at) {
        List<IssueId> all = ordered.get(at).dependsOn();
        List<IssueId> open = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            if (status(state, at, i) != IssueStatus.COMPLETED) {
                open.add(all.get(i));
            }
        }
        return open.size() == all.size() ? all : List.copyOf(open);
    }

    private Totals count() {
        Map<IssueStatus, Integer> counts = new EnumMap<>(IssueStatus.class);
        for (IssueState issue : known) {
            counts.merge(issue.status(), 1, Integer::sum);
        }
        return new Totals(
                known.length,
                counts.getOrDefault(IssueStatus.COMPLETED, 0),
                counts.getOrDefault(IssueStatus.IN_PROGRESS, 0),
                counts.getOrDefault(IssueStatus.PENDING, 0),
                counts.getOrDefault(IssueStatus.FAILED, 0),
                counts.getOrDefault(IssueStatus.PARKED, 0));
    }

    private IssueView view(RunState state, int at) {
        Issue issue = ordered.get(at);
        Project project = Objects.requireNonNull(projects[at]);
        IssueState now = known[at];
        PushState push = now.push();
        return new IssueView(
                issue.id(),
                issue.title(),
                issue.wave(),
                issue.priority(),
                now.status(),
                Snapshots.names(project, now),
                Snapshots.stageIndex(now),
                issue.dependsOn(),
                waitsFor(state, at),
                blocked[at],
                now.worker().isPresent() ? Optional.of(now.worker().getAsInt()) : Optional.empty(),
                now.retries().counted(),
                now.attempts(),
                now.commits(),
                now.worktree().map(Worktree::branch).orElse(""),
                now.worktree().map(Worktree::path).orElse(""),
                isPushed(now),
                pushError(push, now.pullRequest()),
                now.usage(),
                now.pullRequest().url(),
                now.status() == IssueStatus.FAILED
                        && !now.retried()
                        && project.retryFailed()
                        && !project.onHold(),
                now.decided(),
                isOnHold(at) && now.reason().isEmpty() ? ON_HOLD : now.reason());
    }

    /** A person may end an issue while its agent works: what that has committed is yet to come. */
    private static boolean isPushed(IssueState issue) {
        boolean ending = issue.status().isTerminal() && issue.hasLiveAttempt();
        return !ending && !issue.push().isOpen() && !issue.pullRequest().isOwed();
    }

    /**
     * Why what is done is not on the remote, or not proposed there; empty: it is, or soon will be.
     */
    private static String pushError(PushState push, PullRequest request) {
        if (push.isOpen()) {
            return push.failures() >= PUSH_TROUBLE ? push.lastError() : "";
        }
        return request.isOwed() && request.failures() >= PUSH_TROUBLE ? request.lastError() : "";
    }
}
