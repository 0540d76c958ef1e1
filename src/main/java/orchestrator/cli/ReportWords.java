package orchestrator.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import orchestrator.log.Secrets;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.RunHistory.Hold;
import orchestrator.model.RunHistory.Outcome;
import orchestrator.model.RunHistory.Span;
import orchestrator.monitor.Figures;
import orchestrator.monitor.RunReport;
import orchestrator.monitor.Text;
import orchestrator.monitor.Times;

/** What a report says, whichever form it has. Pure. */
final class ReportWords {
    /** What every report's file begins with; by it the next one knows that it may replace it. */
    static final String SIGN = "Made by orchestrator report";

    static final int TITLE = 120;
    static final int REASON = 600;

    private static final int REPLACEMENT = 0xFFFD;

    private ReportWords() {}

    /** Foreign text as one line that may be shown: no secrets, no controls, no broken letters. */
    static String clean(String text, int most) {
        StringBuilder line = new StringBuilder();
        Text.oneLine(Secrets.mask(text), most)
                .codePoints()
                .map(point -> isLetter(point) ? point : REPLACEMENT)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    /** Halves of a pair and what is no character are none. */
    private static boolean isLetter(int point) {
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        boolean none = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        return !surrogate && !none;
    }

    static String headline(RunReport report) {
        return report.run().isPresent()
                ? "Run %d of %d".formatted(report.run().getAsInt(), report.runs())
                : report.runs() == 1
                        ? "All runs, the first one only"
                        : "All runs, 1 to " + report.runs();
    }

    /** Whether it goes on. */
    static String state(RunReport report) {
        if (report.to().isPresent()) {
            return "stopped";
        }
        return report.timeline().running() ? "goes on" : "not stopped, but no monitor runs";
    }

    /** From when to when, and how long. */
    static String time(RunReport report, ZoneId zone) {
        return "%s to %s, %s long; times are %s"
                .formatted(
                        Times.local(report.from(), zone),
                        Times.local(report.end(), zone),
                        span(report.from(), report.end()),
                        Times.zone(zone));
    }

    static String span(Instant from, Instant to) {
        return span(Duration.between(from, to));
    }

    static String span(Duration time) {
        return Figures.span(time);
    }

    static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** How attempts ended that did not end well. */
    static String ends(RunReport.Work work) {
        return "%d restarted, %d failed, %d interrupted"
                .formatted(work.restarted(), work.failed(), work.interrupted());
    }

    /** How long nothing was launched; times that overlap count once. */
    static Duration paused(RunReport report) {
        Duration all = Duration.ZERO;
        Instant until = report.from();
        for (Span span : report.history().spans()) {
            Instant from = span.from().isBefore(until) ? until : span.from();
            Instant end = report.timeline().end(span);
            if (end.isAfter(from)) {
                all = all.plus(Duration.between(from, end));
                until = end;
            }
        }
        return all;
    }

    static String sign(IssueStatus status) {
        return switch (status) {
            case PENDING -> "·";
            case IN_PROGRESS -> "▸";
            case COMPLETED -> "✓";
            case FAILED -> "✕";
            case PARKED -> "‖";
        };
    }

    /** Sign, word and, where it is at one, stage. */
    static String status(RunReport.Line line) {
        String word = sign(line.status()) + " " + line.status().word().replace('_', ' ');
        boolean told = line.stage().isEmpty() || line.status() == IssueStatus.PENDING;
        return told ? word : word + " at " + clean(line.stage(), TITLE);
    }

    static String outcome(Outcome outcome) {
        return switch (outcome) {
            case RUNNING -> "running";
            case COMPLETED -> "completed";
            case RESTARTED -> "restarted";
            case FAILED -> "failed";
            case INTERRUPTED -> "interrupted";
        };
    }

    /** Without a monitor nobody knows whether it runs. */
    static String outcome(Bar bar, RunReport report) {
        boolean unknown = bar.to().isEmpty() && !report.timeline().running();
        return bar.outcome().sign() + " " + (unknown ? "not ended" : outcome(bar.outcome()));
    }

    static String stage(Bar bar) {
        return clean(bar.stage(), TITLE) + (bar.isAgain() ? ", again" : "");
    }

    static String hold(Hold hold) {
        return switch (hold) {
            case LIMIT -> "usage limit";
            case SERVICE -> "service";
            case ACCOUNT -> "account";
            case BUDGET -> "budget";
            case PAUSE -> "paused by a person";
            case SHORTAGE -> "disk or memory";
        };
    }

    static String delivery(RunReport.Delivery delivery) {
        return switch (delivery) {
            case NOTHING -> "nothing to push";
            case PUSHED -> "pushed";
            case OPEN -> "not pushed yet";
            case LOCAL -> "only in the local repository";
        };
    }

    /** Where its commits are, and why not on the remote; empty: it has no branch. */
    static Optional<String> delivered(RunReport.Line line) {
        if (line.branch().isEmpty()) {
            return Optional.empty();
        }
        String why = line.pushError().isEmpty() ? "" : ": " + clean(line.pushError(), REASON);
        return Optional.of(delivery(line.delivery()) + why);
    }

    /** The lines that a person should look at, what has ended badly first. */
    static List<RunReport.Line> troubled(RunReport report) {
        return report.issues().stream()
                .filter(line -> trouble(line).isPresent())
                .sorted(Comparator.comparing(line -> !hasEndedBadly(line)))
                .toList();
    }

    private static boolean hasEndedBadly(RunReport.Line line) {
        return line.status() == IssueStatus.FAILED || line.status() == IssueStatus.PARKED;
    }

    /** Whether a person should look at it: why, one sentence. */
    static Optional<String> trouble(RunReport.Line line) {
        if (hasEndedBadly(line)) {
            String why = clean(line.reason(), REASON);
            return Optional.of(line.status().word() + (why.isEmpty() ? "" : ": " + why));
        }
        return line.pushError().isEmpty() ? Optional.empty() : delivered(line);
    }
}
