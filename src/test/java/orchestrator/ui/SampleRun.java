package orchestrator.ui;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.MonitorView;
import orchestrator.model.RunSnapshot.Totals;
import orchestrator.model.RunSnapshot.WorkerStatus;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.model.Usage;

/** Snapshots as a real run has them. */
public final class SampleRun {
    public static final Instant NOW = Instant.parse("2026-11-22T14:32:08Z");
    static final List<String> STAGES =
            List.of("optimize", "write_tests", "run_tests_fix", "document");
    public static final MonitorView HERE =
            new MonitorView(MonitorState.RUNNING, Optional.of(4242L), true, "window");
    public static final MonitorView ELSEWHERE =
            new MonitorView(MonitorState.RUNNING, Optional.of(977L), false, "terminal");
    public static final MonitorView STOPPED =
            new MonitorView(MonitorState.STOPPED, Optional.empty(), false, "");
    public static final String HOSTILE =
            "$(touch x) `id` <b>bold</b> {0} #(touch y)\n\u202E--rm -rf / 😀 \u0007&amp;";

    private SampleRun() {}

    public static RunSnapshot of(
            MonitorView monitor, GateView gate, List<WorkerView> workers, List<IssueView> issues) {
        double cost = issues.stream().mapToDouble(i -> i.usage().costUsd()).sum();
        return new RunSnapshot(
                NOW,
                "/home/ada/work/proof-workers",
                "proof-orchestrator",
                monitor,
                totals(issues),
                gate,
                workers,
                issues,
                List.of(),
                cost);
    }

    public static RunSnapshot withEvents(RunSnapshot run, List<EventView> events) {
        return new RunSnapshot(
                run.at(),
                run.workspace(),
                run.session(),
                run.monitor(),
                run.totals(),
                run.gate(),
                run.workers(),
                run.issues(),
                events,
                run.costUsd());
    }

    private static Totals totals(List<IssueView> issues) {
        return new Totals(
                issues.size(),
                count(issues, IssueStatus.COMPLETED),
                count(issues, IssueStatus.IN_PROGRESS),
                count(issues, IssueStatus.PENDING),
                count(issues, IssueStatus.FAILED),
                count(issues, IssueStatus.PARKED));
    }

    private static int count(List<IssueView> issues, IssueStatus status) {
        return (int) issues.stream().filter(issue -> issue.status() == status).count();
    }

    public static WorkerView idle(int number) {
        return WorkerView.idle(number, Optional.empty());
    }

    static WorkerView worker(
            int number,
            WorkerStatus status,
            IssueView issue,
            int seconds,
            int quiet,
            String lastLine,
            String note,
            String transcript) {
        return new WorkerView(
                number,
                status,
                Optional.of(issue.id()),
                issue.title(),
                issue.stages(),
                issue.stageIndex(),
                issue.attempts(),
                issue.retries(),
                Optional.of(NOW.minusSeconds(seconds)),
                Optional.of(NOW.minusSeconds(quiet)),
                "proof/issue-" + issue.id().number(),
                "/home/ada/work/proof-worktrees/issue-" + issue.id().number(),
                issue.commits(),
                issue.usage(),
                lastLine,
                note,
                transcript,
                "",
                Optional.empty());
    }

    /** Makes an issue step by step. */
    public static final class IssueOf {
        private final IssueId id;
        private final String title;
        private final int wave;
        private IssueStatus status = IssueStatus.PENDING;
        private int stage;
        private List<IssueId> waitsFor = List.of();
        private boolean blocked;
        private Optional<Integer> worker = Optional.empty();
        private int retries;
        private int commits;
        private double cost;
        private String reason = "";

        IssueOf(String project, int number, int wave, String title) {
            this.id = new IssueId(project, number);
            this.wave = wave;
            this.title = title;
        }

        public IssueOf done(int withCommits, double dollars) {
            status = IssueStatus.COMPLETED;
            stage = STAGES.size();
            commits = withCommits;
            cost = dollars;
            return this;
        }

        public IssueOf running(int onWorker, int atStage, int withCommits, double dollars) {
            status = IssueStatus.IN_PROGRESS;
            worker = Optional.of(onWorker);
            stage = atStage;
            commits = withCommits;
            cost = dollars;
            return this;
        }

