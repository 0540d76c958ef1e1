package orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTreeTest {
    @Test
    void every_value_knows_the_piece_of_text_it_is() throws BadJson {
        String text =
                "{\n  \"a\" : [1, -2.5e3 ,true,\tfalse, null],\r\n  \"b\\u0041\": {\"c\": \"x\\\"}\\n😀\"}, \"d\":[] }";
        Node.Obj root = (Node.Obj) JsonTree.parse(text);

        assertThat(pieces(root, text))
                .containsExactly(
                        text,
                        "[1, -2.5e3 ,true,\tfalse, null]",
                        "1",
                        "-2.5e3",
                        "true",
                        "false",
                        "null",
                        "{\"c\": \"x\\\"}\\n😀\"}",
                        "\"x\\\"}\\n😀\"",
                        "[]");
        assertThat(root.members()).extracting(Node.Member::key).containsExactly("a", "bA", "d");
        Node.Span key = root.members().get(1).keySpan();
        assertThat(List.of(key.line(), key.column())).containsExactly(3, 3);
        Node.Span nul = ((Node.Arr) root.members().getFirst().value()).items().getLast().span();
        assertThat(List.of(nul.line(), nul.column())).containsExactly(2, 34);
    }

    @Test
    void positions_hold_in_a_long_text_with_strings_of_every_length() throws BadJson {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("[");
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String each = "\"" + "é\\n".repeat(random.nextInt(90)) + "\"";
            written.add(each);
            text.append(i == 0 ? "" : random.nextBoolean() ? "," : ",\n").append(each);
        }
        text.append(']');

        Node.Arr list = (Node.Arr) JsonTree.parse(text.toString());

        assertThat(list.items())
                .extracting(item -> text.substring(item.span().start(), item.span().end()))
                .isEqualTo(written);
        for (Node item : list.items()) {
            String before = text.substring(0, item.span().start());
            assertThat(item.span().line())
                    .isEqualTo((int) before.chars().filter(c -> c == '\n').count() + 1);
            assertThat(item.span().column()).isEqualTo(before.length() - before.lastIndexOf('\n'));
        }
    }

    @Test
    void a_byte_order_mark_shifts_the_indexes_and_not_the_columns() throws BadJson {
        Node.Span span = JsonTree.parse("\uFEFF{}").span();
        assertThat(span).isEqualTo(new Node.Span(1, 3, 1, 1));
    }

    @Test
    void nesting_beyond_reason_is_refused_and_does_not_overflow_the_stack() {
        assertThatThrownBy(() -> JsonTree.parse("[".repeat(1_000_000)))
                .isInstanceOf(BadJson.class)
                .hasMessageContaining("make it flatter");
        assertThatThrownBy(() -> JsonTree.parse("{\"a\":".repeat(1_000_000)))
                .isInstanceOf(BadJson.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1,}|1|9",
                "{\"a\" 1}|1|6",
                "{\"a\": tru}|1|7",
                "{\"a\": 01}|1|8",
                "{} x|1|4",
                "{} {}|1|4",
                "{\"a\": \"|1|8",
                "// c|1|1",
            })
    void bad_json_is_told_with_its_place(String text, int line, int column) {
        assertThatThrownBy(() -> JsonTree.parse(text))
                .isInstanceOfSatisfying(
                        BadJson.class,
                        e -> {
                            assertThat(e.sentence()).startsWith("bad JSON: ");
                            assertThat(e.sentence()).doesNotContain("\n", "Source", "REDACTED");
                            assertThat(e.line()).isEqualTo(line);
                            assertThat(e.column()).isEqualTo(column);
                        });
    }

    @Test
    void an_empty_text_is_told_as_such() {
        assertThatThrownBy(() -> JsonTree.parse("")).hasMessageContaining("empty");
    }

    private static List<String> pieces(Node node, String text) {
        List<String> pieces = new ArrayList<>();
        pieces.add(text.substring(node.span().start(), node.span().end()));
        if (node instanceof Node.Obj object) {
            object.members().forEach(member -> pieces.addAll(pieces(member.value(), text)));
        }
        if (node instanceof Node.Arr list) {
            list.items().forEach(item -> pieces.addAll(pieces(item, text)));
        }
        return pieces;
    }
}
