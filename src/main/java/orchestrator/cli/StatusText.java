package orchestrator.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import orchestrator.model.IssueStatus;
import orchestrator.model.PauseCause;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Text;
import orchestrator.monitor.Times;

/** The snapshot as plain text for a terminal. */
final class StatusText {
    private static final int EVENTS = 5;

    private StatusText() {}

    static String of(RunSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        RunSnapshot.Totals totals = snapshot.totals();
        lines.add(
                "%s  session %s  %s"
                        .formatted(snapshot.workspace(), snapshot.session(), monitor(snapshot)));
        lines.add(
                "%d of %d completed, %d in progress, %d pending, %d failed, %d parked   $%.2f"
                        .formatted(
                                totals.completed(),
                                totals.issues(),
                                totals.inProgress(),
                                totals.pending(),
                                totals.failed(),
                                totals.parked(),
                                snapshot.costUsd()));
        if (!snapshot.gate().open()) {
            lines.add(paused(snapshot.gate(), snapshot.at()));
        }
        lines.add("");
        lines.add(
                row(
                        "worker", "state", "issue", "stage", "elapsed", "active", "retry",
                        "commits", "last"));
        snapshot.workers().forEach(worker -> lines.add(worker(worker, snapshot.at())));
        lines.add("");
        issues(snapshot, lines);
        lines.add("");
        List<EventView> recent = snapshot.recent();
        recent.subList(Math.max(0, recent.size() - EVENTS), recent.size())
                .forEach(event ->
                        lines.add(
                                "%s %s  %s"
                                        .formatted(
                                                event.warning() ? "!" : " ",
                                                Times.local(event.at()),
                                                Text.oneLine(event.sentence(), 160))));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    /** Why nothing is launched and how long still. */
    static String paused(GateView gate, Instant now) {
        String why = Text.oneLine(gate.reason(), 160);
        if (gate.until().isEmpty()) {
            return "Launches paused: " + why;
        }
        Instant until = gate.until().get();
        String what =
                gate.cause().equals(Optional.of(PauseCause.USAGE_LIMIT))
                        ? "waiting for the usage limit until "
                        : "until ";
        return "Launches paused: %s%s, %s: %s"
                .formatted(what, Times.local(until), age(Optional.of(now), until), why);
    }

    static String monitor(RunSnapshot snapshot) {
        RunSnapshot.MonitorView monitor = snapshot.monitor();
        return monitor.state() == MonitorState.STOPPED
                ? "monitor stopped"
                : "monitor %s in the %s (pid %s)"
                        .formatted(
                                monitor.state().name().toLowerCase(Locale.ROOT),
                                monitor.host(),
                                monitor.pid().map(Object::toString).orElse("?"));
    }

    private static String worker(WorkerView worker, Instant now) {
        String last = worker.note().isEmpty() ? worker.lastLine() : worker.note();
        return row(
                Integer.toString(worker.worker()),
                worker.status().name().toLowerCase(Locale.ROOT),
                worker.issue().map(Object::toString).orElse("-"),
                worker.issue().isEmpty()
                        ? ""
                        : "%d/%d %s"
                                .formatted(
                                        Math.min(worker.stageIndex() + 1, worker.stages().size()),
                                        worker.stages().size(),
                                        worker.stage()),
                age(worker.startedAt(), now),
                age(worker.lastActivityAt(), now),
                worker.issue().isEmpty() ? "" : Integer.toString(worker.retries()),
                worker.issue().isEmpty() ? "" : Integer.toString(worker.commits()),
                Text.oneLine(last, 60));
    }

    private static String row(String... cells) {
        return "%-6s  %-8s  %-18s  %-18s  %7s  %6s  %5s  %7s  %s".formatted((Object[]) cells);
    }

    private static void issues(RunSnapshot snapshot, List<String> lines) {
        int wave = Integer.MIN_VALUE;
        for (IssueView issue : snapshot.issues()) {
            if (issue.wave() != wave) {
                wave = issue.wave();
                lines.add("Wave " + wave);
            }
            String waits =
                    issue.waitsFor().isEmpty()
                            ? ""
                            : "  waits for "
                                    + issue.waitsFor().stream()
                                            .map(Object::toString)
                                            .collect(Collectors.joining(", "));
            String why =
                    issue.reason().isEmpty() ? waits : "  " + Text.oneLine(issue.reason(), 100);
            String push =
                    issue.pushError().isEmpty()
                            ? ""
                            : "  not pushed: " + Text.oneLine(issue.pushError(), 80);
            lines.add(
                    "  %-18s  %-11s  %s%s%s"
                            .formatted(
                                    issue.id(),
                                    issue.status().word(),
                                    Text.oneLine(issue.title(), 60),
                                    why,
                                    push));
            if (!issue.decided().isEmpty() && issue.status() != IssueStatus.COMPLETED) {
                lines.add("      " + Text.oneLine(issue.decided(), 240));
            }
            if (!issue.pullRequest().isEmpty()) {
                lines.add("      " + Text.oneLine(issue.pullRequest(), 240));
            }
        }
    }

    static String age(Optional<Instant> since, Instant now) {
        return since.map(
                        at -> {
                            long seconds = Math.max(0, Duration.between(at, now).toSeconds());
                            return seconds < 100
                                    ? seconds + " s"
                                    : seconds < 6000
                                            ? seconds / 60 + " min"
                                            : seconds / 3600 + " h";
                        })
                .orElse("");
    }
}
