package orchestrator.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import orchestrator.model.CurrentAttempt;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.Project;
import orchestrator.model.RunState;
import orchestrator.model.WorkspaceConfig;

/**
 * How the rest of the run would go if every stage took as long as its like did so far: the workers
 * take the issues in hand-out order as they become free. An estimate, never a promise.
 *
 * @param finish when the last issue that can be completed would be; empty: no stage was measured
 *     yet, or nothing is left
 * @param starts those that have not begun, in the order they would
 * @param unreachable how many open issues would not be begun: they wait for what failed or was
 *     parked, their project is laid on hold, or no worker goes on
 * @param measuredStages how many completed stages it rests on
 */
public record Forecast(
        Optional<Instant> finish, List<IssueId> starts, int unreachable, int measuredStages) {
    /** Where nothing was measured, only the order is told: then every stage counts the same. */
    private static final Duration SOME_TIME = Duration.ofMinutes(10);

    /** What takes longer than usual already is taken to take this part of its usual time more. */
    private static final int OVERDUE_PART = 10;

    public Forecast {
        starts = List.copyOf(starts);
    }

    /** From now on. */
    public static Forecast of(
            WorkspaceConfig config, RunState state, StageTimes.Measured times, Instant now) {
        return new Course(config, state, times, now).forecast();
    }

    /** An issue that is worked on, and when it would be completed. */
    private record Work(long end, int issue) implements Comparable<Work> {
        @Override
        public int compareTo(Work other) {
            int byEnd = Long.compare(end, other.end);
            return byEnd == 0 ? Integer.compare(issue, other.issue) : byEnd;
        }
    }

    /** One simulated course; issues are indices in hand-out order. */
    private static final class Course {
        private final WorkspaceConfig config;
        private final RunState state;
        private final StageTimes.Measured times;
        private final Instant now;
        private final List<Issue> issues;
        private final Map<IssueId, Integer> index = new HashMap<>();
        private final int[] waitsFor;
        private final List<List<Integer>> dependents = new ArrayList<>();
        private final TreeSet<Integer> ready = new TreeSet<>();
        private final PriorityQueue<Work> running = new PriorityQueue<>();
        private final Set<String> inUse = new HashSet<>();
        private final List<IssueId> starts = new ArrayList<>();
        private int open;
        private int completed;

        Course(WorkspaceConfig config, RunState state, StageTimes.Measured times, Instant now) {
            this.config = config;
            this.state = state;
            this.times = times;
            this.now = now;
            issues = config.ordered();
            waitsFor = new int[issues.size()];
            for (int i = 0; i < issues.size(); i++) {
                index.put(issues.get(i).id(), i);
                dependents.add(new ArrayList<>());
            }
        }

        Forecast forecast() {
            int free = freeWorkers();
            begin();
            long at = 0;
            free = start(free, at);
            while (!running.isEmpty()) {
                Work next = running.remove();
                at = next.end();
                complete(next.issue());
                free = start(free + 1, at);
            }
            boolean known = times.overall().isPresent() && completed > 0;
            return new Forecast(
                    known ? Optional.of(now.plusSeconds(at)) : Optional.empty(),
                    starts,
                    open - completed,
                    times.stages());
        }

        /** Workers that hold nothing and go on; those that hold something are freed by its end. */
        private int freeWorkers() {
            int free = 0;
            for (int worker = 1; worker <= config.settings().workers(); worker++) {
                var known = state.worker(worker);
                if (known.issue().isEmpty() && !known.stopped()) {
                    free++;
                }
            }
            return free;
        }

        private void begin() {
            Map<IssueId, IssueStatus> statuses = NextIssue.statuses(config, state);
            for (int i = 0; i < issues.size(); i++) {
                Issue issue = issues.get(i);
                IssueStatus status = statuses.get(issue.id());
                if (status != IssueStatus.PENDING && status != IssueStatus.IN_PROGRESS) {
                    continue;
                }
                open++;
                for (IssueId on : issue.dependsOn()) {
                    if (statuses.get(on) != IssueStatus.COMPLETED) {
                        waitsFor[i]++;
                        Integer at = index.get(on);
                        if (at != null) {
                            dependents.get(at).add(i);
                        }
                    }
                }
                IssueState known = state.issues().get(issue.id());
                if (known != null && known.worker().isPresent()) {
                    if (!state.worker(known.worker().getAsInt()).stopped()) {
                        running.add(new Work(left(i, known), i));
                        inUse.addAll(issue.exclusive());
                    }
                } else if (waitsFor[i] == 0) {
                    queue(i);
                }
            }
        }

        private int start(int workers, long at) {
            int free = workers;
            for (Iterator<Integer> each = ready.iterator(); free > 0 && each.hasNext(); ) {
                int issue = each.next();
                Set<String> exclusive = issues.get(issue).exclusive();
                if (exclusive.stream().noneMatch(inUse::contains)) {
                    each.remove();
                    inUse.addAll(exclusive);
                    starts.add(issues.get(issue).id());
                    running.add(new Work(at + left(issue), issue));
                    free--;
                }
            }
            return free;
        }

        private void complete(int issue) {
            completed++;
            issues.get(issue).exclusive().forEach(inUse::remove);
            for (int waiting : dependents.get(issue)) {
                if (--waitsFor[waiting] == 0) {
                    queue(waiting);
                }
            }
        }

        private void queue(int issue) {
            if (!project(issue).onHold()) {
                ready.add(issue);
            }
        }

        private long left(int issue) {
            Project project = project(issue);
            return left(project, state.issue(project, issues.get(issue)).stageIndex());
        }

        /** Of one that a worker holds: its stage has gone on for a while. */
        private long left(int issue, IssueState known) {
            Project project = project(issue);
            int at = known.stageIndex();
            if (at < 0 || at >= project.pipeline().size()) {
                return 0;
            }
            long whole = likely(project.pipeline().get(at).name());
            long gone =
                    known.attempt()
                            .filter(CurrentAttempt::isLive)
                            .map(it -> Duration.between(it.attempt().startedAt(), now).toSeconds())
                            .orElse(0L);
            long rest = Math.max(whole - Math.max(0, gone), whole / OVERDUE_PART);
            return rest + left(project, at + 1);
        }

        private long left(Project project, int from) {
            return project.pipeline().stream()
                    .skip(Math.max(0, from))
                    .mapToLong(stage -> likely(stage.name()))
                    .sum();
        }

        private long likely(String stage) {
            return times.likely(stage).orElse(SOME_TIME).toSeconds();
        }

        private Project project(int issue) {
            return config.project(issues.get(issue).id().project()).orElseThrow();
        }
    }
}
