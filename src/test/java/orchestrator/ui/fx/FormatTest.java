package orchestrator.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FormatTest {
    private final Texts texts = new Texts();

    @Test
    void spans_read_as_clocks_do() {
        assertThat(Format.elapsed(7)).isEqualTo("0:07");
        assertThat(Format.elapsed(727)).isEqualTo("12:07");
        assertThat(Format.elapsed(90_000)).isEqualTo("25:00:00");
    }

    @Test
    void coarse_spans_have_one_unit() {
        assertThat(Format.coarse(texts, 59)).isEqualTo("59 s");
        assertThat(Format.coarse(texts, 60)).isEqualTo("1 min");
        assertThat(Format.coarse(texts, 7_300)).isEqualTo("2 h");
        assertThat(Format.coarse(texts, 200_000)).isEqualTo("2 d");
    }

    @Test
    void counts_are_short() {
        assertThat(Format.count(999)).isEqualTo("999");
        assertThat(Format.count(12_400)).isEqualTo("12.4k");
        assertThat(Format.count(303_240)).isEqualTo("303k");
        assertThat(Format.count(999_960)).isEqualTo("1.0M");
        assertThat(Format.count(2_500_000_000L)).isEqualTo("2.5G");
    }

    @Test
    void money_has_cents() {
        assertThat(Format.cost(1_234.5)).isEqualTo("$1,234.50");
    }

    @Test
    void times_of_day_are_those_of_the_zone() {
        Instant at = Instant.parse("2026-11-22T17:36:02Z");
        assertThat(Format.clock(at, ZoneOffset.ofHours(2))).isEqualTo("19:36");
        assertThat(Format.clockSeconds(at, ZoneOffset.UTC)).isEqualTo("17:36:02");
    }

    @Test
    void a_line_is_one_line_of_bounded_length() {
        assertThat(Format.line("a\nb\u202Ec\u0007 ")).isEqualTo("a bc");
        assertThat(Format.line("x".repeat(10_000))).hasSize(601).endsWith("…");
    }
}
