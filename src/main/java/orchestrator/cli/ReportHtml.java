package orchestrator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunHistory.Span;
import orchestrator.model.RunSnapshot.Totals;
import orchestrator.monitor.Figures;
import orchestrator.monitor.RunReport;
import orchestrator.monitor.Times;

/**
 * The report as one page that needs nothing else: no script, no other file, no network. It is
 * well-formed XML too. What others wrote is text, never markup.
 */
final class ReportHtml {
    /** A branch's name is broken over lines only when it is longer, in characters. */
    private static final int UNBROKEN = 32;

    private static final String NONE = "–";

    private final RunReport report;
    private final ZoneId zone;
    private final StringBuilder html = new StringBuilder();

    private ReportHtml(RunReport report, ZoneId zone) {
        this.report = report;
        this.zone = zone;
    }

    static String of(RunReport report, ZoneId zone) {
        return new ReportHtml(report, zone).text();
    }

    private String text() {
        String name = escape(ReportWords.headline(report));
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"generator\" content=\"" + ReportWords.SIGN + "\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\"/>\n")
                // Should anything here ever ask for more than the page holds, it is not given it.
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src")
                .append(" 'none'; style-src 'unsafe-inline'\"/>\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/>\n")
                .append(
                        "<title>"
                                + name
                                + ", "
                                + escape(report.workspace())
                                + "</title>\n<style>\n")
                .append(styles())
                .append("</style>\n</head>\n<body>\n<header>\n<p class=\"where\">")
                .append(escape(report.workspace()))
                .append("</p>\n<h1>" + name + " <span class=\"state\">")
                .append(escape(ReportWords.state(report)))
                .append("</span></h1>\n<p class=\"when\">")
                .append(escape(ReportWords.time(report, zone)))
                .append("</p>\n</header>\n<main>\n");
        summary();
        troubles();
        timeline();
        issues();
        pauses();
        attempts();
        html.append("</main>\n<footer>Made ").append(time(report.made()));
        return html.append(" from the journal of the workspace.</footer>\n</body>\n</html>\n")
                .toString();
    }

    private static String styles() {
        String path = "/orchestrator/report/report.css";
        try (InputStream in =
                Objects.requireNonNull(ReportHtml.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void summary() {
        Totals totals = report.totals();
        RunReport.Work work = report.work();
        html.append("<dl class=\"sums\">\n");
        sum(
                "Issues completed",
                totals.completed() + " of " + totals.issues(),
                "%d in progress, %d pending, %d failed, %d parked"
                        .formatted(
                                totals.inProgress(),
                                totals.pending(),
                                totals.failed(),
                                totals.parked()));
        sum("Attempts", Integer.toString(work.attempts()), ReportWords.ends(work));
        sum(
                "Agents worked",
                ReportWords.span(work.worked()),
                "in " + ReportWords.span(report.from(), report.end()));
        sum("Cost", Figures.cost(work.usage().costUsd()), "as the agents report it");
        sum(
                "Tokens",
                Figures.count(work.usage().totalTokens()),
                "%s in, %s out, %s cached"
                        .formatted(
                                Figures.count(work.usage().inputTokens()),
                                Figures.count(work.usage().outputTokens()),
                                Figures.count(
                                        work.usage().cacheReadTokens()
                                                + work.usage().cacheCreationTokens())));
        List<Span> spans = report.history().spans();
        sum(
                "Nothing launched",
                spans.isEmpty() ? "never" : ReportWords.span(ReportWords.paused(report)),
                spans.isEmpty()
                        ? "no limit, no pause"
                        : spans.size() == 1
                                ? "one limit or pause"
                                : spans.size() + " limits and pauses");
        html.append("</dl>\n");
    }

    private void sum(String name, String value, String more) {
        html.append("<div><dt>" + escape(name) + "</dt><dd>" + escape(value))
                .append("<small>" + escape(more) + "</small></dd></div>\n");
    }

    private void troubles() {
        List<RunReport.Line> lines = ReportWords.troubled(report);
        if (lines.isEmpty()) {
            return;
        }
        html.append("<section class=\"troubles\">\n<h2>What needs a look</h2>\n<ul>\n");
        for (RunReport.Line line : lines) {
            html.append("<li><b>" + escape(line.id().toString()) + "</b> " + title(line))
                    .append("<br/>")
                    .append(escape(ReportWords.trouble(line).orElse("")))
                    .append("</li>\n");
        }
        html.append("</ul>\n</section>\n");
    }

    private void timeline() {
        html.append("<section>\n<h2>Timeline</h2>\n");
        if (report.history().lanes().isEmpty()) {
            html.append("<p class=\"none\">No attempt was begun.</p>\n</section>\n");
            return;
        }
        html.append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline\">\n")
                .append(ReportTimeline.of(report, zone))
                .append("</div>\n<ul class=\"legend\" aria-hidden=\"true\">\n");
        for (Outcome outcome : Outcome.values()) {
            String word = ReportWords.outcome(outcome);
            html.append("<li><i class=\"swatch " + word + "\"></i>" + outcome.sign() + " " + word)
                    .append("</li>\n");
        }
        html.append("<li><i class=\"swatch hold\"></i>nothing was launched</li>\n")
                .append("</ul>\n</section>\n");
    }

    private void issues() {
        boolean requests = report.issues().stream().anyMatch(line -> !line.pullRequest().isEmpty());
        table(
                "Issues",
                "issues",
                "Issue:l Title:l State:l Attempts:r Worked:r Commits:r Tokens:r Cost:r Branch:l"
                        + (requests ? " Pull_request:l" : ""));
        for (RunReport.Line line : report.issues()) {
            RunReport.Work work = line.work();
            html.append("<tr><th scope=\"row\">" + escape(line.id().toString()) + "</th>");
            cell("text", title(line));
            cell("state " + line.status().word(), escape(ReportWords.status(line)));
            number(Integer.toString(work.attempts()));
            number(ReportWords.span(work.worked()));
            number(Integer.toString(line.commits()));
            number(Figures.count(work.usage().totalTokens()));
            number(Figures.cost(work.usage().costUsd()));
            cell("text", branch(line));
            if (requests) {
                cell("text", link(line.pullRequest()));
            }
            html.append("</tr>\n");
        }
        endTable();
    }

    private static String title(RunReport.Line line) {
        return escape(ReportWords.clean(line.title(), ReportWords.TITLE));
    }

    private static String branch(RunReport.Line line) {
        return ReportWords.delivered(line)
                .map(where ->
                        (line.branch().length() <= UNBROKEN ? "<code class=\"whole\">" : "<code>")
                                + escape(ReportWords.clean(line.branch(), ReportWords.TITLE))
                                + "</code><small>"
                                + escape(where)
                                + "</small>")
                .orElse(NONE);
    }

    /** A link only where it leads to a page; anything else is text. */
    private static String link(String address) {
        if (address.isEmpty()) {
            return NONE;
        }
        String shown = escape(ReportWords.clean(address, ReportWords.REASON));
        return page(ReportWords.clean(address, ReportWords.REASON))
                .map(to ->
                        "<a rel=\"noopener noreferrer\" href=\""
                                + escape(to)
                                + "\">"
                                + shown.replaceFirst("^https?://", "").replace("/", "/<wbr/>")
                                + "</a>")
                .orElse(shown);
    }

    private static Optional<String> page(String address) {
        try {
            URI uri = new URI(address);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null
                    ? Optional.of(uri.toASCIIString())
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // shown as the text it is
        }
    }

    private void pauses() {
        if (report.history().spans().isEmpty()) {
            return;
        }
        table("Limits and pauses", "pauses", "From:l To:l How_long:r Cause:l Reason:l");
        for (Span span : report.history().spans()) {
            html.append("<tr>");
            cell("time", time(span.from()));
            cell("time", span.to().map(this::time).orElse("lasts"));
            number(ReportWords.span(span.from(), report.timeline().end(span)));
            cell("text", escape(ReportWords.hold(span.hold())));
            cell("text", escape(ReportWords.clean(span.reason(), ReportWords.REASON)));
            html.append("</tr>\n");
        }
        endTable();
    }

    private void attempts() {
        table(
                "Attempts",
                "attempts",
                "Began:l Worker:r Issue:l Stage:l Attempt:r Took:r Outcome:l Why:l Commits:r Tokens:r"
                        + " Cost:r");
        for (Bar bar : report.attempts()) {
            html.append("<tr>");
            cell("time", time(bar.from()));
            number(Integer.toString(bar.worker()));
            html.append("<th scope=\"row\">" + escape(bar.issue().toString()) + "</th>");
            cell("stage", escape(ReportWords.stage(bar)));
            number(Integer.toString(bar.number()));
            number(ReportWords.span(bar.from(), report.timeline().end(bar)));
            cell(
                    "state " + ReportWords.outcome(bar.outcome()),
                    escape(ReportWords.outcome(bar, report)));
            cell("text", escape(ReportWords.clean(bar.reason(), ReportWords.REASON)));
            number(Integer.toString(bar.commits()));
            number(Figures.count(bar.usage().totalTokens()));
            number(Figures.cost(bar.usage().costUsd()));
            html.append("</tr>\n");
        }
        endTable();
    }

    /** Heads are words with their side: {@code :r} stands for numbers. */
    private void table(String name, String id, String heads) {
        html.append("<section aria-labelledby=\"" + id + "\">\n<h2 id=\"" + id + "\">" + name)
                .append(
                        "</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"")
                .append(id + "\">\n<table class=\"" + id + "\">\n<thead><tr>");
        for (String head : heads.split(" ", -1)) {
            String[] parts = head.split(":", -1);
            html.append(
                            parts[1].equals("r")
                                    ? "<th scope=\"col\" class=\"n\">"
                                    : "<th scope=\"col\">")
                    .append(parts[0].replace('_', ' '))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
    }

    private void endTable() {
        html.append("</tbody>\n</table>\n</div>\n</section>\n");
    }

    private void cell(String name, String markup) {
        html.append("<td class=\"" + name + "\">" + markup + "</td>");
    }

    private void number(String text) {
        cell("n", escape(text));
    }

    private String time(Instant at) {
        return "<time datetime=\"" + Times.iso(at) + "\">" + Times.local(at, zone) + "</time>";
    }

    /** Text as it stands in an element or a quoted attribute. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
