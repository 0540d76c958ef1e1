package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import orchestrator.model.Observations;
import orchestrator.model.Resources;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Resources FREE =
            new Resources(OptionalLong.of(5000), OptionalLong.empty());
    private static final Observations SIGHT =
            new Observations(Map.of(), Optional.of(FREE), Optional.of(NOON));

    private final Timetable times = new Timetable(NOON);

    @Test
    void at_first_everything_is_due_and_then_each_at_its_time() {
        assertThat(times.lookIsDue(NOON)).isTrue();
        assertThat(times.sweepIsDue(NOON, Duration.ofSeconds(60))).isTrue();
        assertThat(times.lookIsDue(NOON.plusMillis(1999))).isFalse();
        assertThat(times.nextDue()).isEqualTo(NOON.plusSeconds(2));
        assertThat(times.lookIsDue(NOON.plusSeconds(2))).isTrue();
        assertThat(times.sweepIsDue(NOON.plusSeconds(59), Duration.ofSeconds(60))).isFalse();
        assertThat(times.sweepIsDue(NOON.plusSeconds(60), Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void what_was_seen_long_ago_says_nothing() {
        times.saw(Map.of(), FREE, NOON);
        assertThat(times.sight(NOON.plusSeconds(10))).isEqualTo(SIGHT);
        assertThat(times.sight(NOON.plusSeconds(11))).isEqualTo(Observations.NONE);
    }

    @Test
    void after_a_clock_set_back_nothing_is_waited_for_and_nothing_seen_before_counts() {
        times.saw(Map.of(), FREE, NOON);
        times.lookIsDue(NOON);
        times.sweepIsDue(NOON, Duration.ofDays(1));
        Instant dayBefore = NOON.minus(Duration.ofDays(1));
        assertThat(times.setBack(dayBefore)).contains(Duration.ofDays(1));
        assertThat(times.sight(dayBefore)).isEqualTo(Observations.NONE);
        assertThat(times.lookIsDue(dayBefore)).isTrue();
        assertThat(times.sweepIsDue(dayBefore, Duration.ofDays(1))).isTrue();
        assertThat(times.setBack(dayBefore.plusSeconds(1))).isEmpty();
    }

    @Test
    void a_clock_that_is_put_right_by_a_moment_was_not_set_back() {
        assertThat(times.setBack(NOON.minusMillis(5))).isEmpty();
        // The newest time stays: many small steps back are seen as the one they are.
        assertThat(times.setBack(NOON.minusSeconds(3600))).isPresent();
    }
}
