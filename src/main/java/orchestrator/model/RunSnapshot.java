package orchestrator.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is shown: one immutable value, made from the config, the journal's fold and the latest
 * looks. Whoever shows a run (window, command line, dashboard) shows one of these.
 *
 * @param at when it was made
 * @param recent the newest events as sentences, oldest first, at most 200
 */
public record RunSnapshot(
        Instant at,
        String workspace,
        String session,
        MonitorView monitor,
        Totals totals,
        GateView gate,
        List<WorkerView> workers,
        List<IssueView> issues,
        List<EventView> recent,
        double costUsd) {
    public RunSnapshot {
        workers = List.copyOf(workers);
        issues = List.copyOf(issues);
        recent = List.copyOf(recent);
    }

    /** The same with another word on whether attempts are launched. */
    public RunSnapshot with(GateView other) {
        return new RunSnapshot(
                at, workspace, session, monitor, totals, other, workers, issues, recent, costUsd);
    }

    /**
     * True when nothing more will happen by itself: every issue has ended or can never begin, and
     * what was finished is pushed or its push has failed.
     */
    public boolean isOver() {
        return issues.stream()
                .allMatch(issue ->
                        ((issue.status().isTerminal() && !issue.willRetry())
                                        || (issue.status() == IssueStatus.PENDING
                                                && issue.blockedForever()))
                                && (issue.pushed() || !issue.pushError().isEmpty()));
    }

    /** True when every issue is completed and all that was finished is pushed. */
    public boolean isAllWell() {
        return issues.stream()
                .allMatch(issue -> issue.status() == IssueStatus.COMPLETED && issue.pushed());
    }

    /** Who decides. */
    public enum MonitorState {
        /** A monitor holds the workspace and works. */
        RUNNING,
        /** One holds it and brings all work to an end. */
        STOPPING,
        /** None holds it. */
        STOPPED
    }

    /**
     * The monitor.
     *
     * @param pid of the process that holds the workspace
     * @param here whether that is this process
     * @param host {@code window} or {@code terminal}; empty when stopped
     */
    public record MonitorView(MonitorState state, Optional<Long> pid, boolean here, String host) {}

    /** How many issues stand where. */
    public record Totals(
            int issues, int completed, int inProgress, int pending, int failed, int parked) {
        /** True when nothing more will happen by itself. */
        public boolean allEnded() {
            return issues == completed + failed + parked;
        }
    }

    /**
     * Whether attempts are launched.
     *
     * @param cause empty though it is not open: disk or memory is short
     * @param open nothing holds launches back
     * @param until when it opens by itself
     */
    public record GateView(
            boolean open, Optional<PauseCause> cause, Optional<Instant> until, String reason) {
        public static final GateView OPEN =
                new GateView(true, Optional.empty(), Optional.empty(), "");
    }

    /** What a worker is doing. */
    public enum WorkerStatus {
        /** Holds nothing. */
        IDLE,
        /** Prepares its worktree or starts its agent. */
        STARTING,
        /** Its agent was seen running. */
        RUNNING,
        /** Its agent is being ended. */
        ENDING,
        /** Its agent has finished and the stage's gate is run. */
        CHECKING,
        /** A person stopped it; it keeps what it holds and starts nothing. */
        STOPPED,
        /** Holds an issue and waits: for a limit, a backoff, or the stagger. */
        WAITING;

        /** The word used in files and on screen, such as {@code running}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A worker.
     *
     * @param issue what it holds; the fields after it are empty or zero without one
     * @param stages names of the pipeline's stages
     * @param stageIndex index in {@code stages}
     * @param attempt its number among the issue's attempts
     * @param retries counted restarts of the stage
     * @param startedAt when the attempt began
     * @param lastActivityAt the newest sign of life
     * @param commits of the branch beyond its base, as last seen
     * @param usage of the issue so far, the running attempt included
     * @param lastLine what the agent last said, one line
     * @param note why it waits or what was last decided, one sentence; may be empty
     * @param transcript absolute path of the attempt's readable log; empty: none
     * @param stream absolute path of its raw log; empty: none
     */
    public record WorkerView(
            int worker,
            WorkerStatus status,
            Optional<IssueId> issue,
            String title,
            List<String> stages,
            int stageIndex,
            int attempt,
            int retries,
            Optional<Instant> startedAt,
            Optional<Instant> lastActivityAt,
            String branch,
            String worktree,
            int commits,
            Usage usage,
            String lastLine,
            String note,
            String transcript,
            String stream,
            Optional<WindowRef> window) {
        /** What is said of a worker that a person stopped. */
        public static final String STOPPED_NOTE = "stopped by you; restart lets it go on";

        /** What is said of a worker that finishes its stage and then starts nothing. */
        public static final String PAUSING_NOTE = "pauses after this stage; continue takes it back";

        /** Whether it works on, but only to the end of its stage. */
        public boolean isPausing() {
            return note.equals(PAUSING_NOTE);
        }

        /** The same, stopped by a person. */
        public WorkerView stopped() {
            return new WorkerView(
                    worker,
                    WorkerStatus.STOPPED,
                    issue,
                    title,
                    stages,
                    stageIndex,
                    attempt,
                    retries,
                    startedAt,
                    lastActivityAt,
                    branch,
                    worktree,
                    commits,
                    usage,
                    lastLine,
                    STOPPED_NOTE,
                    transcript,
                    stream,
                    window);
        }

        /** A worker that holds nothing. */
        public static WorkerView idle(int worker, Optional<WindowRef> window) {
            return new WorkerView(
                    worker,
                    WorkerStatus.IDLE,
                    Optional.empty(),
                    "",
                    List.of(),
                    0,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    "",
                    0,
                    Usage.NONE,
                    "",
                    "",
                    "",
                    "",
                    window);
        }

        /** The current stage's name, or empty. */
        public String stage() {
            return stageIndex >= 0 && stageIndex < stages.size() ? stages.get(stageIndex) : "";
        }
    }

    /**
     * An issue.
     *
     * @param stages names of the pipeline's stages
     * @param stageIndex the stage it is at; the number of stages once completed
     * @param waitsFor dependencies that are not completed
     * @param blockedForever a dependency failed or was parked, or is not defined; or it is not
     *     begun and its project is on hold
     * @param branch empty before its worktree exists
     * @param pushed whether all finished work is on the remote, its pull request too if one is
     *     wanted; of an issue that has ended also that no agent of it is still being ended
     * @param pushError why the last tries to bring it there failed, while something remains; or
     *     empty
     * @param pullRequest address of its pull request; empty: none
     * @param willRetry it failed and is tried once more by itself when there is nothing else to do
     * @param decided what was last decided of its attempts and the facts it rests on; or empty
     * @param reason why it failed, was parked or returned, or will not be begun; or empty
     */
    public record IssueView(
            IssueId id,
            String title,
            int wave,
            int priority,
            IssueStatus status,
            List<String> stages,
            int stageIndex,
            List<IssueId> dependsOn,
            List<IssueId> waitsFor,
            boolean blockedForever,
            Optional<Integer> worker,
            int retries,
            int attempts,
            int commits,
            String branch,
            String worktree,
            boolean pushed,
            String pushError,
            Usage usage,
            String pullRequest,
            boolean willRetry,
            String decided,
            String reason) {
        /** The current stage's name, or empty once completed. */
        public String stage() {
            return stageIndex >= 0 && stageIndex < stages.size() ? stages.get(stageIndex) : "";
        }

        /** The same at another place of the plan. */
        public IssueView placed(int newWave, int newPriority) {
            return new IssueView(
                    id,
                    title,
                    newWave,
                    newPriority,
                    status,
                    stages,
                    stageIndex,
                    dependsOn,
                    waitsFor,
                    blockedForever,
                    worker,
                    retries,
                    attempts,
                    commits,
                    branch,
                    worktree,
                    pushed,
                    pushError,
                    usage,
                    pullRequest,
                    willRetry,
                    decided,
                    reason);
        }
    }

    /**
     * An event as a sentence.
     *
     * @param warning something went wrong or needs a person
     * @param worker whom it is about, where it is about no issue or about both
     */
    public record EventView(
            long seq,
            Instant at,
            Optional<IssueId> issue,
            String sentence,
            boolean warning,
            Optional<Integer> worker) {
        /** One that is about no worker. */
        public EventView(
                long seq, Instant at, Optional<IssueId> issue, String sentence, boolean warning) {
            this(seq, at, issue, sentence, warning, Optional.empty());
        }
    }
}
