package orchestrator.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orchestrator.cli.dashboard.LogPage.Piece;
import orchestrator.cli.dashboard.LogPage.Spot;
import orchestrator.log.LogFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every third line takes three rows of ten cells, so that lines 0 to 29 take 50. */
class LogPageTest {
    private static final int CELLS = 10;
    private static final int ROWS = 50;

    @TempDir private Path folder = Path.of("");
    private LogFile file = new LogFile(Path.of("none"));

    @AfterEach
    void close() {
        file.close();
    }

    private LogPage page(int height) throws IOException {
        String text =
                IntStream.range(0, 30)
                        .mapToObj(i -> i % 3 == 0 ? i + "x".repeat(28 - i / 10) + "\n" : i + "\n")
                        .collect(Collectors.joining());
        return page(height, text);
    }

    private LogPage page(int height, String text) throws IOException {
        Path path = Files.writeString(folder.resolve("log"), text);
        file = new LogFile(path);
        file.look(1 << 20);
        return new LogPage(file, CELLS, height);
    }

    private static List<String> texts(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).toList();
    }

    @Test
    void a_walk_down_and_up_sees_every_row_once_in_order() throws IOException {
        for (int height : new int[] {1, 2, 7, 49}) {
            LogPage page = page(height);
            List<String> all = texts(new LogPage(file, CELLS, ROWS).from(Spot.BEGIN));
            assertThat(all).hasSize(ROWS);
            Spot spot = Spot.BEGIN;
            for (int row = 0; row + height < ROWS; row++) {
                assertThat(texts(page.from(spot))).isEqualTo(all.subList(row, row + height));
                Spot next = page.moved(spot, 1);
                assertThat(page.moved(next, -1)).isEqualTo(spot);
                assertThat(page.moved(Spot.BEGIN, row + 1)).isEqualTo(next);
                assertThat(page.moved(next, -row - 1)).isEqualTo(Spot.BEGIN);
                spot = next;
            }
            assertThat(spot).isEqualTo(page.end());
            assertThat(page.moved(spot, 1)).as("no further").isEqualTo(spot);
            assertThat(texts(page.from(spot))).endsWith("29");
            assertThat(page.moved(spot, -1_000)).isEqualTo(Spot.BEGIN);
        }
    }

    @Test
    void a_log_that_is_shorter_than_the_page_begins_at_its_begin() throws IOException {
        LogPage page = page(20, "one\ntwo\nthree, without its end");
        assertThat(page.end()).isEqualTo(Spot.BEGIN);
        assertThat(texts(page.from(page.end())))
                .containsExactly("one", "two", "three,", "without", "its end");
        assertThat(texts(page.last(file.tail(20)))).isEqualTo(texts(page.from(Spot.BEGIN)));
        assertThat(page(20, "").from(Spot.BEGIN)).isEmpty();
    }

    @Test
    void what_stands_out_has_its_tone_and_nothing_hostile_is_left() throws IOException {
        String text = "● Bash: make\n  └ ✗ failed\n[DEADMAN] EXIT\n\033[31mred\033[0m\u202e\n";
        assertThat(page(9, text).from(Spot.BEGIN)).isNotEmpty();
        LogPage page = new LogPage(file, 80, 9);
        assertThat(page.from(Spot.BEGIN))
                .extracting(Piece::text, Piece::tone)
                .containsExactly(
                        tuple("● Bash: make", Tone.ACCENT),
                        tuple("  ┗ ✗ failed", Tone.DANGER),
                        tuple("[DEADMAN] EXIT", Tone.MUTED),
                        tuple("red", Tone.PLAIN));
    }
}
