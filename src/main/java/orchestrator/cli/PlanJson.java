package orchestrator.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.Times;
import orchestrator.rules.Outlook;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plan as the JSON that {@code plan --json} promises; absent values are {@code null}.
 *
 * <ul>
 *   <li>{@code workspace}, {@code session}, {@code at} (UTC), {@code monitor}, {@code totals}: as
 *       in {@code status --json};
 *   <li>{@code waves}: each with its {@code wave} and its {@code issues}, all of them, in hand-out
 *       order: what {@code status --json} says of an issue, and {@code stage_index}, {@code stages}
 *       (names), {@code worker}, {@code waits_for} (dependencies that are not completed), {@code
 *       blocked_forever}, {@code starts_now}, {@code on_critical_path}, {@code will_retry}, {@code
 *       reason};
 *   <li>{@code starts_now}, {@code critical_path}: issues as {@code "project#number"};
 *   <li>{@code stages_left}: {@code all}, {@code on_critical_path};
 *   <li>{@code forecast}: {@code finish_at} (UTC), {@code measured_stages} it rests on, {@code
 *       starts} in their order, {@code unreachable}, how many open issues it leaves out.
 * </ul>
 */
final class PlanJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlanJson() {}

    static String of(RunSnapshot snapshot, Outlook outlook) {
        ObjectNode root = JSON.createObjectNode();
        root.put("workspace", snapshot.workspace());
        root.put("session", snapshot.session());
        root.put("at", Times.iso(snapshot.at()));
        StatusJson.monitor(root, snapshot);
        StatusJson.totals(root, snapshot.totals());
        ArrayNode waves = root.putArray("waves");
        Set<IssueId> now = Set.copyOf(outlook.startsNow());
        Set<IssueId> critical = Set.copyOf(outlook.criticalPath());
        PlanText.waves(snapshot.issues())
                .forEach((wave, issues) -> {
                    ObjectNode node = waves.addObject().put("wave", wave);
                    ArrayNode list = node.putArray("issues");
                    issues.forEach(issue -> issue(list.addObject(), issue, now, critical));
                });
        ids(root.putArray("starts_now"), outlook.startsNow());
        ids(root.putArray("critical_path"), outlook.criticalPath());
        root.putObject("stages_left")
                .put("all", outlook.stagesLeft().all())
                .put("on_critical_path", outlook.stagesLeft().onCriticalPath());
        ObjectNode forecast = root.putObject("forecast");
        StatusJson.text(forecast, "finish_at", outlook.forecast().finish().map(Times::iso));
        forecast.put("measured_stages", outlook.forecast().measuredStages());
        ids(forecast.putArray("starts"), outlook.forecast().starts());
        forecast.put("unreachable", outlook.forecast().unreachable());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void issue(
            ObjectNode node, IssueView issue, Set<IssueId> now, Set<IssueId> critical) {
        StatusJson.issue(node, issue);
        node.put("stage_index", issue.stageIndex());
        ArrayNode stages = node.putArray("stages");
        issue.stages().forEach(stages::add);
        issue.worker()
                .ifPresentOrElse(
                        worker -> node.put("worker", worker), () -> node.putNull("worker"));
        StatusJson.others(node, "waits_for", issue.id(), issue.waitsFor());
        node.put("blocked_forever", issue.blockedForever());
        node.put("starts_now", now.contains(issue.id()));
        node.put("on_critical_path", critical.contains(issue.id()));
        node.put("will_retry", issue.willRetry());
        StatusJson.text(
                node, "reason", Optional.of(issue.reason()).filter(reason -> !reason.isEmpty()));
    }

    private static void ids(ArrayNode array, List<IssueId> ids) {
        ids.forEach(id -> array.add(id.toString()));
    }
}
