package orchestrator.cli;

import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Times;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** The snapshot as the JSON that {@code status --json} promises; absent values are {@code null}. */
final class StatusJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** Over several lines, for people who look into it. */
    private static final class Indented extends ObjectWriteContext.Base {
        private final PrettyPrinter printer = new DefaultPrettyPrinter();

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private StatusJson() {}

    static String of(RunSnapshot snapshot) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(new Indented(), text)) {
            write(snapshot, json);
        }
        return text.toString();
    }

    private static void write(RunSnapshot snapshot, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("workspace", snapshot.workspace());
        json.writeStringProperty("session", snapshot.session());
        json.writeObjectPropertyStart("monitor");
        json.writeStringProperty("state", state(snapshot));
        snapshot.monitor()
                .pid()
                .ifPresentOrElse(
                        pid -> json.writeNumberProperty("pid", pid),
                        () -> json.writeNullProperty("pid"));
        json.writeEndObject();
        RunSnapshot.Totals totals = snapshot.totals();
        json.writeObjectPropertyStart("totals");
        json.writeNumberProperty("issues", totals.issues());
        json.writeNumberProperty("completed", totals.completed());
        json.writeNumberProperty("in_progress", totals.inProgress());
        json.writeNumberProperty("pending", totals.pending());
        json.writeNumberProperty("failed", totals.failed());
        json.writeNumberProperty("parked", totals.parked());
        json.writeEndObject();
        json.writeArrayPropertyStart("workers");
        snapshot.workers().forEach(worker -> worker(json, worker));
        json.writeEndArray();
        json.writeArrayPropertyStart("issues");
        snapshot.issues().forEach(issue -> issue(json, issue));
        json.writeEndArray();
        json.writeNumberProperty("cost_usd", snapshot.costUsd());
        json.writeEndObject();
    }

    /**
     * {@code running}, {@code paused} (it runs and launches nothing), {@code stopping}, {@code
     * stopped}.
     */
    private static String state(RunSnapshot snapshot) {
        MonitorState state = snapshot.monitor().state();
        return state == MonitorState.RUNNING && !snapshot.gate().open()
                ? "paused"
                : state.name().toLowerCase(Locale.ROOT);
    }

    private static void worker(JsonGenerator json, WorkerView worker) {
        boolean holds = worker.issue().isPresent();
        json.writeStartObject();
        json.writeNumberProperty("worker", worker.worker());
        json.writeStringProperty("status", worker.status().name().toLowerCase(Locale.ROOT));
        text(json, "project", worker.issue().map(id -> id.project()));
        worker.issue()
                .ifPresentOrElse(
                        id -> json.writeNumberProperty("issue", id.number()),
                        () -> json.writeNullProperty("issue"));
        text(json, "stage", Optional.of(worker.stage()).filter(stage -> !stage.isEmpty()));
        if (holds) {
            json.writeNumberProperty("stage_index", worker.stageIndex());
            json.writeNumberProperty("attempt", worker.attempt());
        } else {
            json.writeNullProperty("stage_index");
            json.writeNullProperty("attempt");
        }
        json.writeNumberProperty("retries", worker.retries());
        text(json, "started_at", worker.startedAt().map(Times::iso));
        text(json, "last_activity_at", worker.lastActivityAt().map(Times::iso));
        text(json, "branch", Optional.of(worker.branch()).filter(branch -> !branch.isEmpty()));
        text(json, "worktree", Optional.of(worker.worktree()).filter(path -> !path.isEmpty()));
        json.writeNumberProperty("cost_usd", worker.usage().costUsd());
        json.writeEndObject();
    }

    private static void issue(JsonGenerator json, IssueView issue) {
        json.writeStartObject();
        json.writeStringProperty("project", issue.id().project());
        json.writeNumberProperty("number", issue.id().number());
        json.writeStringProperty("title", issue.title());
        json.writeNumberProperty("wave", issue.wave());
        json.writeNumberProperty("priority", issue.priority());
        json.writeStringProperty("status", issue.status().word());
        boolean over = issue.status() == IssueStatus.COMPLETED;
        text(json, "stage", Optional.of(issue.stage()).filter(s -> !over && !s.isEmpty()));
        json.writeArrayPropertyStart("depends_on");
        issue.dependsOn()
                .forEach(id -> {
                    if (id.project().equals(issue.id().project())) {
                        json.writeNumber(id.number());
                    } else {
                        json.writeString(id.toString());
                    }
                });
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        value.ifPresentOrElse(
                text -> json.writeStringProperty(name, text), () -> json.writeNullProperty(name));
    }
}
