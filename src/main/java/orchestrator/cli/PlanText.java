package orchestrator.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.monitor.RunWords;
import orchestrator.monitor.Times;
import orchestrator.rules.Forecast;
import orchestrator.rules.Outlook;

/** The plan as text for people. What a colour says, a sign or a word says too. */
final class PlanText {
    private static final int TITLE = 60;
    private static final int REASON = 240;
    private static final String DETAIL = "        ";
    private static final String BOLD = "\033[1m";
    private static final String DIM = "\033[2m";
    private static final String RED = "\033[31m";
    private static final String GREEN = "\033[32m";
    private static final String YELLOW = "\033[33m";
    private static final String CYAN = "\033[36m";
    private static final String PLAIN = "\033[0m";

    private final RunSnapshot snapshot;
    private final Outlook outlook;
    private final ZoneId zone;
    private final boolean colours;
    private final Set<IssueId> startsNow;
    private final Set<IssueId> critical;
    private final Map<IssueId, IssueStatus> statuses = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private PlanText(RunSnapshot snapshot, Outlook outlook, ZoneId zone, boolean colours) {
        this.snapshot = snapshot;
        this.outlook = outlook;
        this.zone = zone;
        this.colours = colours;
        startsNow = Set.copyOf(outlook.startsNow());
        critical = Set.copyOf(outlook.criticalPath());
        snapshot.issues().forEach(issue -> statuses.put(issue.id(), issue.status()));
    }

    /**
     * The whole plan.
     *
     * @param zone of the times
     * @param colours for a terminal
     */
    static String of(RunSnapshot snapshot, Outlook outlook, ZoneId zone, boolean colours) {
        return new PlanText(snapshot, outlook, zone, colours).text();
    }

    /** All issues by wave, the completed ones too, in hand-out order. */
    static SortedMap<Integer, List<IssueView>> waves(List<IssueView> issues) {
        SortedMap<Integer, List<IssueView>> waves = new TreeMap<>();
        for (IssueView issue : issues) {
            waves.computeIfAbsent(issue.wave(), _ -> new ArrayList<>()).add(issue);
        }
        return waves;
    }

