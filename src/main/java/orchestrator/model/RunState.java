package orchestrator.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Everything that has happened, folded: the one value decisions are made from. Immutable; its maps
 * are persistent ones, so that a state made from another shares all that did not change.
 *
 * @param workspaceId empty until {@link Event.WorkspaceOpened}
 * @param monitor the last monitor that took the workspace
 * @param monitorSince when it did
 * @param stopping the user asked for all work to stop
 * @param shortage what of the machine is short, so that nothing is started; empty: nothing
 * @param issues those of which anything is known
 * @param active those of them that {@link IssueState#isActive() something goes on} with
 * @param statusChanges which issues' statuses have changed
 * @param workers those of which anything is known
 * @param lastFirstLaunch when a worker was last given the first attempt of a run, for the stagger
 * @param launches attempts started since the monitor began
 * @param asOf when the newest event happened, by the clock of then
 * @param spentUsd what all ended attempts cost, as the agents report it
 * @param commands the newest commands of the inbox and what they were answered
 */
public record RunState(
        String workspaceId,
        Optional<Event.MonitorStarted> monitor,
        Optional<Instant> monitorSince,
        boolean stopping,
        LaunchGate gate,
        Optional<String> shortage,
        PSortedMap<IssueId, IssueState> issues,
        PSortedMap<IssueId, IssueState> active,
        StatusChanges statusChanges,
        PSortedMap<Integer, WorkerState> workers,
        Optional<Instant> lastFirstLaunch,
        int launches,
        Optional<Instant> asOf,
        double spentUsd,
        PSortedMap<String, CommandState> commands) {
    /**
     * Which fold this is: a state that another one made is not taken for the fold of its events.
     * One more with each change of what events come to or of what a state is made of.
     */
    public static final int FOLD = 1;

    /** Nothing has happened. */
    public static final RunState EMPTY =
            new RunState(
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    LaunchGate.OPEN,
                    Optional.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    StatusChanges.NONE,
                    TreePMap.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    0,
                    TreePMap.empty());

    /** The state after one more event that was not decided. */
    public RunState apply(Instant at, Event event) {
        return apply(at, event, Optional.empty());
    }

    /** The state after one more event, with the reasons it was decided for. */
    public RunState apply(Instant at, Event event, Optional<Why> why) {
        Fold fold = new Fold(this);
        fold.apply(at, event, why);
        return fold.state();
    }

    /** The state after several more events; cheaper than one by one. */
    public RunState applyAll(List<TimedEvent> events) {
        Fold fold = new Fold(this);
        for (TimedEvent event : events) {
            fold.apply(event.at(), event.event(), event.why());
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

    /** What is known of the issues something goes on with, in their order. */
    public List<IssueState> activeIssues() {
        return List.copyOf(active.values());
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
