package orchestrator.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times as places, with long gaps folded away, and round ticks. */
class TimeAxisTest {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final double NOON =
            (double) Instant.parse("2026-11-22T12:00:00Z").getEpochSecond();

    private static TimeAxis.Busy busy(double from, double to) {
        return new TimeAxis.Busy(NOON + from, NOON + to);
    }

    @Test
    void within_a_run_a_second_is_a_second() {
        TimeAxis axis = TimeAxis.of(List.of(busy(0, 600), busy(900, 7200)));
        assertThat(axis.gaps()).isEmpty();
        assertThat(axis.placeOf(NOON + 700)).isEqualTo(700);
        assertThat(axis.placeOf(NOON - 50)).isEqualTo(-50);
        assertThat(axis.placeOf(NOON + 7300)).isEqualTo(7300);
        assertThat(axis.end()).isEqualTo(7200);
    }

    @Test
    void what_lies_between_runs_is_folded_and_each_place_is_one_time() {
        TimeAxis axis = TimeAxis.of(List.of(busy(3 * DAY, 3 * DAY + HOUR), busy(0, HOUR)));
        assertThat(axis.gaps()).hasSize(1);
        TimeAxis.Gap gap = axis.gaps().getFirst();
        assertThat(gap.seconds()).isEqualTo(3 * DAY - HOUR);
        assertThat(gap.to() - gap.from()).isBetween(60.0, 900.0);
        assertThat(axis.end()).isEqualTo(2 * HOUR + gap.to() - gap.from());
        for (double seconds : List.of(-5.0, 0.0, 1800.0, DAY, 3 * DAY, 3 * DAY + 1800, 4 * DAY)) {
            double back = axis.timeAt(axis.placeOf(NOON + seconds)).toEpochMilli() / 1000.0;
            assertThat(back).isCloseTo(NOON + seconds, within(0.5));
        }
    }

    @Test
    void overlapping_work_in_any_order_is_one_run() {
        TimeAxis axis = TimeAxis.of(List.of(busy(100, 5000), busy(0, 200), busy(150, 160)));
        assertThat(axis.end()).isEqualTo(5000);
    }

    @Test
    void ticks_are_round_times_of_the_zone_and_tell_a_new_day() {
        TimeAxis axis = TimeAxis.of(List.of(busy(0, DAY)));
        List<TimeAxis.Tick> ticks = axis.ticks(axis.whole(), 2.5 * HOUR, ZoneOffset.UTC);
        assertThat(ticks)
                .extracting(tick -> tick.time().toString().substring(11, 16))
                .containsExactly(
                        "12:00", "15:00", "18:00", "21:00", "00:00", "03:00", "06:00", "09:00",
                        "12:00");
        assertThat(ticks.stream().filter(TimeAxis.Tick::newDay).count()).isEqualTo(2);
        List<TimeAxis.Tick> india = axis.ticks(axis.whole(), 2.5 * HOUR, ZoneId.of("Asia/Kolkata"));
        assertThat(india.getFirst().time()).isEqualTo(Instant.parse("2026-11-22T12:30:00Z"));
    }

    @Test
    void two_ticks_are_never_too_close_not_even_beside_a_gap() {
        TimeAxis axis =
                TimeAxis.of(List.of(busy(0, HOUR), busy(DAY, DAY + HOUR), busy(3 * DAY, 4 * DAY)));
        for (double least : List.of(1.0, 60.0, 700.0, 4000.0, 40_000.0)) {
            TimeRange range = least < 60 ? new TimeRange(0, 600) : axis.whole();
            List<TimeAxis.Tick> ticks = axis.ticks(range, least, ZoneOffset.UTC);
            for (int i = 1; i < ticks.size(); i++) {
                assertThat(ticks.get(i).at() - ticks.get(i - 1).at())
                        .as("at " + least)
                        .isGreaterThanOrEqualTo(least * 0.9);
            }
            assertThat(ticks.size()).isLessThan((int) (range.length() / least) + 2);
        }
    }

    @Test
    void zooming_keeps_the_place_under_the_mouse_and_ends_at_the_whole() {
        TimeRange range = new TimeRange(100, 200);
        TimeRange closer = range.zoomed(120, 0.5, 1000);
        assertThat(closer).isEqualTo(new TimeRange(110, 160));
        assertThat(range.zoomed(120, 1e-9, 1000).length()).isEqualTo(TimeRange.LEAST);
        TimeRange whole = new TimeRange(0, 1000);
        assertThat(range.zoomed(120, 1e9, 1000).within(whole)).isEqualTo(whole);
        assertThat(range.moved(-500).within(whole)).isEqualTo(new TimeRange(0, 100));
        assertThat(range.moved(5000).within(whole)).isEqualTo(new TimeRange(900, 1000));
    }
}
