package orchestrator.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Everything that has happened, folded: the one value decisions are made from. Immutable.
 *
 * @param workspaceId empty until {@link Event.WorkspaceOpened}
 * @param monitor the last monitor that took the workspace
 * @param monitorSince when it did
 * @param stopping the user asked for all work to stop
 * @param issues those of which anything is known
 * @param workers those of which anything is known
 * @param lastFirstLaunch when a worker was last given the first attempt of a run, for the stagger
 * @param launches attempts started since the monitor began
 */
public record RunState(
        String workspaceId,
        Optional<Event.MonitorStarted> monitor,
        Optional<Instant> monitorSince,
        boolean stopping,
        LaunchGate gate,
        NavigableMap<IssueId, IssueState> issues,
        NavigableMap<Integer, WorkerState> workers,
        Optional<Instant> lastFirstLaunch,
        int launches) {
    public static final RunState EMPTY =
            new RunState(
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    LaunchGate.OPEN,
                    Collections.emptyNavigableMap(),
                    Collections.emptyNavigableMap(),
                    Optional.empty(),
                    0);

    public RunState {
        issues = Collections.unmodifiableNavigableMap(issues);
        workers = Collections.unmodifiableNavigableMap(workers);
    }

    /** The state after one more event. */
    public RunState apply(Instant at, Event event) {
        Fold fold = new Fold(this);
        fold.apply(at, event);
        return fold.state();
    }

    /** The state after several more events; cheaper than one by one. */
    public RunState applyAll(List<TimedEvent> events) {
        Fold fold = new Fold(this);
        for (TimedEvent event : events) {
            fold.apply(event.at(), event.event());
        }
        return fold.state();
    }

    /** What is known of an issue, or its initial state by its definition. */
    public IssueState issue(Project project, Issue issue) {
        IssueState known = issues.get(issue.id());
        if (known != null) {
            return known;
        }
        int stage = issue.initialStage().map(project::stageIndex).orElse(0);
        IssueStatus status =
                issue.initialStatus() == IssueStatus.IN_PROGRESS
                        ? IssueStatus.PENDING
                        : issue.initialStatus();
        int index =
                status == IssueStatus.COMPLETED ? project.pipeline().size() : Math.max(0, stage);
        return IssueState.initial(issue.id(), status, index);
    }

    /**
     * What is known of an issue that something has happened to.
     *
     * @throws IllegalStateException when nothing has
     */
    public IssueState begun(IssueId id) {
        IssueState known = issues.get(id);
        if (known == null) {
            throw new IllegalStateException("nothing has happened to " + id);
        }
        return known;
    }

    /** What is known of a worker. */
    public WorkerState worker(int number) {
        WorkerState known = workers.get(number);
        return known == null ? WorkerState.fresh(number) : known;
    }
}
