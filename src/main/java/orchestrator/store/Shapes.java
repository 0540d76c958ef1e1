package orchestrator.store;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import orchestrator.model.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the values inside events look in JSON, derived from their types once: records are objects of
 * their components, sealed interfaces objects with a {@code type}, constants lower case with
 * hyphens. A component of a kind not known here fails at once, when the shapes are built.
 */
class Shapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Records that stand for "nothing" when an older version did not write them. */
    private static final Map<Class<?>, Object> EMPTY_RECORDS = Map.of(Usage.class, Usage.NONE);

    private final Map<Type, Shape> known = new LinkedHashMap<>();

    /** A value that this version cannot read. */
    static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1L;

        NotUnderstood(String what) {
            super(what);
        }
    }

    /** One kind of value. */
    interface Shape {
        /** Returns null when the value is left out. */
        @Nullable JsonNode write(Object value);

        /**
         * Reads the value whose first token the parser stands at, and stops at its last. After it
         * throws, the parser stands anywhere.
         */
        Object read(JsonParser json) throws NotUnderstood;

        /** What stands for a value that was not written. */
        Object missing() throws NotUnderstood;

        default Object readOrMissing(JsonParser json) throws NotUnderstood {
            return json.currentToken() == JsonToken.VALUE_NULL ? missing() : read(json);
        }
    }

    /** {@code UsageLimit} and {@code USAGE_LIMIT} become {@code usage-limit}. */
    static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }

    /** The records a sealed interface permits, through nested ones. */
    static List<Class<?>> leaves(Class<?> sealed) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                found.addAll(leaves(permitted));
            } else {
                found.add(permitted);
            }
        }
        return found;
    }

    OfRecord ofRecord(Class<?> type) {
        return (OfRecord) of(type);
    }

    Shape of(Type type) {
        Shape shape = known.get(type);
        if (shape == null) {
            shape = make(type);
            known.put(type, shape);
        }
        return shape;
    }

    /** Stands for a record that was not written; null: such a one must be there. */
    @Nullable Object empty(Class<?> type) {
        return EMPTY_RECORDS.get(type);
    }

    /** Whether a component need not be written. */
    boolean isLeftOut(Shape shape, Object value) {
        return false;
    }

    Shape make(Type type) {
        if (type instanceof ParameterizedType generic) {
            Shape inner = of(generic.getActualTypeArguments()[0]);
            if (generic.getRawType() == Optional.class) {
                return new OfOptional(inner);
            }
            if (generic.getRawType() == List.class) {
                return new OfList(inner);
            }
        } else if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return new OfRecord(plain, this);
            }
            if (plain.isEnum()) {
                return new OfEnum(plain);
            }
            if (plain.isSealed()) {
                return new OfSealed(plain, this);
            }
            return scalar(plain);
        }
        throw new IllegalStateException("no JSON is known for a " + type.getTypeName());
    }

    private static Shape scalar(Class<?> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (boxed == String.class) {
            return new Scalar(value -> JSON.stringNode((String) value), Shapes::string, "");
        }
        if (boxed == Instant.class) {
            return new Scalar(
                    value -> JSON.stringNode(value.toString()), Shapes::instant, Instant.EPOCH);
        }
        if (boxed == Boolean.class) {
            return new Scalar(
                    value -> JSON.booleanNode((Boolean) value),
                    json ->
                            switch (json.currentToken()) {
                                case VALUE_TRUE -> true;
                                case VALUE_FALSE -> false;
                                default -> null;
                            },
                    false);
        }
        if (boxed == Integer.class) {
            return new Scalar(value -> JSON.numberNode((Integer) value), Shapes::integer, 0);
        }
        if (boxed == Long.class) {
            return new Scalar(
                    value -> JSON.numberNode((Long) value),
                    json ->
                            json.currentToken() == JsonToken.VALUE_NUMBER_INT
                                            && json.getNumberType() != NumberType.BIG_INTEGER
                                    ? json.getLongValue()
                                    : null,
                    0L);
        }
        if (boxed == Double.class) {
            return new Scalar(
                    value -> JSON.numberNode(finite((Double) value)),
                    json -> json.currentToken().isNumeric() ? json.getDoubleValue() : null,
                    0.0);
        }
        throw new IllegalStateException("no JSON is known for a " + type.getName());
    }

    /** A record: an object of its components. */
    static final class OfRecord implements Shape {
        private final Class<?> type;
        private final Constructor<?> constructor;
        private final Shapes all;
        private final Method[] accessors;
        private final Shape[] shapes;
        private final Map<String, Integer> index = new HashMap<>();

        OfRecord(Class<?> type, Shapes all) {
            this.type = type;
            this.all = all;
            RecordComponent[] components = type.getRecordComponents();
            accessors = new Method[components.length];
            shapes = new Shape[components.length];
            for (int i = 0; i < components.length; i++) {
                accessors[i] = components[i].getAccessor();
                shapes[i] = all.of(components[i].getGenericType());
                index.put(components[i].getName(), i);
            }
            try {
                constructor =
                        type.getDeclaredConstructor(
                                Arrays.stream(components)
                                        .map(RecordComponent::getType)
                                        .toArray(Class<?>[]::new));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        void writeInto(ObjectNode object, Object value) {
            for (int i = 0; i < shapes.length; i++) {
                Method accessor = accessors[i];
                try {
                    Object component = accessor.invoke(value);
                    if (all.isLeftOut(shapes[i], component)) {
                        continue;
                    }
                    JsonNode json = shapes[i].write(component);
                    if (json != null) {
                        object.set(accessor.getName(), json);
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("cannot read " + accessor, e);
                }
            }
        }

        @Override
        public JsonNode write(Object value) {
            ObjectNode object = JSON.objectNode();
            writeInto(object, value);
            return object;
        }

        @Override
        public Object read(JsonParser json) throws NotUnderstood {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new NotUnderstood("not an object");
            }
            return readComponents(json);
        }

        /** The same of an object of which a part has been read. */
        Object readComponents(JsonParser json) throws NotUnderstood {
            Object[] values = new Object[shapes.length];
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                Integer at = index.get(json.currentName());
                json.nextToken();
                if (at == null) {
                    json.skipChildren();
                } else {
                    values[at] = shapes[at].readOrMissing(json);
                }
            }
            for (int i = 0; i < values.length; i++) {
                if (values[i] == null) {
                    values[i] = shapes[i].missing();
                }
            }
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                throw new NotUnderstood(type.getSimpleName() + " refuses: " + e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot make " + type, e);
            }
        }

        @Override
        public Object missing() throws NotUnderstood {
            Object empty = all.empty(type);
            if (empty == null) {
                throw new NotUnderstood("no " + type.getSimpleName());
            }
            return empty;
        }
    }

    /** A sealed interface: its record's object with a type before the components. */
    private static final class OfSealed implements Shape {
        private final Map<String, OfRecord> byType = new LinkedHashMap<>();

        OfSealed(Class<?> sealed, Shapes all) {
            for (Class<?> leaf : leaves(sealed)) {
                byType.put(kebab(leaf.getSimpleName()), all.ofRecord(leaf));
            }
        }

        @Override
        public JsonNode write(Object value) {
            String name = kebab(value.getClass().getSimpleName());
            ObjectNode object = JSON.objectNode();
            object.put("type", name);
            OfRecord shape = byType.get(name);
            if (shape == null) {
                throw new IllegalStateException("no shape for " + value.getClass());
            }
            shape.writeInto(object, value);
            return object;
        }

        @Override
        public Object read(JsonParser json) throws NotUnderstood {
            String type = typeOf(json);
            OfRecord shape = byType.get(type);
            if (shape == null) {
                throw new NotUnderstood("type " + type);
            }
            return shape.readComponents(json);
        }

        @Override
        public Object missing() throws NotUnderstood {
            throw new NotUnderstood("nothing given");
        }
    }

    private record OfOptional(Shape inner) implements Shape {
        @Override
        public @Nullable JsonNode write(Object value) {
            Object present = ((Optional<?>) value).orElse(null);
            return present == null ? null : inner.write(present);
        }

        @Override
        public Object read(JsonParser json) throws NotUnderstood {
            return Optional.of(inner.read(json));
        }

        @Override
        public Object missing() {
            return Optional.empty();
        }
    }

    private record OfList(Shape inner) implements Shape {
        @Override
        public JsonNode write(Object value) {
            ArrayNode array = JSON.arrayNode();
            for (Object element : (List<?>) value) {
                JsonNode json = inner.write(element);
                if (json != null) {
                    array.add(json);
                }
            }
            return array;
        }

        @Override
        public Object read(JsonParser json) throws NotUnderstood {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new NotUnderstood("not a list");
            }
            List<Object> values = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                values.add(inner.readOrMissing(json));
            }
            return List.copyOf(values);
        }

        @Override
        public Object missing() {
            return List.of();
        }
    }

    private static final class OfEnum implements Shape {
        private final Map<String, Object> byName = new LinkedHashMap<>();
        private final Object first;

        OfEnum(Class<?> type) {
            Object[] constants = type.getEnumConstants();
            first = constants[0];
            for (Object constant : constants) {
                byName.put(kebab(((Enum<?>) constant).name()), constant);
            }
        }

        @Override
        public JsonNode write(Object value) {
            return JSON.stringNode(kebab(((Enum<?>) value).name()));
        }

        @Override
        public Object read(JsonParser json) throws NotUnderstood {
            String name = string(json);
            Object constant = name == null ? null : byName.get(name);
            if (constant == null) {
                throw new NotUnderstood("constant " + name);
            }
            return constant;
        }

        @Override
        public Object missing() {
            return first;
        }
    }

    /** A value that is one JSON value. */
    private record Scalar(Function<Object, JsonNode> writer, Reader reader, Object missing)
            implements Shape {
        /** Returns null when the JSON is of another kind. */
        interface Reader {
            @Nullable Object read(JsonParser json);
        }

        @Override
        public JsonNode write(Object value) {
            return writer.apply(value);
        }

        @Override
        public Object read(JsonParser json) throws NotUnderstood {
            Object value = reader.read(json);
            if (value == null) {
                throw new NotUnderstood("a value of another kind: " + json.currentToken());
            }
            return value;
        }
    }

    /**
     * The type of the object that begins here; it is written before all else. The parser then
     * stands behind it.
     */
    static String typeOf(JsonParser json) throws NotUnderstood {
        if (json.currentToken() != JsonToken.START_OBJECT
                || json.nextToken() != JsonToken.PROPERTY_NAME
                || !json.currentName().equals("type")
                || json.nextToken() != JsonToken.VALUE_STRING) {
            throw new NotUnderstood("no type comes first");
        }
        return json.getString();
    }

    private static @Nullable String string(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
    }

    static @Nullable Integer integer(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && json.getNumberType() == NumberType.INT
                ? json.getIntValue()
                : null;
    }

    private static @Nullable Object instant(JsonParser json) {
        String text = string(json);
        try {
            return text == null ? null : Instants.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Not-a-number and infinity have no JSON and become 0. */
    private static double finite(double number) {
        return Double.isFinite(number) ? number : 0;
    }
}
