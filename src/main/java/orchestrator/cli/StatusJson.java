package orchestrator.cli;

import java.util.Locale;
import java.util.Optional;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Times;
import tools.jackson.core.JsonGenerator;

/** The snapshot as the JSON that {@code status --json} promises; absent values are {@code null}. */
final class StatusJson {
    private StatusJson() {}

    static String of(RunSnapshot snapshot) {
        return JsonText.of(json -> {
            json.writeStringProperty("workspace", snapshot.workspace());
            json.writeStringProperty("session", snapshot.session());
            monitor(json, snapshot);
            totals(json, snapshot.totals());
            JsonText.objects(json, "workers", snapshot.workers(), worker -> worker(json, worker));
            JsonText.objects(json, "issues", snapshot.issues(), issue -> issue(json, issue));
            json.writeNumberProperty("cost_usd", snapshot.costUsd());
        });
    }

    /** Whether one runs, and its process. */
    static void monitor(JsonGenerator json, RunSnapshot snapshot) {
        json.writeObjectPropertyStart("monitor");
        json.writeStringProperty("state", state(snapshot));
        JsonText.number(json, "pid", snapshot.monitor().pid());
        json.writeEndObject();
    }

    /** How many issues stand where. */
    static void totals(JsonGenerator json, RunSnapshot.Totals totals) {
        json.writeObjectPropertyStart("totals");
        json.writeNumberProperty("issues", totals.issues());
        json.writeNumberProperty("completed", totals.completed());
        json.writeNumberProperty("in_progress", totals.inProgress());
        json.writeNumberProperty("pending", totals.pending());
        json.writeNumberProperty("failed", totals.failed());
        json.writeNumberProperty("parked", totals.parked());
        json.writeEndObject();
    }

    /**
     * Here a paused run is one that starts nothing, whoever paused it: a person, the usage limit, a
     * budget.
     */
    private static String state(RunSnapshot snapshot) {
        MonitorState state = snapshot.monitor().state();
        return state == MonitorState.RUNNING && !snapshot.gate().open()
                ? "paused"
                : state.name().toLowerCase(Locale.ROOT);
    }

    private static void worker(JsonGenerator json, WorkerView worker) {
        Optional<WorkerView> holding = Optional.of(worker).filter(it -> it.issue().isPresent());
        json.writeNumberProperty("worker", worker.worker());
        json.writeStringProperty("status", worker.status().name().toLowerCase(Locale.ROOT));
        JsonText.text(json, "project", worker.issue().map(id -> id.project()));
        JsonText.number(json, "issue", worker.issue().map(id -> id.number()));
        JsonText.text(json, "stage", Optional.of(worker.stage()).filter(stage -> !stage.isEmpty()));
        JsonText.number(json, "stage_index", holding.map(WorkerView::stageIndex));
        JsonText.number(json, "attempt", holding.map(WorkerView::attempt));
        json.writeNumberProperty("retries", worker.retries());
        JsonText.text(json, "started_at", worker.startedAt().map(Times::iso));
        JsonText.text(json, "last_activity_at", worker.lastActivityAt().map(Times::iso));
        JsonText.text(json, "branch", Optional.of(worker.branch()).filter(it -> !it.isEmpty()));
        JsonText.text(json, "worktree", Optional.of(worker.worktree()).filter(it -> !it.isEmpty()));
        json.writeNumberProperty("cost_usd", worker.usage().costUsd());
    }

    /** What is said of an issue wherever JSON speaks of it. */
    static void issue(JsonGenerator json, IssueView issue) {
        json.writeStringProperty("project", issue.id().project());
        json.writeNumberProperty("number", issue.id().number());
        json.writeStringProperty("title", issue.title());
        json.writeNumberProperty("wave", issue.wave());
        json.writeNumberProperty("priority", issue.priority());
        json.writeStringProperty("status", issue.status().word());
        boolean over = issue.status() == IssueStatus.COMPLETED;
        JsonText.text(json, "stage", Optional.of(issue.stage()).filter(s -> !over && !s.isEmpty()));
        JsonText.others(json, "depends_on", issue.id(), issue.dependsOn());
    }
}
