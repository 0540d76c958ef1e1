package orchestrator.store;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import orchestrator.model.PullRequest;
import orchestrator.model.PushState;
import orchestrator.model.Retries;
import orchestrator.model.StatusChanges;
import orchestrator.model.Trouble;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How a folded state looks in JSON: as {@link Shapes}, with maps, and without what stands for
 * nothing anyway. For what only the version reads that wrote it.
 */
final class StateShapes extends Shapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<Class<?>, Object> EMPTY =
            Map.of(
                    PushState.class, PushState.NONE,
                    PullRequest.class, PullRequest.NONE,
                    Retries.class, Retries.NONE,
                    Trouble.class, Trouble.NONE,
                    StatusChanges.class, StatusChanges.NONE);

    @Override
    @Nullable Object empty(Class<?> type) {
        Object empty = EMPTY.get(type);
        return empty == null ? super.empty(type) : empty;
    }

    @Override
    boolean isLeftOut(Shape shape, Object value) {
        try {
            return shape.missing().equals(value);
        } catch (NotUnderstood e) {
            return false; // It must be there.
        }
    }

    @Override
    Shape make(Type type) {
        if (type == OptionalInt.class) {
            return new OfOptionalInt();
        }
        if (type instanceof ParameterizedType generic) {
            boolean sorted = generic.getRawType() == PSortedMap.class;
            if (sorted || generic.getRawType() == Map.class) {
                return new OfMap(
                        of(generic.getActualTypeArguments()[0]),
                        of(generic.getActualTypeArguments()[1]),
                        sorted);
            }
        }
        return super.make(type);
    }

    private record OfOptionalInt() implements Shape {
        @Override
        public @Nullable JsonNode write(Object value) {
            OptionalInt number = (OptionalInt) value;
            return number.isPresent() ? JSON.numberNode(number.getAsInt()) : null;
        }

        @Override
        public Object read(JsonParser json) throws NotUnderstood {
            Integer number = integer(json);
            if (number == null) {
                throw new NotUnderstood("not a number: " + json.currentToken());
            }
            return OptionalInt.of(number);
        }

        @Override
        public Object missing() {
            return OptionalInt.empty();
        }
    }

    /** A key and its value by turns. */
    private record OfMap(Shape key, Shape value, boolean sorted) implements Shape {
        @Override
        public JsonNode write(Object map) {
            ArrayNode array = JSON.arrayNode();
            ((Map<?, ?>) map)
                    .forEach((k, v) -> {
                        array.add(key.write(k));
                        array.add(value.write(v));
                    });
            return array;
        }

        @Override
        public Object read(JsonParser json) throws NotUnderstood {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new NotUnderstood("not a map");
            }
            Map<Object, Object> map = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                Object name = key.read(json);
                json.nextToken();
                map.put(name, value.read(json));
            }
            return sorted ? persistent(map) : Map.copyOf(map);
        }

        /** Whose keys are of a type that is in order by itself. */
        @SuppressWarnings({"unchecked", "rawtypes"})
        private static Object persistent(Map<Object, Object> map) {
            return TreePMap.from((Map) map);
        }

        @Override
        public Object missing() {
            return sorted ? TreePMap.empty() : Map.of();
        }
    }
}
