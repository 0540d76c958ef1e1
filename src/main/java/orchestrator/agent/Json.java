package orchestrator.agent;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON of unknown make: nothing here throws for what is absent, odd or of another type. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();
    private static final JsonMapper STRICT = JsonMapper.builder().build();
    private static final long LATEST_SECOND = 253_402_300_799L;

    private Json() {}

    /**
     * The object that bytes hold, read without decoding them first and without a field nobody
     * wants; empty when it is not one, or not quite: then {@link #object(String)} may still read
     * it.
     *
     * @param unwanted the name of a field of the object
     */
    static Optional<JsonNode> object(byte[] bytes, int length, String unwanted) {
        try (JsonParser parser = STRICT.createParser(bytes, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            ObjectNode object = STRICT.createObjectNode();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals(unwanted)) {
                    parser.skipChildren();
                } else {
                    JsonNode value = parser.readValueAsTree();
                    object.set(name, value);
                }
            }
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (JacksonException notQuite) {
            return Optional.empty();
        }
    }

    /** The object a line holds; empty when it is not one. */
    static Optional<JsonNode> object(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** A string field; empty when absent or not a string. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.asString("") : "";
    }

    /** A number field, never negative; 0 when absent or not a number; at most 10¹⁵. */
    static long count(JsonNode node, String field) {
        return (long) Math.min(amount(node, field), 1e15);
    }

    /** A number field, finite and never negative; else 0. */
    static double amount(JsonNode node, String field) {
        JsonNode value = node.path(field);
        double number = value.isNumber() ? value.asDouble(0) : 0;
        return Double.isFinite(number) && number > 0 ? number : 0;
    }

    static boolean flag(JsonNode node, String field) {
        return node.path(field).asBoolean(false);
    }

    /** Whether a field says something: present, and neither null, false nor the empty string. */
    static boolean says(JsonNode node, String field) {
        JsonNode value = node.path(field);
        boolean silent =
                value.isMissingNode()
                        || value.isNull()
                        || (value.isBoolean() && !value.asBoolean(false))
                        || (value.isString() && value.asString("").isEmpty());
        return !silent;
    }

    /** An epoch time in seconds, or in milliseconds where it can be nothing else. */
    static Optional<Instant> time(JsonNode node, String field) {
        long value = count(node, field);
        return value == 0 ? Optional.empty() : Optional.of(epoch(value));
    }

    /** The instant of an epoch time, seconds or milliseconds. */
    static Instant epoch(long value) {
        // 100,000,000,000 s is in the year 5138; as milliseconds it was 1973.
        Instant instant =
                value >= 100_000_000_000L
                        ? Instant.ofEpochMilli(value)
                        : Instant.ofEpochSecond(value);
        Instant latest = Instant.ofEpochSecond(LATEST_SECOND);
        return instant.isAfter(latest) ? latest : instant;
    }
}
