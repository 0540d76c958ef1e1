package orchestrator.ui.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:32:08Z");

    @Test
    void a_sign_of_life_counts_in_the_half_minute_it_fell_into() {
        Activity seen =
                Activity.none(NOW)
                        .with(NOW)
                        .with(NOW.minusSeconds(1))
                        .with(NOW.minusSeconds(9))
                        .with(NOW.minusSeconds(300));
        assertThat(seen.counts()).hasSize(Activity.BUCKETS);
        assertThat(seen.counts().getLast()).isEqualTo(2);
        assertThat(seen.counts().get(Activity.BUCKETS - 2)).isEqualTo(1);
        assertThat(seen.counts().get(Activity.BUCKETS - 11)).isEqualTo(1);
        assertThat(seen.total()).isEqualTo(4);
    }

    @Test
    void it_moves_on_with_the_time_and_forgets_what_is_older_than_ten_minutes() {
        Activity seen = Activity.none(NOW).with(NOW);
        assertThat(seen.at(NOW.plusSeconds(10))).as("the same half minute").isSameAs(seen);
        Activity later = seen.at(NOW.plusSeconds(60));
        assertThat(later.counts().get(Activity.BUCKETS - 3)).isEqualTo(1);
        assertThat(later.counts().getLast()).isZero();
        assertThat(seen.at(NOW.plusSeconds(560)).total()).isEqualTo(1);
        assertThat(seen.at(NOW.plusSeconds(601)).total()).isZero();
        assertThat(seen.at(NOW.plusSeconds(86_400)).total()).isZero();
    }

    @Test
    void what_lies_outside_of_the_ten_minutes_is_not_kept() {
        Activity none = Activity.none(NOW);
        assertThat(none.with(NOW.minusSeconds(700))).isSameAs(none);
        assertThat(none.with(NOW.plusSeconds(60))).as("a clock that differs").isSameAs(none);
    }

    @Test
    void a_clock_that_was_set_back_loses_only_what_is_then_to_come() {
        Activity seen = Activity.none(NOW).with(NOW).with(NOW.minusSeconds(120));
        assertThat(seen.at(NOW.minusSeconds(60)).total()).isEqualTo(1);
    }
}
