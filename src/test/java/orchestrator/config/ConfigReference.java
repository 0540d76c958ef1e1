package orchestrator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The tables of the configuration's keys, as the schema tells them, in Markdown. */
final class ConfigReference {
    /** Where each part of a project file stands in the schema, by its heading. */
    static final Map<String, String> PARTS = parts();

    private final JsonNode schema;

    ConfigReference(JsonNode schema) {
        this.schema = schema;
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("The file", "");
        parts.put("A repository of `repos`", "/$defs/repository");
        parts.put("`project_context`", "/properties/project_context");
        parts.put("A stage of `pipeline`, as an object", "/$defs/stage");
        parts.put("`agent`, as an object", "/$defs/agent");
        parts.put("An issue of `issues`", "/$defs/issue");
        parts.put("`timings`", "/properties/timings");
        return parts;
    }

    /** All tables, one after another. */
    String text() {
        StringBuilder text = new StringBuilder();
        PARTS.forEach((heading, pointer) ->
                text.append("\n## ").append(heading).append("\n\n").append(table(pointer)));
        return text.toString();
    }

    private String table(String pointer) {
        JsonNode part = schema.at(pointer);
        List<String> required =
                part.path("required").valueStream().map(JsonNode::asString).toList();
        return "| key | value | default | meaning |\n|---|---|---|---|\n"
                + part.path("properties").properties().stream()
                        .map(key ->
                                row(key.getKey(), key.getValue(), required.contains(key.getKey())))
                        .collect(Collectors.joining());
    }

    private String row(String key, JsonNode told, boolean required) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(key, value(told), required ? "required" : standard(told), meaning(told));
    }

    /** What may stand there. */
    private String value(JsonNode told) {
        if (told.has("enum")) {
            return told.path("enum")
                    .valueStream()
                    .map(word -> "`" + word.asString() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (told.has("oneOf")) {
            return told.path("oneOf")
                    .valueStream()
                    .map(this::value)
                    .distinct()
                    .collect(Collectors.joining(", or "));
        }
        if (told.has("$ref")) {
            return named(told.path("$ref").asString().replaceFirst(".*/", ""), told);
        }
        return switch (told.path("type").asString("")) {
            case "integer" -> "whole number" + range(told);
            case "number" -> "number" + range(told);
            case "boolean" -> "`true` or `false`";
            case "array" -> "list of: " + value(told.path("items"));
            case "object" ->
                    told.path("additionalProperties").isObject()
                            ? "object of: " + value(told.path("additionalProperties"))
                            : "object, see below";
            default -> "text";
        };
    }

    private String named(String definition, JsonNode told) {
        return switch (definition) {
            case "line" -> "text on one line";
            case "path" -> "path";
            case "command" -> "command for `sh -c`";
            case "inRepository" -> "path or glob in the repository";
            case "stageName" -> "name of a stage";
            case "stage", "agent", "issue", "repository" -> "object, see below";
            default -> value(schema.at(told.path("$ref").asString().substring(1)));
        };
    }

    private static String range(JsonNode told) {
        Optional<String> least =
                bound(told, "minimum")
                        .or(() -> bound(told, "exclusiveMinimum").map("above "::concat));
        Optional<String> most = bound(told, "maximum");
        if (least.isEmpty()) {
            return most.map(", at most "::concat).orElse("");
        }
        return ", " + least.get() + most.map(" to "::concat).orElse("");
    }

    private static Optional<String> bound(JsonNode told, String key) {
        return told.has(key) ? Optional.of(told.path(key).asString()) : Optional.empty();
    }

    private static String standard(JsonNode told) {
        JsonNode standard = told.path("default");
        if (standard.isMissingNode()) {
            return "";
        }
        return standard.isString() && standard.asString().isEmpty()
                ? "empty"
                : "`" + standard + "`";
    }

    private String meaning(JsonNode told) {
        List<String> sentences = new ArrayList<>();
        sentences.add(told.path("description").asString());
        told.path("examples")
                .valueStream()
                .forEach(example -> sentences.add("Such as `" + example + "`."));
        return String.join(" ", sentences).replace("<", "&lt;").replace("|", "\\|");
    }
}
