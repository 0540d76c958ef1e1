package orchestrator.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import orchestrator.model.Issue;
import orchestrator.model.IssueId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Values of an issue's keys that an edit wants; an empty one takes the key out, so that its default
 * holds.
 */
public record IssueFields(Map<String, Optional<JsonNode>> wanted) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    public IssueFields {
        wanted = Map.copyOf(wanted);
        if (!Keys.ISSUE.containsAll(wanted.keySet()) || wanted.containsKey("number")) {
            throw new IllegalArgumentException("not keys of an issue that can be set: " + wanted);
        }
    }

    /** A place in the plan. */
    public static IssueFields placed(int wave, int priority) {
        return new IssueFields(
                Map.of(
                        "wave", Optional.of(JSON.numberNode(wave)),
                        "priority", Optional.of(JSON.numberNode(priority))));
    }

    /** Title and text, as far as they are given. */
    public static IssueFields worded(Optional<String> title, Optional<String> description) {
        Map<String, Optional<JsonNode>> wanted = new LinkedHashMap<>();
        title.ifPresent(words -> wanted.put("title", Optional.of(JSON.stringNode(words))));
        description.ifPresent(words -> wanted.put("description", text(words)));
        return new IssueFields(wanted);
    }

    /**
     * What makes {@code before} into {@code after}: only what differs. Number and status are never
     * among it: the one is the issue's name, the other the journal's to say.
     */
    public static IssueFields between(Issue before, Issue after) {
        Map<String, Optional<JsonNode>> wanted = new LinkedHashMap<>();
        Difference difference = new Difference(before, after, wanted);
        difference.of("title", Issue::title, title -> Optional.of(JSON.stringNode(title)));
        difference.of("description", Issue::description, IssueFields::text);
        difference.of("wave", Issue::wave, wave -> Optional.of(JSON.numberNode(wave)));
        difference.of(
                "priority", Issue::priority, priority -> Optional.of(JSON.numberNode(priority)));
        difference.of(
                "depends_on", Issue::dependsOn, list -> dependencies(list, after.id().project()));
        difference.of("repo", Issue::repo, IssueFields::text);
        difference.of("task_type", Issue::taskType, IssueFields::text);
        difference.of("branch", Issue::branch, branch -> branch.flatMap(IssueFields::text));
        difference.of("pipeline_stage", Issue::initialStage, at -> at.flatMap(IssueFields::text));
        difference.of("exclusive", Issue::exclusive, IssueFields::names);
        difference.of(
                "max_budget_usd",
                Issue::maxBudgetUsd,
                budget ->
                        budget.isPresent()
                                ? Optional.of(JSON.numberNode(budget.getAsDouble()))
                                : Optional.empty());
        return new IssueFields(wanted);
    }

    private record Difference(Issue before, Issue after, Map<String, Optional<JsonNode>> wanted) {
        <T> void of(String key, Function<Issue, T> value, Function<T, Optional<JsonNode>> json) {
            T now = value.apply(after);
            if (!Objects.equals(value.apply(before), now)) {
                wanted.put(key, json.apply(now));
            }
        }
    }

    private static Optional<JsonNode> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(JSON.stringNode(text));
    }

    private static Optional<JsonNode> names(Collection<String> names) {
        ArrayNode list = JSON.arrayNode();
        names.forEach(list::add);
        return names.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    private static Optional<JsonNode> dependencies(Collection<IssueId> ids, String project) {
        ArrayNode list = JSON.arrayNode();
        ids.forEach(id -> list.add(dependency(id, project)));
        return ids.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    /** As it is written in that project's file. */
    static JsonNode dependency(IssueId id, String project) {
        return id.project().equals(project)
                ? JSON.numberNode(id.number())
                : JSON.stringNode(id.toString());
    }
}
