package orchestrator.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Hold;
import orchestrator.model.RunHistory.Lane;
import orchestrator.model.RunHistory.Mark;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunHistory.Span;
import orchestrator.monitor.Figures;
import orchestrator.monitor.RunReport;
import orchestrator.monitor.Times;
import orchestrator.rules.TimeAxis;
import orchestrator.rules.TimeRange;
import orchestrator.rules.Timeline;

/**
 * A report's timeline as an SVG element for a page: a lane a worker, a bar an attempt, with a sign
 * and a shape of its own for each outcome. The page's style sheet has the colours.
 */
final class ReportTimeline {
    private static final double WIDTH = 1180;
    private static final double LEFT = 84;
    private static final double RIGHT = WIDTH - 10;
    private static final double AXIS = 40;
    private static final double ROW = 40;
    private static final double PAD = 5;
    private static final double BAR = 22;
    private static final double FOOT = 24;
    private static final double LEAST_TICK = 96;
    private static final double LEAST_BAR = 2;
    private static final double LEAST_SIGN = 16;
    private static final double LETTER = 6.3;
    private static final double WIDE_LETTER = 11.5;
    private static final int WIDE_FROM = 0x2E80;

    private final RunReport report;
    private final Timeline timeline;
    private final ZoneId zone;
    private final TimeAxis axis;
    private final TimeRange range;
    private final double bottom;
    private final StringBuilder svg = new StringBuilder();

    private ReportTimeline(RunReport report, ZoneId zone) {
        this.report = report;
        this.zone = zone;
        timeline = report.timeline();
        axis = timeline.axis();
        range = axis.whole();
        bottom = AXIS + ROW * report.history().lanes().size();
    }

    static String of(RunReport report, ZoneId zone) {
        return new ReportTimeline(report, zone).draw();
    }

    private String draw() {
        open("svg")
                .add("class", "timeline")
                .add(
                        "viewBox",
                        "0 0 "
                                + number(WIDTH)
                                + " "
                                + number(
                                        report.history().spans().isEmpty()
                                                ? bottom
                                                : bottom + FOOT))
                .add("role", "img")
                .add("aria-labelledby", "timeline-name timeline-said")
                .end();
        svg.append("<title id=\"timeline-name\">Timeline of ")
                .append(escape(ReportWords.headline(report)))
                .append("</title><desc id=\"timeline-said\">")
                .append(escape(said()))
                .append("</desc>\n");
        svg.append(
                "<defs><pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\""
                        + " patternTransform=\"rotate(45)\"><line class=\"hatch\" x1=\"0\" y1=\"0\""
                        + " x2=\"0\" y2=\"8\"/></pattern></defs>\n");
        stripes();
        ticks();
        report.history().spans().forEach(this::span);
        List<Lane> lanes = report.history().lanes();
        for (int i = 0; i < lanes.size(); i++) {
            lane(lanes.get(i), AXIS + ROW * i);
        }
        report.history().marks().forEach(this::mark);
        axis.gaps().forEach(this::gap);
        report.history().spans().forEach(this::word);
        return svg.append("</svg>\n").toString();
    }

    /** For those who do not see it: the same is told by the table of attempts. */
    private String said() {
        RunReport.Work work = report.work();
        return "%s of %s between %s and %s; %s. The table of attempts below says the same in words."
                .formatted(
                        ReportWords.count(work.attempts(), "attempt"),
                        ReportWords.count(report.history().lanes().size(), "worker"),
                        Times.local(report.from(), zone),
                        Times.local(report.end(), zone),
                        ReportWords.ends(work));
    }

    private double x(double place) {
        return LEFT + (place - range.from()) * (RIGHT - LEFT) / range.length();
    }

    private double x(Instant at) {
        return Math.clamp(x(axis.placeOf(at)), LEFT, RIGHT);
    }

    private void stripes() {
        List<Lane> lanes = report.history().lanes();
        for (int i = 0; i < lanes.size(); i++) {
            double top = AXIS + ROW * i;
            if (i % 2 == 0) {
                rect("stripe", 0, top, WIDTH, ROW, 0);
            }
            text("name", 8, top + PAD + BAR / 2, "Worker " + lanes.get(i).worker());
        }
        line("border", 0, AXIS, WIDTH, AXIS);
        line("border", 0, bottom, WIDTH, bottom);
        text("axis", 8, AXIS - 10, Times.zone(zone));
    }

