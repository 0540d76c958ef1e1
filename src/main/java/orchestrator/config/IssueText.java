package orchestrator.config;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes one place of a project's text, in the way the text is laid out around that place. Every
 * other character stays as it is.
 */
final class IssueText {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String text;
    private final Node.Obj root;
    private final String newLine;

    /** {@code " "}, or nothing in a text written without spaces. */
    private final String space;

    IssueText(String text, Node.Obj root) {
        this.text = text;
        this.root = root;
        this.newLine = text.contains("\r\n") ? "\r\n" : "\n";
        this.space =
                root.members().stream()
                                .map(member -> member.value().span().start())
                                .allMatch(start -> text.charAt(start - 1) == ':')
                        ? ""
                        : " ";
    }

    /** The text with an issue more, the last of the list, as it was written once. */
    String add(String issue) {
        if (root.member("issues").map(Node.Member::value).orElse(null) instanceof Node.Arr list
                && !list.items().isEmpty()) {
            Node last = list.items().getLast();
            return insert(last.span().end(), "," + gap(ownLine(last.span().start())) + issue);
        }
        return add(Map.of()).replace("{}", issue);
    }

    /** The text without an issue, and without the comma that goes with it. */
    String removeIssue(Node.Obj issue) {
        if (!(root.member("issues").map(Node.Member::value).orElseThrow()
                instanceof Node.Arr list)) {
            throw new IllegalArgumentException("\"issues\" is no list");
        }
        List<Node> items = list.items();
        int at = items.indexOf(issue);
        int start = issue.span().start();
        int end = issue.span().end();
        if (items.size() == 1) {
            start = list.span().start() + 1;
            end = list.span().end() - 1;
        } else if (at == 0) {
            end = items.get(1).span().start();
        } else {
            start = items.get(at - 1).span().end();
        }
        return text.substring(0, start) + text.substring(end);
    }

    /** The text with an issue more, the last of the list. */
    String add(Map<String, JsonNode> issue) {
        Optional<Node.Member> issues = root.member("issues");
        if (issues.isEmpty()) {
            Node.Member last = root.members().getLast();
            Optional<String> indent = ownLine(last.keySpan().start());
            return insert(
                    last.value().span().end(),
                    "," + gap(indent) + "\"issues\":" + space + listOf(issue, indent));
        }
        if (!(issues.get().value() instanceof Node.Arr list)) {
            throw new IllegalArgumentException("\"issues\" is no list");
        }
        if (list.items().isEmpty()) {
            Optional<String> indent = ownLine(issues.get().keySpan().start());
            return text.substring(0, list.span().start())
                    + listOf(issue, indent)
                    + text.substring(list.span().end());
        }
        Node last = list.items().getLast();
        Optional<String> indent = ownLine(last.span().start());
        return insert(last.span().end(), "," + gap(indent) + like(last, issue, indent));
    }

    /** A piece of the text and what is to stand in its place. */
    record Splice(int start, int end, String text) {}

    /** The text with a value set in an issue; its key is added when it has none. */
    String set(Node.Obj issue, String key, JsonNode value) {
        Splice splice = splice(issue, key, json(value));
        return text.substring(0, splice.start()) + splice.text() + text.substring(splice.end());
    }

    /** What sets a value in an issue; its key is added when it has none. */
    Splice splice(Node.Obj issue, String key, String json) {
        Optional<Node.Member> member = issue.member(key);
        if (member.isPresent()) {
            Node.Span old = member.get().value().span();
            return new Splice(old.start(), old.end(), json);
        }
        Node.Member last = issue.members().getLast();
        int end = last.value().span().end();
        return new Splice(end, end, "," + gap(ownLine(last.keySpan().start())) + member(key, json));
    }

    /** A text without a key of an issue: what {@link #splice} added is gone without a trace. */
    static String without(String text, Node.Obj issue, String key) {
        Optional<Node.Member> found = issue.member(key);
        if (found.isEmpty() || issue.members().size() == 1) {
            return text;
        }
        int at = issue.members().indexOf(found.get());
        int start =
                at == 0
                        ? found.get().keySpan().start()
                        : issue.members().get(at - 1).value().span().end();
        int end =
                at == 0
                        ? issue.members().get(1).keySpan().start()
                        : found.get().value().span().end();
        return text.substring(0, start) + text.substring(end);
    }

