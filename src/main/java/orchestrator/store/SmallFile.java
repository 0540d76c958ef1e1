package orchestrator.store;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The values of a small JSON object by their names; those of an object within it as {@code
 * outer.inner}. Lists are left out. What is missing or of another kind becomes the value asked for.
 * Immutable.
 */
record SmallFile(Map<String, String> values) {
    /**
     * Reads it.
     *
     * @throws JacksonException when it is no JSON
     */
    static SmallFile read(byte[] bytes) {
        Map<String, String> values = new HashMap<>();
        try (JsonParser json = StoreJson.Tokens.of(bytes, 0, bytes.length)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                read(json, "", values);
            }
        }
        return new SmallFile(values);
    }

    private static void read(JsonParser json, String outer, Map<String, String> values) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = outer + json.currentName();
            switch (json.nextToken()) {
                case START_OBJECT -> read(json, name + ".", values);
                case START_ARRAY -> json.skipChildren();
                case VALUE_NULL -> values.remove(name);
                default -> values.put(name, json.getString());
            }
        }
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A whole number; 0 where there is none. */
    long number(String name) {
        try {
            return Long.parseLong(values.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A number; 0 where there is none. */
    double decimal(String name) {
        try {
            return Double.parseDouble(values.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
