package orchestrator.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.EventView;
import orchestrator.model.RunSnapshot.GateView;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.RunWords;
import orchestrator.monitor.Text;
import orchestrator.monitor.Times;

/** The snapshot as plain text for a terminal. */
final class StatusText {
    private static final int EVENTS = 5;

    private StatusText() {}

    static String of(RunSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        lines.add(RunWords.head(snapshot));
        lines.add("%s   $%.2f".formatted(RunWords.totals(snapshot.totals()), snapshot.costUsd()));
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
        return RunWords.paused(gate, gate.until().map(it -> age(Optional.of(now), it)).orElse(""));
    }

    private static String worker(WorkerView worker, Instant now) {
        return row(
                Integer.toString(worker.worker()),
                RunWords.state(worker),
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
                Text.oneLine(RunWords.saying(worker), 60));
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
                    "  "
                            + padded(issue.id().toString(), 18)
                            + "  "
                            + padded(issue.status().word(), 11)
                            + "  "
                            + Text.oneLine(issue.title(), 60)
                            + why
                            + push);
            if (!issue.decided().isEmpty() && issue.status() != IssueStatus.COMPLETED) {
                lines.add("      " + Text.oneLine(issue.decided(), 240));
            }
            if (!issue.pullRequest().isEmpty()) {
                lines.add("      " + Text.oneLine(issue.pullRequest(), 240));
            }
        }
    }

    /** As a format's {@code %-18s} does it: a format takes its time, and issues are many. */
    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
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
