package orchestrator.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void escape_sequences_and_control_characters_are_taken_out() {
        assertThat(PlainText.line("a\u001b[31;1mred\u001b[0m b\u0007\b\u007f")).isEqualTo("ared b");
        assertThat(PlainText.line("x\u001b]0;title\u0007y\u001b]52;c;Zm9v\u001b\\z"))
                .isEqualTo("xyz");
        assertThat(PlainText.line("x\u009b2Jy\u009d0;t\u009cz\u001bcq")).isEqualTo("xyzq");
        assertThat(PlainText.line("\u001bP+q544e\u001b\\ok \u001b(Bfine\u001b"))
                .isEqualTo("ok fine");
    }

    @Test
    void text_that_turns_the_reading_direction_is_straightened() {
        assertThat(PlainText.line("a\u202egpj.exe\u202c\u2066b\u200f")).isEqualTo("agpj.exeb");
    }

    @Test
    void ordinary_text_of_any_language_stays_as_it_is() {
        String text = "Grüße, мир, 世界, 🎉👩‍💻 ⎿ ● “quoted”";
        assertThat(PlainText.line(text)).isEqualTo(text);
    }

    @Test
    void an_unfinished_sequence_never_leaves_an_escape_behind() {
        for (String end :
                List.of("\u001b", "\u001b[", "\u001b[31", "\u001b]0;long", "\u001bP", "\u009b1")) {
            assertThat(PlainText.line("a" + end))
                    .as(end)
                    .startsWith("a")
                    .doesNotContain("\u001b", "\u009b");
        }
    }

    @Test
    void lines_end_at_every_kind_of_line_end_and_half_characters_are_repaired() {
        List<String> lines = new ArrayList<>();
        PlainText.lines("a\r\nb\rc\nd\u2028e\n\n").forEachRemaining(lines::add);
        assertThat(lines).containsExactly("a", "b", "c", "d", "e");
        assertThat(PlainText.line("x\ud83dy\tz")).isEqualTo("x\ufffdy    z");
    }

    @Test
    void cutting_never_splits_a_character() {
        assertThat(PlainText.head("ab🎉", 3)).isEqualTo("ab");
        assertThat(PlainText.tail("🎉ab", 3)).isEqualTo("ab");
        assertThat(PlainText.cut("abcdef", 4)).isEqualTo("abc…");
        assertThat(PlainText.cut("abcd", 4)).isEqualTo("abcd");
    }
}
