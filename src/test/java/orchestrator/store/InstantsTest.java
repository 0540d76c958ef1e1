package orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
    @Test
    void what_is_written_comes_back() {
        Random random = new Random(7);
        int[] steps = {1, 1000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 20_000; i++) {
            long second = (random.nextLong() >>> 1) % 400_000_000_000L - 100_000_000_000L;
            int step = steps[random.nextInt(steps.length)];
            long nano = random.nextInt(1_000_000_000) / step * (long) step;
            Instant at = Instant.ofEpochSecond(second, nano);
            assertThat(Instants.parse(at.toString())).isEqualTo(at);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2024-02-29T23:59:59.5Z",
                "2024-02-29T23:59:59.123456789Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+12026-11-22T17:00:00Z",
                "-0001-11-22T17:00:00Z",
                "2026-11-22T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-11-22T17:00Z",
                "2026-11-22T17:00:00.Z",
                "2026-11-22T17:00:00+01:00",
                "2026-11-22t17:00:00z",
                "2026-11-22T17:00:00,5Z"
            })
    void it_is_read_as_java_reads_it(String text) {
        Instant java;
        try {
            java = Instant.parse(text);
        } catch (DateTimeException e) {
            assertThatThrownBy(() -> Instants.parse(text)).isInstanceOf(DateTimeException.class);
            return;
        }
        assertThat(Instants.parse(text)).isEqualTo(java);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-22",
                "2026-11-22T17:00:00",
                "2026-11-22T17:00:00.1234567890Z",
                "2026-13-22T17:00:00Z",
                "2026-02-29T17:00:00Z",
                "2026-11-22T25:00:00Z",
                "2026-11-22T17:61:00Z",
                "2026-11-22T17:00:61Z",
                "2026-11-22 17:00:00Z",
                "2026-11-2٣T17:00:00Z"
            })
    void what_is_none_is_refused(String text) {
        assertThatThrownBy(() -> Instants.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
