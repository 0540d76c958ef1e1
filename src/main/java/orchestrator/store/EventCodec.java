package orchestrator.store;

import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.model.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
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
        return StoreJson.MAPPER.writeValueAsString(toJson(event));
    }

    /**
     * The opposite of {@link #write}.
     *
     * @throws IllegalArgumentException when it is not a JSON object with a type
     */
    public Event read(String json) {
        try {
            return fromTree(StoreJson.MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    ObjectNode toJson(Event event) {
        if (event instanceof Event.Unknown unknown) {
            if (StoreJson.MAPPER.readTree(unknown.json()) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("not a JSON object: " + unknown.json());
        }
        String type = Shapes.kebab(event.getClass().getSimpleName());
        Shapes.OfRecord shape = BY_TYPE.get(type);
        if (shape == null) {
            throw new IllegalStateException("no shape for " + event.getClass());
        }
        ObjectNode object = StoreJson.MAPPER.createObjectNode();
        object.put("type", type);
        shape.writeInto(object, event);
        return object;
    }

    /**
     * Reads the event that begins at the parser's token, up to its end: the quick way.
     *
     * @throws Shapes.NotUnderstood when it takes {@link #readOrCarry}, from a parser that stands at
     *     the event's begin
     */
    Event read(JsonParser json) throws Shapes.NotUnderstood {
        String type = Shapes.typeOf(json);
        Shapes.OfRecord shape = BY_TYPE.get(type);
        if (shape == null) {
            throw new Shapes.NotUnderstood("type " + type);
        }
        return (Event) shape.readComponents(json);
    }

    /**
     * The same of any event.
     *
     * @throws IllegalArgumentException when it is not a JSON object with a type
     */
    Event readOrCarry(JsonParser json) {
        return fromTree(StoreJson.PARTS.readTree(json));
    }

    private Event fromTree(JsonNode json) {
        JsonNode type = json.get("type");
        if (type == null || !type.isString()) {
            throw new IllegalArgumentException("an event without a type");
        }
        ObjectNode typeFirst = StoreJson.MAPPER.createObjectNode();
        typeFirst.set("type", type);
        typeFirst.setAll((ObjectNode) json);
        byte[] bytes = StoreJson.MAPPER.writeValueAsBytes(typeFirst);
        try (JsonParser parser = StoreJson.Tokens.of(bytes, 0, bytes.length)) {
            parser.nextToken();
            return read(parser);
        } catch (Shapes.NotUnderstood e) {
            return new Event.Unknown(type.stringValue(), StoreJson.MAPPER.writeValueAsString(json));
        }
    }
}