    private String text() {
        lines.add(RunWords.head(snapshot));
        if (!snapshot.gate().open()) {
            lines.add(coloured(YELLOW, StatusText.paused(snapshot.gate(), snapshot.at())));
        }
        List<Row> rows = snapshot.issues().stream().map(this::row).toList();
        int[] widths = new int[Row.CELLS];
        rows.forEach(row -> row.widen(widths));
        Map<IssueId, Row> byIssue = new HashMap<>();
        rows.forEach(row -> byIssue.put(row.issue().id(), row));
        waves(snapshot.issues())
                .forEach((wave, issues) -> {
                    lines.add("");
                    lines.add(title(wave, issues));
                    for (IssueView issue : issues) {
                        lines.add(
                                Optional.ofNullable(byIssue.get(issue.id()))
                                        .map(row -> line(row, widths))
                                        .orElseThrow());
                        details(issue);
                    }
                });
        lines.add("");
        foot("Starts now", startsNow());
        foot("Critical path", criticalPath());
        foot("Expected", expected());
        leftOut().ifPresent(sentence -> foot("", sentence));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private String title(int wave, List<IssueView> issues) {
        long completed = issues.stream().filter(it -> it.status() == IssueStatus.COMPLETED).count();
        return coloured(BOLD, "Wave " + wave)
                + "  %d of %d completed".formatted(completed, issues.size());
    }

    /** What stands in columns. */
    private record Row(IssueView issue, List<String> cells) {
        static final int CELLS = 5;

        void widen(int[] widths) {
            for (int i = 0; i < CELLS; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
    }

    private Row row(IssueView issue) {
        boolean over = issue.status() == IssueStatus.COMPLETED;
        boolean fresh = issue.status() == IssueStatus.PENDING && issue.stageIndex() == 0;
        String stage =
                over || fresh || issue.stage().isEmpty()
                        ? ""
                        : "%d/%d %s"
                                .formatted(
                                        issue.stageIndex() + 1,
                                        issue.stages().size(),
                                        issue.stage());
        String mark =
                startsNow.contains(issue.id())
                        ? "starts now"
                        : issue.worker().map(worker -> "worker " + worker).orElse("");
        String path = critical.contains(issue.id()) ? "critical" : "";
        return new Row(
                issue,
                List.of(
                        issue.id().toString(),
                        "p" + issue.priority(),
                        issue.status().word(),
                        stage,
                        mark + (mark.isEmpty() || path.isEmpty() ? "" : ", ") + path));
    }

    private String line(Row row, int[] widths) {
        StringBuilder line = new StringBuilder("  ");
        IssueStatus status = row.issue().status();
        line.append(coloured(colour(status), ReportWords.sign(status))).append(' ');
        for (int i = 0; i < Row.CELLS; i++) {
            String cell = row.cells().get(i);
            if (widths[i] > 0) {
                line.append(i == 2 ? coloured(colour(status), cell) : cell)
                        .repeat(' ', widths[i] - cell.length() + 2);
            }
        }
        String title = ReportWords.clean(row.issue().title(), TITLE);
        return line.append(status == IssueStatus.COMPLETED ? coloured(DIM, title) : title)
                .toString();
    }

    private void details(IssueView issue) {
        if (issue.status() == IssueStatus.PENDING && !issue.waitsFor().isEmpty()) {
            String others =
                    issue.waitsFor().stream().map(this::other).collect(Collectors.joining(", "));
            lines.add(DETAIL + "waits for " + others);
        }
        if (issue.status() == IssueStatus.PENDING && issue.blockedForever()) {
            String what = issue.waitsFor().isEmpty() ? "its project" : "something it waits for";
            lines.add(
                    DETAIL
                            + coloured(
                                    RED,
                                    "✕ is not begun: %s has failed, was parked or is on hold"
                                            .formatted(what)));
        }
        if (!issue.reason().isEmpty() && issue.status() != IssueStatus.COMPLETED) {
            lines.add(DETAIL + ReportWords.clean(issue.reason(), REASON));
        }
        if (issue.willRetry()) {
            lines.add(DETAIL + "is tried once more when nothing else is left to begin");
        }
    }

    /** What somebody waits for, and how that stands. */
    private String other(IssueId id) {
        IssueStatus status = statuses.get(id);
        return status == null
                ? id + " (not defined)"
                : status == IssueStatus.PENDING ? id.toString() : id + " (" + status.word() + ")";
    }

    private String startsNow() {
        return outlook.startsNow().isEmpty() ? "nothing" : joined(outlook.startsNow(), ", ");
    }

    private String criticalPath() {
        return outlook.criticalPath().isEmpty()
                ? "none: nothing is left to do"
                : "%s (%d of the %d stages left)"
                        .formatted(
                                joined(outlook.criticalPath(), " → "),
                                outlook.stagesLeft().onCriticalPath(),
                                outlook.stagesLeft().all());
    }

    private static String joined(List<IssueId> ids, String between) {
        return ids.stream().map(IssueId::toString).collect(Collectors.joining(between));
    }

    private String expected() {
        Forecast forecast = outlook.forecast();
        RunSnapshot.Totals totals = snapshot.totals();
        if (totals.pending() + totals.inProgress() == 0) {
            return "nothing is left to do";
        }
        if (forecast.measuredStages() == 0) {
            return "not known yet: no stage was completed so far, so no time was measured";
        }
        if (forecast.finish().isEmpty()) {
            return "not known: nothing of what is left can be begun";
        }
        Instant finish = forecast.finish().get();
        String launched =
                snapshot.monitor().state() == MonitorState.STOPPED ? " if launched now" : "";
        return "done about %s, in %s%s, at the median times of %s"
                .formatted(
                        Times.local(finish, zone),
                        StatusText.age(Optional.of(snapshot.at()), finish),
                        launched,
                        forecast.measuredStages() == 1
                                ? "the one stage completed so far"
                                : "the %d stages completed so far"
                                        .formatted(forecast.measuredStages()));
    }

    private Optional<String> leftOut() {
        int count = outlook.forecast().unreachable();
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        (count == 1
                                        ? "one issue is not counted: it waits"
                                        : count + " issues are not counted: they wait")
                                + " for what has failed, was parked, is on hold or has no worker");
    }

    private void foot(String name, String value) {
        lines.add(coloured(BOLD, "%-13s".formatted(name)) + "  " + value);
    }

    private static String colour(IssueStatus status) {
        return switch (status) {
            case PENDING -> "";
            case IN_PROGRESS -> CYAN;
            case COMPLETED -> GREEN;
            case FAILED -> RED;
            case PARKED -> YELLOW;
        };
    }

    private String coloured(String colour, String text) {
        return colours && !colour.isEmpty() ? colour + text + PLAIN : text;
    }
}
