package orchestrator.config;

import java.util.List;
import java.util.Optional;

/** A JSON value that knows where it stands in its text. */
sealed interface Node {
    /**
     * A piece of the text.
     *
     * @param start index of the first character
     * @param end index behind the last character
     * @param line of the first character, from 1
     * @param column of the first character, from 1, in UTF-16 units
     */
    record Span(int start, int end, int line, int column) {}

    /** A key and its value. */
    record Member(String key, Span keySpan, Node value) {}

    record Obj(Span span, List<Member> members) implements Node {
        public Obj {
            members = List.copyOf(members);
        }

        /** The member with that key; the last one when the key is repeated. */
        Optional<Member> member(String key) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (members.get(i).key().equals(key)) {
                    return Optional.of(members.get(i));
                }
            }
            return Optional.empty();
        }
    }

    record Arr(Span span, List<Node> items) implements Node {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Str(Span span, String value) implements Node {}

    /** A number as it is written. */
    record Num(Span span, String text) implements Node {}

    record Bool(Span span, boolean value) implements Node {}

    record Null(Span span) implements Node {}

    Span span();

    /** What it is, for a sentence: {@code the text "abc"}, {@code the number 3}, {@code a list}. */
    default String phrase() {
        return switch (this) {
            case Obj _ -> "an object";
            case Arr _ -> "a list";
            case Str s -> "the text " + Quoted.of(s.value());
            case Num n -> "the number " + Quoted.shortened(n.text());
            case Bool b -> b.value() ? "true" : "false";
            case Null _ -> "null";
        };
    }
}