    private void ticks() {
        double least = LEAST_TICK * range.length() / (RIGHT - LEFT);
        boolean seconds = least < Duration.ofMinutes(1).toSeconds();
        for (TimeAxis.Tick tick : axis.ticks(range, least, zone)) {
            double x = Math.floor(x(tick.at())) + 0.5;
            line(tick.newDay() ? "border" : "grid", x, AXIS - 6, x, bottom);
            String clock = Times.clock(tick.time(), zone);
            if (x < RIGHT - 40) {
                text("axis", x + 4, AXIS - 10, seconds ? clock : clock.substring(0, 5));
                if (tick.newDay()) {
                    text("day", x + 4, 12, Times.day(tick.time(), zone));
                }
            }
        }
    }

    private void span(Span span) {
        double from = x(span.from());
        double to = x(timeline.end(span));
        open("g").add("class", span.hold() == Hold.PAUSE ? "hold person" : "hold").end();
        title(
                "%s, %s to %s (%s): %s"
                        .formatted(
                                ReportWords.hold(span.hold()),
                                Times.local(span.from(), zone),
                                Times.local(timeline.end(span), zone),
                                ReportWords.span(span.from(), timeline.end(span)),
                                ReportWords.clean(span.reason(), ReportWords.TITLE)));
        rect("shade", from, AXIS, Math.max(1, to - from), bottom - AXIS, 0);
        open("rect")
                .add("fill", "url(#hatch)")
                .add("x", number(from))
                .add("y", number(AXIS))
                .add("width", number(Math.max(1, to - from)))
                .add("height", number(bottom - AXIS))
                .close();
        svg.append("</g>\n");
    }

    private void word(Span span) {
        double from = x(span.from());
        String word = ReportWords.hold(span.hold());
        if (x(timeline.end(span)) - from > width(word)) {
            text("word", from, bottom + 14, word);
        }
    }

    private void lane(Lane lane, double top) {
        double signed = Double.NEGATIVE_INFINITY;
        double drawn = Double.NEGATIVE_INFINITY;
        Outcome last = Outcome.RUNNING;
        for (Bar bar : lane.bars()) {
            double from = x(bar.from());
            double width = Math.max(LEAST_BAR, x(timeline.end(bar)) - from);
            // What would lie under the same pixels as its like is left out, however much it is.
            if (from + width <= drawn + 0.5 && bar.outcome() == last) {
                continue;
            }
            drawn = from + width;
            last = bar.outcome();
            open("g").add("class", "bar " + ReportWords.outcome(bar.outcome())).end();
            title(facts(bar));
            // A gap that is seen between two that follow each other at once.
            shape(bar.outcome(), from, top + PAD, width > 4 ? width - 1 : width);
            if (width >= LEAST_SIGN) {
                text("word", from + 5, top + PAD + BAR / 2, words(bar, width - 9));
            } else if (bar.outcome() != Outcome.COMPLETED && from - signed >= LEAST_SIGN / 2) {
                signed = from;
                text("sign", from + width / 2, top + PAD + BAR + 7, bar.outcome().sign());
            }
            svg.append("</g>\n");
        }
    }

    private void shape(Outcome outcome, double x, double y, double width) {
        rect("fill", x, y, width, BAR, width < 6 ? 0 : 3);
        switch (outcome) {
            case COMPLETED, RUNNING -> rect("edge", x, y + BAR - 2, width, 2, 0);
            case FAILED -> rect("edge", x, y, Math.min(4, width), BAR, 0);
            case INTERRUPTED ->
                    rect("outline", x + 0.5, y + 0.5, Math.max(1, width - 1), BAR - 1, 2);
            case RESTARTED -> {
                double side = Math.min(width, BAR / 2);
                String points =
                        "%s,%s %s,%s %s,%s"
                                .formatted(
                                        number(x + width),
                                        number(y + BAR),
                                        number(x + width),
                                        number(y + BAR - side),
                                        number(x + width - side),
                                        number(y + BAR));
                open("polygon").add("class", "edge").add("points", points).close();
            }
        }
    }