        public IssueOf ended(IssueStatus as, int atStage, double dollars, String because) {
            status = as;
            stage = atStage;
            cost = dollars;
            reason = because;
            return this;
        }

        public IssueOf waits(boolean forever, int... numbers) {
            List<IssueId> ids = new ArrayList<>();
            for (int number : numbers) {
                ids.add(new IssueId(id.project(), number));
            }
            waitsFor = ids;
            blocked = forever;
            return this;
        }

        public IssueOf retried(int times) {
            retries = times;
            return this;
        }

        public IssueView view() {
            return new IssueView(
                    id,
                    title,
                    wave,
                    0,
                    status,
                    STAGES,
                    stage,
                    waitsFor,
                    waitsFor,
                    blocked,
                    worker,
                    retries,
                    retries + 1,
                    commits,
                    "proof/issue-" + id.number(),
                    "",
                    true,
                    "",
                    new Usage(
                            (long) (cost * 42_000),
                            (long) (cost * 9_000),
                            (long) (cost * 310_000),
                            0,
                            cost),
                    "",
                    false,
                    "",
                    reason);
        }
    }

    /** The same issue at another place of the plan. */
    public static IssueOf issue(int number, int wave, String title) {
        return new IssueOf("proof", number, wave, title);
    }

    /** Eight workers, twenty issues in four waves: some done, failed, parked, blocked, waiting. */
    public static RunSnapshot rich(String transcript) {
        List<IssueView> issues = richIssues();
        List<WorkerView> workers =
                List.of(
                        worker(
                                1,
                                WorkerStatus.RUNNING,
                                issues.get(4),
                                1_324,
                                2,
                                "Running the suite again: 212 passed, 3 failed in"
                                        + " StakingLedgerTest; looking at the rounding of rewards.",
                                "",
                                transcript),
                        worker(
                                2,
                                WorkerStatus.RUNNING,
                                issues.get(5),
                                254,
                                11,
                                "Edit src/main/java/proof/cache/ShardedCache.java",
                                "",
                                transcript),
                        worker(
                                3,
                                WorkerStatus.WAITING,
                                issues.get(6),
                                95,
                                64,
                                "API Error: Repeated 529 Overloaded",
                                "Overloaded: tries again in 40 s (2 of 6).",
                                transcript),
                        worker(
                                4,
                                WorkerStatus.STARTING,
                                issues.get(9),
                                3,
                                3,
                                "",
                                "Preparing the worktree.",
                                ""),
                        worker(
                                5,
                                WorkerStatus.RUNNING,
                                issues.get(10),
                                4_211,
                                340,
                                "cargo test --workspace --all-features -- --nocapture",
                                "",
                                transcript),
                        worker(
                                6,
                                WorkerStatus.ENDING,
                                issues.get(11),
                                1_811,
                                905,
                                "Let me wait for the build to finish.",
                                "Stalled: no output for 905 s, no change in the worktree, no CPU"
                                        + " used. Ending the attempt.",
                                transcript),
                        idle(7),
                        idle(8));
        return withEvents(of(HERE, GateView.OPEN, workers, issues), events());
    }

