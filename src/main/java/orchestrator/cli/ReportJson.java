package orchestrator.cli;

import java.util.Locale;
import java.util.Optional;
import orchestrator.log.Secrets;
import orchestrator.model.RunHistory.Bar;
import orchestrator.model.Usage;
import orchestrator.monitor.RunReport;
import orchestrator.monitor.Times;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportJson() {}

    static String of(RunReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("generator", ReportWords.SIGN);
        root.put("workspace", report.workspace());
        root.put("made_at", Times.iso(report.made()));
        report.run().ifPresentOrElse(run -> root.put("run", run), () -> root.putNull("run"));
        root.put("runs", report.runs());
        root.put(
                "state",
                report.to().isPresent()
                        ? "stopped"
                        : report.timeline().running() ? "running" : "unwatched");
        root.put("from", Times.iso(report.from()));
        StatusJson.text(root, "to", report.to().map(Times::iso));
        StatusJson.totals(root, report.totals());
        work(root, report.work());
        ArrayNode issues = root.putArray("issues");
        report.issues().forEach(line -> issue(issues.addObject(), line));
        ArrayNode attempts = root.putArray("attempts");
        report.attempts().forEach(bar -> attempt(attempts.addObject(), bar, report));
        ArrayNode pauses = root.putArray("pauses");
        report.history()
                .spans()
                .forEach(span -> {
                    ObjectNode node = pauses.addObject();
                    node.put("cause", span.hold().name().toLowerCase(Locale.ROOT));
                    node.put("from", Times.iso(span.from()));
                    StatusJson.text(node, "to", span.to().map(Times::iso));
                    text(node, "reason", span.reason());
                });
        ArrayNode monitors = root.putArray("monitors");
        report.history()
                .marks()
                .forEach(mark ->
                        text(
                                monitors.addObject()
                                        .put("at", Times.iso(mark.at()))
                                        .put("started", mark.started()),
                                "text",
                                mark.text()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void work(ObjectNode node, RunReport.Work work) {
        ObjectNode sums = node.putObject("work");
        sums.put("attempts", work.attempts());
        sums.put("restarted", work.restarted());
        sums.put("interrupted", work.interrupted());
        sums.put("failed", work.failed());
        sums.put("worked_s", work.worked().toSeconds());
        usage(sums, work.usage());
    }

    private static void usage(ObjectNode node, Usage usage) {
        node.put("cost_usd", usage.costUsd());
        node.putObject("tokens")
                .put("input", usage.inputTokens())
                .put("output", usage.outputTokens())
                .put("cache_read", usage.cacheReadTokens())
                .put("cache_creation", usage.cacheCreationTokens());
    }

    private static void issue(ObjectNode node, RunReport.Line line) {
        node.put("project", line.id().project());
        node.put("number", line.id().number());
        text(node, "title", line.title());
        node.put("wave", line.wave());
        node.put("status", line.status().word());
        text(node, "stage", line.stage());
        node.put("commits", line.commits());
        text(node, "branch", line.branch());
        node.put("delivery", line.delivery().name().toLowerCase(Locale.ROOT));
        text(node, "push_error", line.pushError());
        text(node, "pull_request", line.pullRequest());
        text(node, "reason", line.reason());
        work(node, line.work());
    }

    private static void attempt(ObjectNode node, Bar bar, RunReport report) {
        node.put("project", bar.issue().project());
        node.put("issue", bar.issue().number());
        node.put("attempt", bar.number());
        text(node, "stage", bar.stage());
        node.put("again", bar.isAgain());
        node.put("worker", bar.worker());
        node.put("from", Times.iso(bar.from()));
        StatusJson.text(node, "to", bar.to().map(Times::iso));
        node.put(
                "took_s",
                java.time.Duration.between(bar.from(), report.timeline().end(bar)).toSeconds());
        node.put("outcome", ReportWords.outcome(bar.outcome()));
        text(node, "reason", bar.reason());
        node.put("commits", bar.commits());
        usage(node, bar.usage());
    }

    private static void text(ObjectNode node, String name, String text) {
        StatusJson.text(
                node, name, Optional.of(text).filter(it -> !it.isEmpty()).map(Secrets::mask));
    }
}