    /** As much as there is room for; the sign at least. */
    private static String words(Bar bar, double room) {
        String sign = bar.outcome().sign();
        String stage = sign + " " + ReportWords.clean(bar.stage(), ReportWords.TITLE);
        String whole = stage + " · " + bar.issue();
        return width(whole) <= room ? whole : width(stage) <= room ? stage : sign;
    }

    private static double width(String text) {
        return text.codePoints()
                .mapToDouble(point -> point < WIDE_FROM ? LETTER : WIDE_LETTER)
                .sum();
    }

    private String facts(Bar bar) {
        String why = ReportWords.clean(bar.reason(), ReportWords.TITLE);
        return "%s %s, attempt %d, worker %d\n%s to %s (%s)\n%s%s\n%s, %s tokens, %s"
                .formatted(
                        bar.issue(),
                        ReportWords.stage(bar),
                        bar.number(),
                        bar.worker(),
                        Times.local(bar.from(), zone),
                        Times.local(timeline.end(bar), zone),
                        ReportWords.span(bar.from(), timeline.end(bar)),
                        ReportWords.outcome(bar, report),
                        why.isEmpty() ? "" : ": " + why,
                        ReportWords.count(bar.commits(), "commit"),
                        Figures.count(bar.usage().totalTokens()),
                        Figures.cost(bar.usage().costUsd()));
    }

    private void mark(Mark mark) {
        double x = Math.floor(x(mark.at())) + 0.5;
        open("g").add("class", "mark").end();
        title(Times.local(mark.at(), zone) + "  " + ReportWords.clean(mark.text(), 160));
        line("dashed", x, AXIS, x, bottom);
        if (mark.started()) {
            open("polygon")
                    .add("points", number(x) + ",40 " + number(x + 7) + ",44 " + number(x) + ",48")
                    .close();
        } else {
            rect("end", x - 3, AXIS, 6, 6, 0);
        }
        svg.append("</g>\n");
    }

    /** Torn edges, and how much is left out. */
    private void gap(TimeAxis.Gap gap) {
        double from = x(gap.from());
        double width = Math.max(3, x(gap.to()) - from);
        String time = coarse(Math.round(gap.seconds()));
        open("g").add("class", "gap").end();
        title(time + " in which nothing ran, left out");
        rect("back", from, AXIS + 1, width, bottom - AXIS - 2, 0);
        double middle = from + width / 2;
        StringBuilder points = new StringBuilder();
        int side = -1;
        for (double y = AXIS; y <= bottom; y += 8) {
            points.append(number(middle + 3 * side)).append(',').append(number(y)).append(' ');
            side = -side;
        }
        open("polyline").add("points", points.toString().strip()).close();
        svg.append("</g>\n");
        text("left-out", middle, bottom + 14, time);
    }

    private static String coarse(long seconds) {
        return seconds < 5400
                ? seconds / 60 + " min"
                : seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }

    // -----------------------------------------------------------------------------------------

    private void rect(String name, double x, double y, double width, double height, double arc) {
        Tag tag = open("rect").add("class", name).add("x", number(x)).add("y", number(y));
        tag.add("width", number(width)).add("height", number(height));
        if (arc > 0) {
            tag.add("rx", number(arc));
        }
        tag.close();
    }

    private void line(String name, double x, double y, double x2, double y2) {
        open("line")
                .add("class", name)
                .add("x1", number(x))
                .add("y1", number(y))
                .add("x2", number(x2))
                .add("y2", number(y2))
                .close();
    }

    private void text(String name, double x, double y, String text) {
        open("text").add("class", name).add("x", number(x)).add("y", number(y)).end();
        svg.append(escape(text)).append("</text>\n");
    }

    private void title(String text) {
        svg.append("<title>").append(escape(text)).append("</title>");
    }

    private Tag open(String name) {
        svg.append('<').append(name);
        return new Tag();
    }

    /** A tag that is being written. */
    private final class Tag {
        Tag add(String name, String value) {
            svg.append(' ').append(name).append("=\"").append(escape(value)).append('"');
            return this;
        }

        void end() {
            svg.append('>');
        }

        void close() {
            svg.append("/>\n");
        }
    }

    private static String escape(String text) {
        return ReportHtml.escape(text);
    }

    private static String number(double value) {
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded)
                ? Long.toString(Math.round(rounded))
                : String.format(Locale.ROOT, "%.1f", rounded);
    }
}
