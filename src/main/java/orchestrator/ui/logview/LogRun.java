package orchestrator.ui.logview;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Archive.AttemptLog;

/**
 * What the log panes know of the run: which log each worker had last, and which worker is chosen.
 * FX thread only.
 */
final class LogRun {
    private static final Path NONE = Path.of("");
    private final Map<Integer, WorkerView> logged = new TreeMap<>();
    private final Map<IssueId, IssueView> issues = new HashMap<>();
    private final Map<Integer, WorkerView> workers = new HashMap<>();
    private Optional<Integer> chosen = Optional.empty();

    void update(RunSnapshot run) {
        workers.clear();
        issues.clear();
        run.issues().forEach(issue -> issues.put(issue.id(), issue));
        for (WorkerView worker : run.workers()) {
            workers.put(worker.worker(), worker);
            if (!worker.transcript().isEmpty()) {
                logged.put(worker.worker(), worker);
            }
        }
        logged.keySet().retainAll(workers.keySet());
    }

    void choose(Optional<Integer> worker) {
        chosen = worker;
    }

    /** The workers that have or had a log, with what they were at then. */
    List<WorkerView> logged() {
        return List.copyOf(logged.values());
    }

    /** The worker whose log it is, as it was when it last had one. */
    Optional<WorkerView> worker(LogTarget target) {
        return switch (target) {
            case LogTarget.Chosen _ -> chosen.map(logged::get);
            case LogTarget.OfWorker of -> Optional.ofNullable(logged.get(of.number()));
            case LogTarget.OfIssue of ->
                    logged.values().stream()
                            .filter(worker -> worker.issue().filter(of.id()::equals).isPresent())
                            .findFirst();
        };
    }

    Optional<Integer> number(LogTarget target) {
        return switch (target) {
            case LogTarget.Chosen _ -> chosen;
            case LogTarget.OfWorker of -> Optional.of(of.number());
            case LogTarget.OfIssue _ -> Optional.empty();
        };
    }

    Optional<IssueId> issue(LogTarget target) {
        return target instanceof LogTarget.OfIssue of
                ? Optional.of(of.id())
                : worker(target).flatMap(WorkerView::issue);
    }

    /** Whether the worker holds nothing any more. */
    boolean hasEnded(int worker) {
        WorkerView now = workers.get(worker);
        return now == null || now.issue().isEmpty();
    }

    /** Changes whenever an attempt of the issue begins or ends. */
    String stateOf(IssueId issue) {
        IssueView view = issues.get(issue);
        String worker =
                workers.values().stream()
                        .filter(it -> it.issue().filter(issue::equals).isPresent())
                        .map(it -> it.attempt() + " " + it.status() + " " + it.transcript())
                        .findFirst()
                        .orElse("");
        return view == null ? worker : view.attempts() + " " + view.status() + " " + worker;
    }

    /** The attempt that a worker is at, as far as the snapshot tells. */
    static Optional<AttemptLog> attempt(WorkerView worker) {
        return worker.issue()
                .map(issue ->
                        new AttemptLog(
                                issue,
                                worker.attempt(),
                                worker.stage(),
                                worker.worker(),
                                worker.startedAt(),
                                Optional.empty(),
                                "",
                                Path.of(worker.transcript()),
                                worker.stream().isEmpty() ? NONE : Path.of(worker.stream()),
                                NONE,
                                NONE));
    }
}