    /**
     * The text without a key of an object, and the comma that goes with it; as it is without it.
     */
    String remove(Node.Obj object, String key) {
        List<Node.Member> members = object.members();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).key().equals(key)) {
                int start = members.get(i).keySpan().start();
                int end = members.get(i).value().span().end();
                if (i + 1 < members.size()) {
                    end = members.get(i + 1).keySpan().start();
                } else if (i > 0) {
                    start = members.get(i - 1).value().span().end();
                }
                return text.substring(0, start) + text.substring(end);
            }
        }
        return text;
    }

    private String insert(int at, String added) {
        return text.substring(0, at) + added + text.substring(at);
    }

    private String gap(Optional<String> indent) {
        return indent.map(spaces -> newLine + spaces).orElse(space);
    }

    /** The white space before a place, when nothing else stands before it in its line. */
    private Optional<String> ownLine(int place) {
        int start = place;
        while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
            start--;
        }
        boolean own =
                start > 0 && (text.charAt(start - 1) == '\n' || text.charAt(start - 1) == '\r');
        return own ? Optional.of(text.substring(start, place)) : Optional.empty();
    }

    /** A list of one issue, for a key that stands {@code indent} deep: one step from the left. */
    private String listOf(Map<String, JsonNode> issue, Optional<String> indent) {
        if (indent.isEmpty()) {
            return "[" + flat(issue, "") + "]";
        }
        String step = indent.get().isEmpty() ? "  " : indent.get();
        String inner = indent.get() + step;
        return "["
                + newLine
                + inner
                + tall(issue, inner, inner + step)
                + newLine
                + indent.get()
                + "]";
    }

    private String like(Node model, Map<String, JsonNode> issue, Optional<String> indent) {
        if (!(model instanceof Node.Obj object) || object.members().isEmpty()) {
            return flat(issue, "");
        }
        Optional<String> inner = ownLine(object.members().getFirst().keySpan().start());
        if (inner.isPresent()) {
            return tall(issue, indent.orElse(closingIndent(object)), inner.get());
        }
        return flat(issue, text.charAt(object.span().start() + 1) == ' ' ? " " : "");
    }

    private String closingIndent(Node.Obj object) {
        return ownLine(object.span().end() - 1).orElse("");
    }

    private String tall(Map<String, JsonNode> issue, String outer, String inner) {
        StringJoiner members =
                new StringJoiner(
                        "," + newLine + inner, "{" + newLine + inner, newLine + outer + "}");
        issue.forEach((key, value) -> members.add(member(key, json(value))));
        return members.toString();
    }

    private String flat(Map<String, JsonNode> issue, String padding) {
        StringJoiner members = new StringJoiner("," + space, "{" + padding, padding + "}");
        issue.forEach((key, value) -> members.add(member(key, json(value))));
        return members.toString();
    }

    private String member(String key, String value) {
        return json(MAPPER.getNodeFactory().stringNode(key)) + ":" + space + value;
    }

    /** A value as it is written here. */
    String json(JsonNode value) {
        if (!value.isArray()) {
            return encodable(MAPPER.writeValueAsString(value));
        }
        StringJoiner items = new StringJoiner("," + space, "[", "]");
        for (Iterator<JsonNode> each = value.iterator(); each.hasNext(); ) {
            items.add(json(each.next()));
        }
        return items.toString();
    }

    /** Half a character cannot be written as UTF-8, but as an escape. */
    private static String encodable(String json) {
        if (!RefNames.hasLoneSurrogate(json)) {
            return json;
        }
        StringBuilder out = new StringBuilder();
        json.codePoints()
                .forEach(c -> {
                    if (c >= 0xD800 && c <= 0xDFFF) {
                        out.append("\\u%04x".formatted(c));
                    } else {
                        out.appendCodePoint(c);
                    }
                });
        return out.toString();
    }

    /** The element of {@code issues} with that number. */
    static Optional<Node.Obj> issue(Node.Obj root, int number) {
        return Optional.ofNullable(issues(root).get(number));
    }

    /** The elements of {@code issues} by their numbers. */
    static Map<Integer, Node.Obj> issues(Node.Obj root) {
        Map<Integer, Node.Obj> issues = new HashMap<>();
        root.member("issues")
                .map(Node.Member::value)
                .filter(Node.Arr.class::isInstance)
                .map(list -> ((Node.Arr) list).items())
                .orElse(List.of())
                .forEach(item -> {
                    if (item instanceof Node.Obj issue) {
                        number(issue).ifPresent(number -> issues.putIfAbsent(number, issue));
                    }
                });
        return issues;
    }

    private static OptionalInt number(Node.Obj issue) {
        Optional<Node> value = issue.member("number").map(Node.Member::value);
        if (value.isPresent() && value.get() instanceof Node.Num written) {
            String digits = written.text().replaceFirst("\\.0+$", "");
            if (digits.matches("\\d{1,10}") && Long.parseLong(digits) <= Integer.MAX_VALUE) {
                return OptionalInt.of(Integer.parseInt(digits));
            }
        }
        return OptionalInt.empty();
    }
}
