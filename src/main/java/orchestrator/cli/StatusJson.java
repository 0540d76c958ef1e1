package orchestrator.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import orchestrator.model.IssueId;
import orchestrator.model.IssueStatus;
import orchestrator.model.RunSnapshot;
import orchestrator.model.RunSnapshot.IssueView;
import orchestrator.model.RunSnapshot.MonitorState;
import orchestrator.model.RunSnapshot.WorkerView;
import orchestrator.monitor.Times;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The snapshot as the JSON that {@code status --json} promises; absent values are {@code null}. */
final class StatusJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StatusJson() {}

    static String of(RunSnapshot snapshot) {
        ObjectNode root = JSON.createObjectNode();
        root.put("workspace", snapshot.workspace());
        root.put("session", snapshot.session());
        monitor(root, snapshot);
        totals(root, snapshot.totals());
        ArrayNode workers = root.putArray("workers");
        snapshot.workers().forEach(worker -> worker(workers.addObject(), worker));
        ArrayNode issues = root.putArray("issues");
        snapshot.issues().forEach(issue -> issue(issues.addObject(), issue));
        root.put("cost_usd", snapshot.costUsd());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    static void monitor(ObjectNode root, RunSnapshot snapshot) {
        ObjectNode monitor = root.putObject("monitor");
        monitor.put("state", state(snapshot));
        snapshot.monitor()
                .pid()
                .ifPresentOrElse(pid -> monitor.put("pid", pid), () -> monitor.putNull("pid"));
    }

    static void totals(ObjectNode root, RunSnapshot.Totals totals) {
        root.putObject("totals")
                .put("issues", totals.issues())
                .put("completed", totals.completed())
                .put("in_progress", totals.inProgress())
                .put("pending", totals.pending())
                .put("failed", totals.failed())
                .put("parked", totals.parked());
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

    private static void worker(ObjectNode node, WorkerView worker) {
        boolean holds = worker.issue().isPresent();
        node.put("worker", worker.worker());
        node.put("status", worker.status().name().toLowerCase(Locale.ROOT));
        text(node, "project", worker.issue().map(id -> id.project()));
        worker.issue()
                .ifPresentOrElse(id -> node.put("issue", id.number()), () -> node.putNull("issue"));
        text(node, "stage", Optional.of(worker.stage()).filter(stage -> !stage.isEmpty()));
        if (holds) {
            node.put("stage_index", worker.stageIndex());
            node.put("attempt", worker.attempt());
        } else {
            node.putNull("stage_index");
            node.putNull("attempt");
        }
        node.put("retries", worker.retries());
        text(node, "started_at", worker.startedAt().map(Times::iso));
        text(node, "last_activity_at", worker.lastActivityAt().map(Times::iso));
        text(node, "branch", Optional.of(worker.branch()).filter(branch -> !branch.isEmpty()));
        text(node, "worktree", Optional.of(worker.worktree()).filter(path -> !path.isEmpty()));
        node.put("cost_usd", worker.usage().costUsd());
    }

    static void issue(ObjectNode node, IssueView issue) {
        node.put("project", issue.id().project());
        node.put("number", issue.id().number());
        node.put("title", issue.title());
        node.put("wave", issue.wave());
        node.put("priority", issue.priority());
        node.put("status", issue.status().word());
        boolean over = issue.status() == IssueStatus.COMPLETED;
        text(node, "stage", Optional.of(issue.stage()).filter(s -> !over && !s.isEmpty()));
        others(node, "depends_on", issue.id(), issue.dependsOn());
    }

    /** Those of the issue's own project by their numbers alone, as in the files. */
    static void others(ObjectNode node, String name, IssueId of, List<IssueId> ids) {
        ArrayNode array = node.putArray(name);
        ids.forEach(id -> {
            if (id.project().equals(of.project())) {
                array.add(id.number());
            } else {
                array.add(id.toString());
            }
        });
    }

    static void text(ObjectNode node, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> node.put(name, text), () -> node.putNull(name));
    }
}
