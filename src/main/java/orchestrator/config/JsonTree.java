package orchestrator.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Builds {@link Node}s from Jackson's tokens. No recursion: the depth of a text costs heap, not
 * stack, and Jackson ends it at 500.
 */
final class JsonTree {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Jackson's remarks on positions, which stand first in our line, and on its own classes. */
    private static final Pattern ASIDE =
            Pattern.compile(
                    "\\s*\\((?:start marker at|for ).*|\\n.*|, from `[^`]*`", Pattern.DOTALL);

    /** An object or list that is not closed yet. */
    private static final class Open {
        final boolean isObject;
        final TokenStreamLocation start;
        final List<Node.Member> members = new ArrayList<>();
        final List<Node> items = new ArrayList<>();
        String key = "";
        Node.Span keySpan = new Node.Span(0, 0, 1, 1);

        Open(boolean isObject, TokenStreamLocation start) {
            this.isObject = isObject;
            this.start = start;
        }

        void add(Node value) {
            if (isObject) {
                members.add(new Node.Member(key, keySpan, value));
            } else {
                items.add(value);
            }
        }
    }

    private final JsonParser parser;
    private final int offset;
    private final Deque<Open> open = new ArrayDeque<>();

    private JsonTree(JsonParser parser, int offset) {
        this.parser = parser;
        this.offset = offset;
    }

    /** The value a text consists of; a byte order mark before it is passed over. */
    static Node parse(String text) throws BadJson {
        int offset = text.startsWith("\uFEFF") ? 1 : 0;
        // One array for the whole text: the parser's positions are then plain indexes into it.
        char[] characters = text.substring(offset).toCharArray();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), characters)) {
            return new JsonTree(parser, offset).readAll();
        }
    }

    private Node readAll() throws BadJson {
        try {
            return read();
        } catch (JacksonException e) {
            throw bad(e);
        }
    }

    private Node read() throws BadJson {
        Node root = null;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (root != null) {
                TokenStreamLocation at = parser.currentTokenLocation();
                throw new BadJson(
                        at.getLineNr(),
                        at.getColumnNr(),
                        "bad JSON: something follows the end of the value; remove it");
            }
            Node closed = take(token);
            if (closed == null) {
                continue;
            }
            Open parent = open.peek();
            if (parent == null) {
                root = closed;
            } else {
                parent.add(closed);
            }
        }
        if (root == null) {
            throw new BadJson(1, 1, "the file is empty; write a JSON object { … } into it");
        }
        return root;
    }

    /** The value that is complete with this token, if one is. */
    private @Nullable Node take(JsonToken token) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return switch (token) {
            case START_OBJECT, START_ARRAY -> {
                open.push(new Open(token == JsonToken.START_OBJECT, at));
                yield null;
            }
            case PROPERTY_NAME -> {
                Open object = open.element();
                object.key = parser.currentName();
                object.keySpan = span(at, (int) at.getCharOffset() + 1);
                yield null;
            }
            case END_OBJECT -> {
                Open object = open.pop();
                yield new Node.Obj(span(object.start, end()), object.members);
            }
            case END_ARRAY -> {
                Open list = open.pop();
                yield new Node.Arr(span(list.start, end()), list.items);
            }
            case VALUE_STRING -> {
                // Read first: only then does the parser stand behind the closing quote.
                String value = parser.getString();
                yield new Node.Str(span(at, end()), value);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String text = parser.getString();
                yield new Node.Num(span(at, (int) at.getCharOffset() + text.length()), text);
            }
            case VALUE_TRUE -> new Node.Bool(span(at, (int) at.getCharOffset() + 4), true);
            case VALUE_FALSE -> new Node.Bool(span(at, (int) at.getCharOffset() + 5), false);
            case VALUE_NULL -> new Node.Null(span(at, (int) at.getCharOffset() + 4));
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("a blocking text parser gave " + token);
        };
    }

    private int end() {
        return (int) parser.currentLocation().getCharOffset();
    }

    private Node.Span span(TokenStreamLocation start, int end) {
        return new Node.Span(
                (int) start.getCharOffset() + offset,
                end + offset,
                start.getLineNr(),
                // A byte order mark takes no place on the screen.
                start.getColumnNr());
    }

    private BadJson bad(JacksonException e) {
        TokenStreamLocation told = e.getLocation();
        TokenStreamLocation at = told == null ? parser.currentLocation() : told;
        int line = Math.max(1, at.getLineNr());
        int column = Math.max(1, at.getColumnNr());
        if (e instanceof StreamConstraintsException) {
            return new BadJson(
                    line,
                    column,
                    "the JSON goes beyond what is read ("
                            + reason(e)
                            + "); make it flatter or shorter");
        }
        return new BadJson(line, column, "bad JSON: " + reason(e) + "; correct the text here");
    }

    private static String reason(JacksonException e) {
        return ASIDE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("").strip();
    }
}
