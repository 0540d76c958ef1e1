package orchestrator.cli;

import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.model.IssueId;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * What all commands print with {@code --json}: one object over several lines, for scripts and for
 * people who look into it. Written as a stream: to load what binds objects takes longer than a
 * {@code status}.
 */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private static final class Indented extends ObjectWriteContext.Base {
        private final PrettyPrinter printer = new DefaultPrettyPrinter();

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private JsonText() {}

    /** The object with what is written into it; no line end follows. */
    static String of(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(new Indented(), text)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** A text, or {@code null}. */
    static void text(JsonGenerator json, String name, Optional<String> value) {
        value.ifPresentOrElse(
                text -> json.writeStringProperty(name, text), () -> json.writeNullProperty(name));
    }

    /** A number, or {@code null}. */
    static void number(JsonGenerator json, String name, Optional<? extends Number> value) {
        value.ifPresentOrElse(
                number -> json.writeNumberProperty(name, number.longValue()),
                () -> json.writeNullProperty(name));
    }

    /** An object for each. */
    static <T> void objects(
            JsonGenerator json, String name, Collection<T> all, Consumer<T> content) {
        json.writeArrayPropertyStart(name);
        for (T one : all) {
            json.writeStartObject();
            content.accept(one);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Issues; those of the project of {@code of} by their numbers alone, as in the files. */
    static void others(JsonGenerator json, String name, IssueId of, List<IssueId> ids) {
        json.writeArrayPropertyStart(name);
        for (IssueId id : ids) {
            if (id.project().equals(of.project())) {
                json.writeNumber(id.number());
            } else {
                json.writeString(id.toString());
            }
        }
        json.writeEndArray();
    }
}
