package orchestrator.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunHistory.Span;
import orchestrator.monitor.Figures;
import orchestrator.monitor.RunReport;
import orchestrator.monitor.RunWords;
import orchestrator.monitor.Times;

/** The report as Markdown with GitHub's tables. What others wrote is text, never markup. */
final class ReportMarkdown {
    private static final String NONE = "–";

    private final RunReport report;
    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();

    private ReportMarkdown(RunReport report, ZoneId zone) {
        this.report = report;
        this.zone = zone;
    }

    static String of(RunReport report, ZoneId zone) {
        return new ReportMarkdown(report, zone).text();
    }

    private String text() {
        lines.add("<!-- " + ReportWords.SIGN + " -->");
        lines.add("# " + ReportWords.headline(report));
        lines.add("");
        lines.add(
                "%s, %s: %s."
                        .formatted(
                                escape(report.workspace()),
                                ReportWords.state(report),
                                ReportWords.time(report, zone)));
        lines.add("");
        summary();
        troubles();
        issues();
        restarts();
        pauses();
        attempts();
        return String.join("\n", lines) + "\n";
    }

    private void summary() {
        RunReport.Work work = report.work();
        lines.add("- Issues: " + RunWords.totals(report.totals()));
        lines.add("- Attempts: %d, %s".formatted(work.attempts(), ReportWords.ends(work)));
        lines.add("- Agents worked: " + ReportWords.span(work.worked()));
        lines.add("- Cost: " + Figures.cost(work.usage().costUsd()));
        lines.add("- Tokens: " + Figures.count(work.usage().totalTokens()));
        if (!report.history().spans().isEmpty()) {
            lines.add(
                    "- Nothing was launched for: " + ReportWords.span(ReportWords.paused(report)));
        }
    }

    private void troubles() {
        List<RunReport.Line> found = ReportWords.troubled(report);
        if (found.isEmpty()) {
            return;
        }
        section("What needs a look");
        for (RunReport.Line line : found) {
            String why = ReportWords.trouble(line).orElse("");
            lines.add("- **%s** %s: %s".formatted(line.id(), title(line), escape(why)));
        }
    }

    private void issues() {
        section("Issues");
        table(
                List.of(
                        "Issue",
                        "Title",
                        "State",
                        "Attempts",
                        "Worked",
                        "Commits",
                        "Tokens",
                        "Cost",
                        "Branch",
                        "On the remote",
                        "Pull request"),
                "lllrrrrrlll");
        for (RunReport.Line line : report.issues()) {
            RunReport.Work work = line.work();
            row(
                    line.id().toString(),
                    title(line),
                    escape(ReportWords.status(line)),
                    Integer.toString(work.attempts()),
                    ReportWords.span(work.worked()),
                    Integer.toString(line.commits()),
                    Figures.count(work.usage().totalTokens()),
                    Figures.cost(work.usage().costUsd()),
                    orNone(line.branch()),
                    ReportWords.delivered(line).map(ReportMarkdown::escape).orElse(NONE),
                    orNone(line.pullRequest()));
        }
    }

    private static String title(RunReport.Line line) {
        return escape(ReportWords.clean(line.title(), ReportWords.TITLE));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : escape(ReportWords.clean(text, ReportWords.REASON));
    }

    private void restarts() {
        List<Bar> bad =
                report.attempts().stream()
                        .filter(bar ->
                                bar.outcome() == Outcome.RESTARTED
                                        || bar.outcome() == Outcome.FAILED)
                        .toList();
        if (bad.isEmpty()) {
            return;
        }
        section("Restarts and failed attempts");
        for (Bar bar : bad) {
            lines.add(
                    "- %s %s, attempt %d at %s: %s"
                            .formatted(
                                    bar.outcome().sign(),
                                    bar.issue(),
                                    bar.number(),
                                    escape(ReportWords.stage(bar)),
                                    escape(ReportWords.clean(bar.reason(), ReportWords.REASON))));
        }
    }

    private void pauses() {
        if (report.history().spans().isEmpty()) {
            return;
        }
        section("Limits and pauses");
        table(List.of("From", "To", "How long", "Cause", "Reason"), "llrll");
        for (Span span : report.history().spans()) {
            row(
                    Times.local(span.from(), zone),
                    span.to().map(to -> Times.local(to, zone)).orElse("lasts"),
                    ReportWords.span(span.from(), report.timeline().end(span)),
                    ReportWords.hold(span.hold()),
                    orNone(span.reason()));
        }
    }

    private void attempts() {
        section("Attempts");
        table(
                List.of(
                        "Began", "Worker", "Issue", "Stage", "Attempt", "Took", "Outcome", "Why",
                        "Commits", "Tokens", "Cost"),
                "lrllrrllrrr");
        for (Bar bar : report.attempts()) {
            row(
                    Times.local(bar.from(), zone),
                    Integer.toString(bar.worker()),
                    bar.issue().toString(),
                    escape(ReportWords.stage(bar)),
                    Integer.toString(bar.number()),
                    ReportWords.span(bar.from(), report.timeline().end(bar)),
                    ReportWords.outcome(bar, report),
                    orNone(bar.reason()),
                    Integer.toString(bar.commits()),
                    Figures.count(bar.usage().totalTokens()),
                    Figures.cost(bar.usage().costUsd()));
        }
    }

    private void section(String name) {
        lines.add("");
        lines.add("## " + name);
        lines.add("");
    }

    private void table(List<String> heads, String align) {
        row(heads.toArray(String[]::new));
        lines.add(
                align.chars()
                        .mapToObj(side -> side == 'r' ? "---:" : "---")
                        .collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    /** So that it is read as the very same text, in a table too. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String reference = reference(c);
            if (!reference.isEmpty()) {
                out.append(reference);
            } else if ("\\`*_[]~$#".indexOf(c) >= 0) {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Some readers look for these before they look for backslashes. */
    private static String reference(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '|' -> "&#124;";
            default -> "";
        };
    }
}
