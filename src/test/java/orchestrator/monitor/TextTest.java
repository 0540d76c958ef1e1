package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void line_ends_tabs_and_control_characters_become_spaces() {
        assertThat(Text.oneLine("a\nb\tc\u001b[31md\u0000e", 80)).isEqualTo("a b c [31md e");
    }

    @Test
    void characters_that_turn_the_direction_or_hide_are_left_out() {
        assertThat(Text.oneLine("a\u202eb\u200bc", 80)).isEqualTo("abc");
    }

    @Test
    void long_text_is_cut_at_the_limit_with_an_ellipsis() {
        assertThat(Text.oneLine("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Text.oneLine("abcdefg", 6)).isEqualTo("abcde…");
    }

    @Test
    void what_is_cut_behind_left_out_characters_still_ends_with_an_ellipsis() {
        assertThat(Text.oneLine("\u200b".repeat(10) + "abcdefgh", 6)).isEqualTo("abcde…");
    }

    @Test
    void a_character_of_two_units_is_never_halved() {
        assertThat(Text.oneLine("😀".repeat(10), 3)).isEqualTo("😀😀…");
    }

    @Test
    void a_hundred_thousand_lines_are_one_short_line() {
        assertThat(Text.oneLine("line\n".repeat(100_000), 20)).hasSize(20).doesNotContain("\n");
    }

    @Test
    void words_for_a_shell_come_back_as_they_were() {
        assertThat(Text.shellWords(List.of("a/b", "it's", "$(id)", "")))
                .isEqualTo("a/b 'it'\\''s' '$(id)' ''");
    }
}
