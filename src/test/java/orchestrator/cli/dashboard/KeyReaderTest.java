package orchestrator.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.cli.dashboard.Key.Named;
import org.junit.jupiter.api.Test;

class KeyReaderTest {
    private static List<Key> keys(String sent) throws IOException {
        KeyReader reader =
                new KeyReader(new ByteArrayInputStream(sent.getBytes(StandardCharsets.UTF_8)));
        List<Key> keys = new ArrayList<>();
        for (Optional<Key> key = reader.next(); key.isPresent(); key = reader.next()) {
            keys.add(key.get());
        }
        return keys;
    }

    private static Key typed(int point) {
        return new Key.Typed(point);
    }

    @Test
    void keys_have_names_however_a_terminal_sends_them() throws IOException {
        assertThat(keys("\033[A\033OB\033[5~\033[6~\033[H\033[4~\033OF"))
                .containsExactly(
                        Named.UP,
                        Named.DOWN,
                        Named.PAGE_UP,
                        Named.PAGE_DOWN,
                        Named.HOME,
                        Named.END,
                        Named.END);
        assertThat(keys("\r\n\177\b\003\014\025\001"))
                .containsExactly(
                        Named.ENTER,
                        Named.ENTER,
                        Named.BACKSPACE,
                        Named.BACKSPACE,
                        Named.LEAVE,
                        Named.REDRAW,
                        Named.CLEAR,
                        Named.OTHER);
    }

    @Test
    void characters_come_whole_whatever_they_are() throws IOException {
        assertThat(keys("jß漢😀"))
                .containsExactly(typed('j'), typed('ß'), typed('漢'), typed("😀".codePointAt(0)));
    }

    @Test
    void escape_alone_and_before_another_key_is_escape() throws IOException {
        assertThat(keys("\033")).containsExactly(Named.ESCAPE);
        assertThat(keys("\033q")).containsExactly(Named.ESCAPE, typed('q'));
    }

    @Test
    void what_is_unknown_or_cut_short_is_nothing_that_does_anything() throws IOException {
        assertThat(keys("\033[1;5Aq")).containsExactly(Named.OTHER, typed('q'));
        assertThat(keys("\033[<0;10;10Mq")).containsExactly(Named.OTHER, typed('q'));
        assertThat(keys("\033[")).containsExactly(Named.OTHER);
    }

    @Test
    void a_paste_is_no_keys() throws IOException {
        assertThat(keys("\033[200~s\ry\033[31mé\033[201~q"))
                .containsExactly(new Key.Pasted("s\ry\033[31mé"), typed('q'));
        List<Key> large = keys("\033[200~" + "y".repeat(9_000) + "\033[201~q");
        assertThat(large).hasSize(2).last().isEqualTo(typed('q'));
        assertThat(((Key.Pasted) large.getFirst()).text()).hasSize(4_096);
    }
}
