package orchestrator.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Where in a log lines were found, in bounded memory. */
class LineSpreadTest {
    @Test
    void places_are_exact_as_long_as_there_is_room_and_then_each_two_parts_become_one() {
        LineSpread spread = new LineSpread(8);
        LongStream.of(0, 3, 7).forEach(spread::add);
        assertThat(spread.spread(OptionalLong.empty()).apart()).isEqualTo(1);
        assertThat(spread.spread(OptionalLong.empty()).parts()).containsExactly(0L, 3L, 7L);
        spread.add(30);
        Spread folded = spread.spread(OptionalLong.empty());
        assertThat(folded.apart()).isEqualTo(4);
        assertThat(folded.parts()).containsExactly(0L, 4L, 28L);
        assertThat(folded.found()).isEqualTo(4);
    }

    @Test
    void what_may_still_change_counts_only_while_it_is_given() {
        LineSpread spread = new LineSpread(8);
        spread.add(1);
        assertThat(spread.spread(OptionalLong.of(2)).parts()).containsExactly(1L, 2L);
        assertThat(spread.spread(OptionalLong.of(2)).found()).isEqualTo(2);
        assertThat(spread.spread(OptionalLong.of(99)).parts()).containsExactly(1L, 7L);
        assertThat(spread.spread(OptionalLong.empty()).parts()).containsExactly(1L);
    }

    @Test
    void ten_million_lines_that_all_match_are_some_thousand_parts() {
        LineSpread spread = new LineSpread();
        for (long line = 0; line < 10_000_000; line++) {
            spread.add(line);
        }
        Spread all = spread.spread(OptionalLong.empty());
        assertThat(all.found()).isEqualTo(10_000_000);
        assertThat(all.parts().count()).isBetween(LineSpread.MOST / 2L, (long) LineSpread.MOST);
    }

    @Test
    void a_line_is_noted_once_however_it_is_cut_and_however_long_it_is() {
        byte[] log = ("one\nbad " + "x".repeat(700_000) + " bad\ntwo\nbad\nbad").getBytes(UTF_8);
        for (int cut : new int[] {1, 7, 4_096, 300_000, log.length}) {
            LogQuery query = LogQuery.of(Pattern.compile("bad$"), new Signs(List.of("bad"), true));
            LineMarks marks = new LineMarks(query, new LineSpread());
            long ended = 0;
            for (int at = 0; at < log.length; at += cut) {
                byte[] block =
                        java.util.Arrays.copyOfRange(log, at, Math.min(log.length, at + cut));
                ended += Bytes.count(block, 0, block.length, Bytes.NEWLINE);
                marks.accept(block, block.length, ended);
            }
            assertThat(marks.spread().parts()).as("cut %d", cut).containsExactly(1L, 3L);
            marks.pause();
            assertThat(marks.spread().parts()).as("cut %d", cut).containsExactly(1L, 3L, 4L);
            marks.accept(new byte[] {'!', '\n'}, 2, ended + 1);
            marks.pause();
            assertThat(marks.spread().parts()).as("cut %d", cut).containsExactly(1L, 3L);
        }
    }
}
