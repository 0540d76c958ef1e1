package orchestrator.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellsTest {
    @Test
    void hostile_text_is_text_and_as_wide_everywhere() {
        assertThat(Cells.plain("\033]0;owned\007\033[31mred\033[2J\u202egnp.exe\nnext\u0000"))
                .isEqualTo("redgnp.exe next");
        assertThat(Cells.plain("👩‍💻 ❤️ 👍🏽 🇩🇪 1️⃣")).isEqualTo("👩💻 ❤ 👍 DE 1");
        assertThat(Cells.plain("é n̈ 漢字")).isEqualTo("é n̈ 漢字");
        assertThat(Cells.plainLine("  └ two  spaces\tand a tab"))
                .isEqualTo("  ┗ two  spaces    and a tab");
    }

    @Test
    void widths_are_cells() {
        assertThat(Cells.width("shop")).isEqualTo(4);
        assertThat(Cells.width("漢字")).isEqualTo(4);
        assertThat(Cells.width("n̈")).isEqualTo(1);
        assertThat(Cells.width("😀")).isEqualTo(2);
        assertThat(Cells.width("")).isZero();
    }

    @Test
    void what_is_cut_says_so_and_is_never_wider() {
        assertThat(Cells.cut("implement", 9, "…")).isEqualTo("implement");
        assertThat(Cells.cut("implement", 5, "…")).isEqualTo("impl…");
        assertThat(Cells.cut("漢字漢字", 4, "…")).isEqualTo("漢…");
        assertThat(Cells.cut("anything", 0, "…")).isEmpty();
        assertThat(Cells.padded("漢字", 6, "…")).isEqualTo("漢字  ");
        assertThat(Cells.padded("漢字漢", 4, "…")).isEqualTo("漢… ");
        assertThat(Cells.toRight("0:07", 7, "…")).isEqualTo("   0:07");
    }

    @Test
    void long_lines_are_broken_at_spaces_where_that_costs_little() {
        assertThat(Cells.rows("one two three four", 9))
                .isEqualTo(List.of("one two", "three", "four"));
        assertThat(Cells.rows("abcdefghij", 4)).isEqualTo(List.of("abcd", "efgh", "ij"));
        assertThat(Cells.rows("漢字漢字", 5)).isEqualTo(List.of("漢字", "漢字"));
        assertThat(Cells.rows("漢字", 1)).as("wider than a row").isEqualTo(List.of("漢", "字"));
        assertThat(Cells.rows("", 9)).isEqualTo(List.of(""));
        assertThat(String.join("", Cells.rows("x".repeat(4_000), 7))).hasSize(4_000);
    }
}