    private static List<IssueView> richIssues() {
        return List.of(
                issue(12, 1, "Index the ledger by epoch").done(6, 3.12).view(),
                issue(14, 1, "Replace the hand-written JSON reader").done(4, 2.48).view(),
                issue(17, 1, "Retry uploads with backoff and jitter")
                        .done(9, 5.07)
                        .retried(1)
                        .view(),
                issue(18, 1, "Vendor the old protobuf runtime")
                        .ended(
                                IssueStatus.FAILED,
                                1,
                                4.90,
                                "Tests still fail after 3 restarts: UnresolvedSymbol"
                                        + " com.google.protobuf.GeneratedMessageV3")
                        .retried(3)
                        .view(),
                issue(21, 2, "Rewards are rounded down twice when an epoch ends on a leap second")
                        .running(1, 2, 5, 6.31)
                        .retried(1)
                        .view(),
                issue(22, 2, "Shard the cache").running(2, 0, 1, 0.84).view(),
                issue(23, 2, "Stream proofs instead of buffering whole batches in memory")
                        .running(3, 1, 3, 2.02)
                        .view(),
                issue(24, 2, "Metrics for the prover’s queue").done(3, 1.77).view(),
                issue(25, 2, "Upgrade to the new signature scheme")
                        .ended(
                                IssueStatus.PARKED,
                                0,
                                1.15,
                                "The prompt is too long: shorten the issue’s body or split it.")
                        .view(),
                issue(31, 3, HOSTILE).running(4, 0, 0, 0).view(),
                issue(32, 3, "Parallel verification of aggregated proofs, with a bounded pool")
                        .running(5, 2, 11, 9.64)
                        .retried(2)
                        .view(),
                issue(33, 3, "Command to inspect a proof").running(6, 3, 7, 4.40).view(),
                issue(34, 3, "Deterministic builds").view(),
                issue(35, 3, "Drop protobuf 2 messages").waits(true, 18).view(),
                issue(36, 3, "Document the cache’s limits").waits(false, 22).view(),
                issue(41, 4, "End-to-end test of a full epoch").waits(false, 21, 23, 32).view(),
                issue(42, 4, "Benchmark against the last release").waits(false, 22, 32).view(),
                issue(43, 4, "Migration guide").waits(false, 33, 34, 35, 36, 41, 42).view(),
                new IssueOf("site", 7, 4, "Publish the API reference").view(),
                new IssueOf("site", 8, 4, "Landing page: new figures").waits(false, 7).view());
    }

    private static List<EventView> events() {
        String[][] told = {
            {"", "The monitor took the workspace (window, process 4242)."},
            {"", "Configuration read: 2 projects, 20 issues, 8 workers."},
            {"", "proof#24 completed: 4 stages, 3 commits, pushed."},
            {"", "Worker 1 began run_tests_fix of proof#21 (attempt 3)."},
            {
                "!",
                "proof#18 failed: tests still fail after 3 restarts; its dependants are blocked."
            },
            {"", "Worker 5 began run_tests_fix of proof#32 (attempt 5)."},
            {"!", "proof#25 was parked: the prompt is too long."},
            {"", "Worker 2 began optimize of proof#22 (attempt 1)."},
            {"", "Pushed proof/issue-33: 7 commits."},
            {"!", "Worker 3: overloaded, tries again in 40 s (2 of 6)."},
            {"!", "Worker 6 stalled: no output for 905 s, no change in the worktree, no CPU used."},
            {"", "Worker 4 took proof#31 and prepares its worktree."},
        };
        List<EventView> events = new ArrayList<>();
        for (int i = 0; i < told.length; i++) {
            Instant at = NOW.minus(Duration.ofSeconds(47L * (told.length - i)));
            events.add(
                    new EventView(i + 1, at, Optional.empty(), told[i][1], !told[i][0].isEmpty()));
        }
        return events;
    }

    public static GateView limitUntil(Instant until) {
        return new GateView(
                false, Optional.of(PauseCause.USAGE_LIMIT), Optional.of(until), "5-hour limit");
    }

    static String planText() {
        return """
        workspace   /home/ada/work/proof-workers
        session     proof-orchestrator (new), 10 windows
        projects    proof  18 issues, optimize → write_tests → run_tests_fix → document
                    site    2 issues, implement

        prerequisites
          ok        tmux 3.3a
          ok        git 2.39.5
          ok        claude 2.1.330 (/home/ada/.local/bin/claude)
          ok        gh 2.23.0, logged in as ada

        waves
          1   proof#12  proof#14  proof#17  proof#18
          2   proof#21  proof#22  proof#23  proof#24  proof#25
          3   proof#31  proof#32  proof#33  proof#34  proof#35  proof#36
          4   proof#41  proof#42  proof#43  site#7  site#8

        starts now
          worker 1  proof#12   /home/ada/work/proof-worktrees/issue-12   proof/issue-12
          worker 2  proof#14   /home/ada/work/proof-worktrees/issue-14   proof/issue-14
          worker 3  proof#17   /home/ada/work/proof-worktrees/issue-17   proof/issue-17
          worker 4  proof#18   /home/ada/work/proof-worktrees/issue-18   proof/issue-18
          worker 5  site#7     /home/ada/work/site-worktrees/issue-7     site/issue-7
        """;
    }
}
