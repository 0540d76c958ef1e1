package orchestrator.store;

import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.model.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as JSON and back. An object's first field is {@code type}, the record's name in kebab
 * case; the others are its components. An empty Optional is left out.
 *
 * <p>Journals outlive versions, so reading is lenient where that is safe: fields that are not known
 * are passed over, fields that are missing become empty, zero, the epoch, or an enum's first
 * constant. An event of an unknown type, or one with a value that this version cannot understand
 * (an unknown constant or outcome), becomes {@link Event.Unknown} and is written back as it was:
 * nothing is guessed. Immutable; safe on any thread.
 */
public final class EventCodec {
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    /** Found by reflection, once. */
    private static final Map<String, Shapes.OfRecord> BY_TYPE = byType();

    private static Map<String, Shapes.OfRecord> byType() {
        Map<String, Shapes.OfRecord> byType = new LinkedHashMap<>();
        Shapes shapes = new Shapes();
        for (Class<?> type : Shapes.leaves(Event.class)) {
            if (type != Event.Unknown.class) {
                byType.put(Shapes.kebab(type.getSimpleName()), shapes.ofRecord(type));
            }
        }
        return byType;
    }

    /** The event as one line of JSON. */
    public String write(Event event) {
        return MAPPER.writeValueAsString(toJson(event));
    }

    /**
     * The opposite of {@link #write}.
     *
     * @throws IllegalArgumentException when it is not a JSON object with a type
     */
    public Event read(String json) {
        try {
            return fromJson(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    ObjectNode toJson(Event event) {
        if (event instanceof Event.Unknown unknown) {
            if (MAPPER.readTree(unknown.json()) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("not a JSON object: " + unknown.json());
        }
        String type = Shapes.kebab(event.getClass().getSimpleName());
        Shapes.OfRecord shape = BY_TYPE.get(type);
        if (shape == null) {
            throw new IllegalStateException("no shape for " + event.getClass());
        }
        ObjectNode object = MAPPER.createObjectNode();
        object.put("type", type);
        shape.writeInto(object, event);
        return object;
    }

    Event fromJson(JsonNode json) {
        JsonNode type = json.get("type");
        if (type == null || !type.isString()) {
            throw new IllegalArgumentException("an event without a type");
        }
        Shapes.OfRecord shape = BY_TYPE.get(type.stringValue());
        if (shape != null) {
            try {
                return (Event) shape.read(json);
            } catch (Shapes.NotUnderstood e) {
                return unknown(type, json);
            }
        }
        return unknown(type, json);
    }

    private static Event unknown(JsonNode type, JsonNode json) {
        return new Event.Unknown(type.stringValue(), MAPPER.writeValueAsString(json));
    }
}
