package orchestrator.ui.timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import orchestrator.model.RunHistory.Bar;
import orchestrator.monitor.Times;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Texts;

/** What is said of an attempt. */
final class Facts {
    private final TimelineModel model;
    private final Texts texts;
    private final ZoneId zone;

    Facts(TimelineModel model, Texts texts, ZoneId zone) {
        this.model = model;
        this.texts = texts;
        this.zone = zone;
    }

    /** The issue and its title. */
    String title(Bar bar) {
        return (bar.issue() + "  " + Format.line(model.titleOf(bar.issue()))).strip();
    }

    /** Stage, attempt and worker. */
    String work(Bar bar) {
        return texts.get(
                bar.isAgain() ? "timeline.work-again" : "timeline.work",
                Format.line(bar.stage()),
                bar.number(),
                bar.worker());
    }

    /** From when to when, and how long. */
    String time(Bar bar) {
        Instant end = model.end(bar);
        String span = Format.elapsed(Duration.between(bar.from(), end).toSeconds());
        String from = Format.clockSeconds(bar.from(), zone);
        return bar.to().isEmpty()
                ? texts.get("timeline.since", Times.day(bar.from(), zone), from, span)
                : texts.get(
                        "timeline.from-to",
                        Times.day(bar.from(), zone),
                        from,
                        Format.clockSeconds(end, zone),
                        span);
    }

    /** How it ended, and why. */
    String outcome(Bar bar) {
        String word = bar.outcome().sign() + " " + texts.get(Words.of(bar.outcome()));
        return bar.reason().isEmpty()
                ? word
                : texts.get("timeline.because", word, Format.line(bar.reason()));
    }

    /** What it made and what it used. */
    String sums(Bar bar) {
        return texts.get(
                "timeline.sums",
                bar.commits(),
                Format.count(bar.usage().totalTokens()),
                Format.cost(bar.usage().costUsd()));
    }

    /** All of it on one line. */
    String line(Bar bar) {
        return String.join("  ·  ", title(bar), work(bar), time(bar), outcome(bar), sums(bar));
    }
}
