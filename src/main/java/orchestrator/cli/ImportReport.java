package orchestrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import orchestrator.config.NewIssue;
import orchestrator.model.Issue;
import orchestrator.model.IssueStatus;
import orchestrator.monitor.ImportPlan;
import orchestrator.monitor.Text;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an import does, for people and for scripts. Titles are those of strangers. */
final class ImportReport {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TITLE = 70;
    private static final int SENTENCE = 300;

    private final List<String> lines = new ArrayList<>();

    private ImportReport() {}

    static String text(ImportPlan plan, boolean dryRun) {
        ImportReport report = new ImportReport();
        report.add(plan);
        report.lines.add(outcome(plan, dryRun));
        return String.join("\n", report.lines);
    }

    private void add(ImportPlan plan) {
        lines.add("Issues of %s for %s".formatted(plan.source(), plan.project().name()));
        Map<Integer, List<NewIssue>> waves =
                plan.added().stream()
                        .collect(
                                Collectors.groupingBy(
                                        issue -> issue.wave().orElseThrow(),
                                        TreeMap::new,
                                        Collectors.toList()));
        waves.forEach((wave, issues) -> {
            lines.add("Wave " + wave);
            issues.forEach(issue -> lines.add("  " + line(issue)));
        });
        if (!plan.updated().isEmpty()) {
            lines.add("Worded otherwise by now");
            plan.updated()
                    .forEach(each ->
                            lines.add("  " + named(each.issue().id().number(), each.title())));
        }
        if (!plan.unchanged().isEmpty()) {
            lines.add("Defined already, and left as they are");
            plan.unchanged()
                    .forEach(issue -> lines.add("  " + named(issue.id().number(), issue.title())));
        }
        if (!plan.leftOut().isEmpty()) {
            lines.add("Left out");
            plan.leftOut()
                    .forEach(each -> lines.add("  %s: %s".formatted(each.what(), each.reason())));
        }
        plan.notes().forEach(note -> lines.add("Note: " + Text.oneLine(note, SENTENCE)));
    }

    private static String line(NewIssue issue) {
        String after =
                issue.dependsOn().isEmpty()
                        ? ""
                        : "  after "
                                + issue.dependsOn().stream()
                                        .map(id -> "#" + id.number())
                                        .collect(Collectors.joining(", "));
        String done = issue.status() == IssueStatus.COMPLETED ? "  (completed already)" : "";
        return named(issue.number(), issue.title()) + after + done;
    }

    private static String named(int number, String title) {
        return "%-6s %s".formatted("#" + number, Text.oneLine(title, TITLE));
    }

    private static String outcome(ImportPlan plan, boolean dryRun) {
        if (plan.isEmpty()) {
            return "Nothing to write.";
        }
        List<String> parts = new ArrayList<>();
        if (!plan.added().isEmpty()) {
            parts.add(counted(plan.added().size(), dryRun, "added", true));
        }
        if (!plan.updated().isEmpty()) {
            parts.add(counted(plan.updated().size(), dryRun, "updated", parts.isEmpty()));
        }
        String what = String.join(", ", parts) + ".";
        return dryRun
                ? "Nothing was written (--dry-run): " + what
                : "Wrote %s: %s".formatted(plan.project().configFile(), what);
    }

    /** {@code 2 issues would be added}; behind another part only {@code 2 updated}. */
    private static String counted(int count, boolean dryRun, String done, boolean first) {
        String what = first ? count == 1 ? "1 issue " : count + " issues " : count + " ";
        return what + (dryRun && first ? "would be " : "") + done;
    }

    static String json(ImportPlan plan, boolean dryRun) {
        ObjectNode root = JSON.createObjectNode();
        root.put("project", plan.project().name());
        root.put("file", plan.project().configFile().toString());
        root.put("source", plan.source());
        root.put("dry_run", dryRun);
        ArrayNode added = root.putArray("added");
        for (NewIssue issue : plan.added()) {
            ObjectNode node = added.addObject();
            node.put("number", issue.number());
            node.put("title", issue.title());
            node.put("wave", issue.wave().orElseThrow());
            node.put("priority", issue.priority().orElseThrow());
            node.put("status", issue.status().word());
            ArrayNode on = node.putArray("depends_on");
            issue.dependsOn().forEach(id -> on.add(id.number()));
        }
        ArrayNode updated = root.putArray("updated");
        plan.updated()
                .forEach(each ->
                        updated.addObject()
                                .put("number", each.issue().id().number())
                                .put("title", each.title()));
        ArrayNode unchanged = root.putArray("unchanged");
        plan.unchanged().stream().map(Issue::id).forEach(id -> unchanged.add(id.number()));
        ArrayNode leftOut = root.putArray("left_out");
        plan.leftOut()
                .forEach(each ->
                        leftOut.addObject().put("what", each.what()).put("reason", each.reason()));
        ArrayNode notes = root.putArray("notes");
        plan.notes().forEach(notes::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
