package orchestrator.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import orchestrator.log.Secrets;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.Usage;
import orchestrator.monitor.RunReport;
import orchestrator.monitor.Times;
import orchestrator.rules.Timeline;
import tools.jackson.core.JsonGenerator;

/**
 * The report as the JSON that {@code report --format json} promises; absent values are {@code
 * null}, times UTC, spans seconds ({@code …_s}), costs US dollars, secrets masked.
 *
 * <ul>
 *   <li>{@code generator}, {@code workspace}, {@code made_at}, {@code run} ({@code null}: all of
 *       them), {@code runs}, {@code state} ({@code running}, {@code stopped}, {@code unwatched}),
 *       {@code from}, {@code to}, {@code totals} as in {@code status --json};
 *   <li>{@code work}: {@code attempts}, {@code restarted}, {@code interrupted}, {@code failed},
 *       {@code worked_s}, {@code cost_usd}, {@code tokens} ({@code input}, {@code output}, {@code
 *       cache_read}, {@code cache_creation});
 *   <li>{@code issues}: {@code project}, {@code number}, {@code title}, {@code wave}, {@code
 *       status}, {@code stage}, {@code commits}, {@code branch}, {@code delivery} ({@code nothing},
 *       {@code pushed}, {@code open}, {@code local}), {@code push_error}, {@code pull_request},
 *       {@code reason}, {@code work} of the run;
 *   <li>{@code attempts}: {@code project}, {@code issue}, {@code attempt}, {@code stage}, {@code
 *       again}, {@code worker}, {@code from}, {@code to}, {@code took_s}, {@code outcome} ({@code
 *       running}, {@code completed}, {@code restarted}, {@code failed}, {@code interrupted}),
 *       {@code reason}, {@code commits}, {@code cost_usd}, {@code tokens};
 *   <li>{@code pauses}: {@code cause} ({@code limit}, {@code service}, {@code account}, {@code
 *       budget}, {@code pause}, {@code shortage}), {@code from}, {@code to}, {@code reason};
 *   <li>{@code monitors}: {@code at}, {@code started}, {@code text}.
 * </ul>
 */
final class ReportJson {
    private ReportJson() {}

    static String of(RunReport report) {
        return JsonText.of(json -> write(json, report)) + "\n";
    }

    private static void write(JsonGenerator json, RunReport report) {
        json.writeStringProperty("generator", ReportWords.SIGN);
        json.writeStringProperty("workspace", report.workspace());
        json.writeStringProperty("made_at", Times.iso(report.made()));
        JsonText.number(json, "run", report.run().stream().boxed().findFirst());
        json.writeNumberProperty("runs", report.runs());
        json.writeStringProperty(
                "state",
                report.to().isPresent()
                        ? "stopped"
                        : report.timeline().running() ? "running" : "unwatched");
        json.writeStringProperty("from", Times.iso(report.from()));
        JsonText.text(json, "to", report.to().map(Times::iso));
        StatusJson.totals(json, report.totals());
        work(json, report.work());
        JsonText.objects(json, "issues", report.issues(), line -> issue(json, line));
        JsonText.objects(
                json, "attempts", report.attempts(), bar -> attempt(json, bar, report.timeline()));
        JsonText.objects(
                json,
                "pauses",
                report.history().spans(),
                span -> {
                    json.writeStringProperty("cause", span.hold().name().toLowerCase(Locale.ROOT));
                    json.writeStringProperty("from", Times.iso(span.from()));
                    JsonText.text(json, "to", span.to().map(Times::iso));
                    text(json, "reason", span.reason());
                });
        JsonText.objects(
                json,
                "monitors",
                report.history().marks(),
                mark -> {
                    json.writeStringProperty("at", Times.iso(mark.at()));
                    json.writeBooleanProperty("started", mark.started());
                    text(json, "text", mark.text());
                });
    }

    private static void work(JsonGenerator json, RunReport.Work work) {
        json.writeObjectPropertyStart("work");
        json.writeNumberProperty("attempts", work.attempts());
        json.writeNumberProperty("restarted", work.restarted());
        json.writeNumberProperty("interrupted", work.interrupted());
        json.writeNumberProperty("failed", work.failed());
        json.writeNumberProperty("worked_s", work.worked().toSeconds());
        usage(json, work.usage());
        json.writeEndObject();
    }

    private static void usage(JsonGenerator json, Usage usage) {
        json.writeNumberProperty("cost_usd", usage.costUsd());
        json.writeObjectPropertyStart("tokens");
        json.writeNumberProperty("input", usage.inputTokens());
        json.writeNumberProperty("output", usage.outputTokens());
        json.writeNumberProperty("cache_read", usage.cacheReadTokens());
        json.writeNumberProperty("cache_creation", usage.cacheCreationTokens());
        json.writeEndObject();
    }

    private static void issue(JsonGenerator json, RunReport.Line line) {
        json.writeStringProperty("project", line.id().project());
        json.writeNumberProperty("number", line.id().number());
        text(json, "title", line.title());
        json.writeNumberProperty("wave", line.wave());
        json.writeStringProperty("status", line.status().word());
        text(json, "stage", line.stage());
        json.writeNumberProperty("commits", line.commits());
        text(json, "branch", line.branch());
        json.writeStringProperty("delivery", line.delivery().name().toLowerCase(Locale.ROOT));
        text(json, "push_error", line.pushError());
        text(json, "pull_request", line.pullRequest());
        text(json, "reason", line.reason());
        work(json, line.work());
    }

    private static void attempt(JsonGenerator json, Bar bar, Timeline timeline) {
        json.writeStringProperty("project", bar.issue().project());
        json.writeNumberProperty("issue", bar.issue().number());
        json.writeNumberProperty("attempt", bar.number());
        text(json, "stage", bar.stage());
        json.writeBooleanProperty("again", bar.isAgain());
        json.writeNumberProperty("worker", bar.worker());
        json.writeStringProperty("from", Times.iso(bar.from()));
        JsonText.text(json, "to", bar.to().map(Times::iso));
        json.writeNumberProperty(
                "took_s", Duration.between(bar.from(), timeline.end(bar)).toSeconds());
        json.writeStringProperty("outcome", ReportWords.outcome(bar.outcome()));
        text(json, "reason", bar.reason());
        json.writeNumberProperty("commits", bar.commits());
        usage(json, bar.usage());
    }

    private static void text(JsonGenerator json, String name, String text) {
        JsonText.text(json, name, Optional.of(text).filter(it -> !it.isEmpty()).map(Secrets::mask));
    }
}
