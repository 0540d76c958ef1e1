package orchestrator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Instant AT = Instant.parse("2026-11-22T23:30:05.987654321Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void people_read_their_own_time_to_the_second() {
        assertThat(Times.local(AT, BERLIN)).isEqualTo("2026-11-23 00:30:05");
        assertThat(Times.clock(AT, BERLIN)).isEqualTo("00:30:05");
    }

    @Test
    void scripts_read_milliseconds() {
        assertThat(Times.iso(AT)).isEqualTo("2026-11-22T23:30:05.987Z");
    }

    @Test
    void shell_words_are_quoted_where_they_must_be() {
        assertThat(Text.shellWords(List.of("tmux", "=a:@1", "it's $x", "")))
                .isEqualTo("tmux =a:@1 'it'\\''s $x' ''");
    }
}
