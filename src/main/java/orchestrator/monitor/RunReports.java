package orchestrator.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.model.Fault;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import orchestrator.model.IssueState;
import orchestrator.model.IssueStatus;
import orchestrator.model.PushState;
import orchestrator.model.RunHistory;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.model.RunState;
import orchestrator.model.Usage;
import orchestrator.model.WorkspaceConfig;
import orchestrator.model.Worktree;
import orchestrator.rules.Timeline;
import orchestrator.store.JournalReader;

/**
 * Makes reports of a workspace's runs from its journal, whichever process writes it. Reads only;
 * blocks; one thread.
 */
public final class RunReports {
    private final RunContext context;
    private final WorkspaceConfig config;

    /** Reports that tell of the issues that are defined there. */
    public RunReports(RunContext context, WorkspaceConfig config) {
        this.context = context;
        this.config = config;
    }

    /**
     * The report of a run.
     *
     * @param number from 1; empty: the newest
     * @throws Fault {@code run-unknown} when there is none with that number, {@code
     *     journal-damaged}, {@code journal-open}
     */
    public RunReport of(OptionalInt number) {
        RunSlices slices = read(number);
        int runs = slices.runs();
        int wanted = number.orElse(runs);
        if (wanted < 1 || wanted > runs) {
            throw new Fault("run-unknown", unknown(number, runs));
        }
        RunSlices.Slice slice = slices.of(wanted);
        return wanted == runs
                ? newest(slice, OptionalInt.of(wanted), runs)
                : report(
                        slice,
                        OptionalInt.of(wanted),
                        runs,
                        slices.state(),
                        new Timeline(slice.history(), now(), false));
    }

    /**
     * The report of all runs together.
     *
     * @throws Fault as {@link #of}
     */
    public RunReport ofAll() {
        RunSlices slices = read(OptionalInt.empty());
        if (slices.runs() == 0) {
            throw new Fault("run-unknown", unknown(OptionalInt.empty(), 0));
        }
        return newest(slices.all(), OptionalInt.empty(), slices.runs());
    }

    private RunSlices read(OptionalInt stateOf) {
        RunSlices slices = new RunSlices(stateOf);
        new JournalReader(context.state().journal()).poll(slices::take);
        return slices;
    }

    private String unknown(OptionalInt wanted, int runs) {
        if (runs == 0) {
            return "Nothing has run in %s yet; `launch` begins a run."
                    .formatted(context.workspace().root());
        }
        return "There is no run %d in %s; name one from 1 to %d."
                .formatted(wanted.orElse(0), context.workspace().root(), runs);
    }

    private Instant now() {
        return context.ports().clock().instant();
    }

    /** As it stands: with what the agents that run have used so far. */
    private RunReport newest(RunSlices.Slice slice, OptionalInt run, int runs) {
        try (JournalFeed feed = new JournalFeed(context, config)) {
            RunSnapshot snapshot = feed.latest();
            boolean running = snapshot.monitor().state() != MonitorState.STOPPED;
            RunHistory history = withLive(slice.history(), snapshot, feed.state());
            return report(
                    slice, run, runs, feed.state(), new Timeline(history, snapshot.at(), running));
        }
    }

    private static RunHistory withLive(RunHistory history, RunSnapshot run, RunState state) {
        Map<IssueId, WorkerView> live =
                run.workers().stream()
                        .filter(worker -> worker.issue().isPresent())
                        .collect(
                                Collectors.toMap(
                                        worker -> worker.issue().orElseThrow(),
                                        worker -> worker,
                                        (one, _) -> one));
        List<Lane> lanes = new ArrayList<>();
        for (Lane lane : history.lanes()) {
            List<Bar> bars = new ArrayList<>();
            for (Bar bar : lane.bars()) {
                bars.add(
                        Optional.ofNullable(live.get(bar.issue()))
                                .filter(worker ->
                                        bar.outcome() == Outcome.RUNNING
                                                && worker.attempt() == bar.number())
                                .map(worker -> bar.using(since(state, worker)))
                                .orElse(bar));
            }
            lanes.add(new Lane(lane.worker(), bars));
        }
        return new RunHistory(
                lanes,
                history.spans(),
                history.marks(),
                history.sums(),
                history.last(),
                history.events());
    }

    /** A worker's usage is its issue's so far; what has ended stands in the journal. */
    private static Usage since(RunState state, WorkerView worker) {
        Usage ended = state.begun(worker.issue().orElseThrow()).usage();
        return worker.usage().minus(ended);
    }

    private RunReport report(
            RunSlices.Slice slice, OptionalInt run, int runs, RunState state, Timeline timeline) {
        IssueViews views = new IssueViews(config);
        views.look(state);
        Map<IssueId, RunReport.Work> works = new LinkedHashMap<>();
        for (Lane lane : timeline.history().lanes()) {
            for (Bar bar : lane.bars()) {
                works.merge(
                        bar.issue(),
                        RunReport.Work.NONE.and(bar, timeline),
                        (sum, _) -> sum.and(bar, timeline));
            }
        }
        Map<IssueId, Integer> waves = new HashMap<>();
        List<RunReport.Line> lines = new ArrayList<>();
        for (RunSnapshot.IssueView view : views.views()) {
            waves.put(view.id(), view.wave());
            boolean over = view.status() == IssueStatus.COMPLETED;
            IssueState known = known(state, view.id());
            lines.add(
                    line(
                            known,
                            view.title(),
                            view.wave(),
                            over ? "" : view.stage(),
                            works.getOrDefault(view.id(), RunReport.Work.NONE),
                            view.reason()));
        }
        Set<IssueId> defined = Set.copyOf(waves.keySet());
        works.forEach((id, work) -> {
            if (!defined.contains(id)) {
                IssueState known = state.begun(id);
                lines.add(line(known, "(not defined any more)", 0, "", work, known.reason()));
            }
        });
        return new RunReport(
                context.workspace().root().toString(),
                now(),
                run,
                runs,
                slice.from(),
                slice.to(),
                views.totals(),
                lines,
                timeline);
    }

    private IssueState known(RunState state, IssueId id) {
        Issue issue = config.issue(id).orElseThrow();
        return state.issue(config.project(id.project()).orElseThrow(), issue);
    }

    private static RunReport.Line line(
            IssueState issue,
            String title,
            int wave,
            String stage,
            RunReport.Work work,
            String reason) {
        PushState push = issue.push();
        Optional<String> trouble =
                push.isOpen()
                        ? Optional.of(push.lastError())
                        : Optional.of(issue.pullRequest())
                                .filter(it -> it.isOwed())
                                .map(it -> it.lastError());
        return new RunReport.Line(
                issue.id(),
                title,
                wave,
                issue.status(),
                stage,
                work,
                issue.commits(),
                issue.worktree().map(Worktree::branch).orElse(""),
                delivery(issue),
                trouble.orElse(""),
                issue.pullRequest().url(),
                reason);
    }

    private static RunReport.Delivery delivery(IssueState issue) {
        PushState push = issue.push();
        if (push.isOpen()) {
            return RunReport.Delivery.OPEN;
        }
        if (!push.pushed().isEmpty()) {
            return RunReport.Delivery.PUSHED;
        }
        return issue.commits() > 0 ? RunReport.Delivery.LOCAL : RunReport.Delivery.NOTHING;
    }
}
