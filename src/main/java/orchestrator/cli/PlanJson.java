package orchestrator.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import orchestrator.model.IssueId;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.monitor.Times;
import orchestrator.rules.Forecast;
import orchestrator.rules.Outlook;
import tools.jackson.core.JsonGenerator;

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
    private PlanJson() {}

    static String of(RunSnapshot snapshot, Outlook outlook) {
        Set<IssueId> now = Set.copyOf(outlook.startsNow());
        Set<IssueId> critical = Set.copyOf(outlook.criticalPath());
        return JsonText.of(json -> {
            json.writeStringProperty("workspace", snapshot.workspace());
            json.writeStringProperty("session", snapshot.session());
            json.writeStringProperty("at", Times.iso(snapshot.at()));
            StatusJson.monitor(json, snapshot);
            StatusJson.totals(json, snapshot.totals());
            JsonText.objects(
                    json,
                    "waves",
                    PlanText.waves(snapshot.issues()).entrySet(),
                    wave -> {
                        json.writeNumberProperty("wave", wave.getKey());
                        JsonText.objects(
                                json,
                                "issues",
                                wave.getValue(),
                                issue -> issue(json, issue, now, critical));
                    });
            ids(json, "starts_now", outlook.startsNow());
            ids(json, "critical_path", outlook.criticalPath());
            json.writeObjectPropertyStart("stages_left");
            json.writeNumberProperty("all", outlook.stagesLeft().all());
            json.writeNumberProperty("on_critical_path", outlook.stagesLeft().onCriticalPath());
            json.writeEndObject();
            forecast(json, outlook.forecast());
        });
    }

    private static void forecast(JsonGenerator json, Forecast forecast) {
        json.writeObjectPropertyStart("forecast");
        JsonText.text(json, "finish_at", forecast.finish().map(Times::iso));
        json.writeNumberProperty("measured_stages", forecast.measuredStages());
        ids(json, "starts", forecast.starts());
        json.writeNumberProperty("unreachable", forecast.unreachable());
        json.writeEndObject();
    }

    private static void issue(
            JsonGenerator json, IssueView issue, Set<IssueId> now, Set<IssueId> critical) {
        StatusJson.issue(json, issue);
        json.writeNumberProperty("stage_index", issue.stageIndex());
        json.writeArrayPropertyStart("stages");
        issue.stages().forEach(json::writeString);
        json.writeEndArray();
        JsonText.number(json, "worker", issue.worker());
        JsonText.others(json, "waits_for", issue.id(), issue.waitsFor());
        json.writeBooleanProperty("blocked_forever", issue.blockedForever());
        json.writeBooleanProperty("starts_now", now.contains(issue.id()));
        json.writeBooleanProperty("on_critical_path", critical.contains(issue.id()));
        json.writeBooleanProperty("will_retry", issue.willRetry());
        JsonText.text(
                json, "reason", Optional.of(issue.reason()).filter(reason -> !reason.isEmpty()));
    }

    private static void ids(JsonGenerator json, String name, List<IssueId> ids) {
        json.writeArrayPropertyStart(name);
        ids.forEach(id -> json.writeString(id.toString()));
        json.writeEndArray();
    }
}
